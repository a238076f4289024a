#include "command/bulk_insert.hpp"

namespace kpuhub::command {

BulkInsert::BulkInsert(storage::Transaction& transaction, std::string target, std::size_t columns, std::vector<BulkInsert*> before)
    : m_transaction(transaction), m_target(std::move(target)), m_columns(columns), m_before(std::move(before)), m_group(text(rows_at_once))
{
}

std::string BulkInsert::text(std::size_t rows) const
{
    auto sql = "INSERT INTO " + m_target + " VALUES ";
    std::size_t number = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < m_columns; ++column)
            sql += (column > 0 ? ", $" : row > 0 ? ", ($" : "($") + std::to_string(++number);
        sql += ")";
    }
    return sql;
}

void BulkInsert::flush()
{
    if (m_values.empty())
        return;
    for (auto* parent : m_before)
        parent->flush();
    auto const rows = m_values.size() / m_columns;
    auto const sql = rows == rows_at_once ? m_group : text(rows);
    m_transaction.execute_values({ "command.bulk_insert", sql }, m_values);
    m_rows += static_cast<std::int64_t>(rows);
    m_values.clear();
}

}
