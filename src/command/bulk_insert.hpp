#pragma once
#include "storage/database.hpp"
#include <string>
#include <vector>

namespace kpuhub::command {

/// Many rows of one table with few statements: values are bound, rows go in groups. Lives inside one transaction;
/// flush() writes what is left.
class BulkInsert {
public:
    /// "table (a, b, c)", how many columns that is, and whose rows must be there before (foreign keys).
    BulkInsert(storage::Transaction&, std::string target, std::size_t columns, std::vector<BulkInsert*> before = {});

    template<typename... Values>
    void add(Values&&... values)
    {
        (m_values.push_back(storage::to_value(std::forward<Values>(values))), ...);
        if (m_values.size() == rows_at_once * m_columns)
            flush();
    }
    void flush();
    [[nodiscard]] std::int64_t rows() const { return m_rows; }

private:
    static constexpr std::size_t rows_at_once = 24;
    [[nodiscard]] std::string text(std::size_t rows) const;

    storage::Transaction& m_transaction;
    std::string m_target;
    std::size_t m_columns;
    std::vector<BulkInsert*> m_before;
    std::string m_group;                ///< the statement for a full group
    std::vector<storage::Value> m_values;
    std::int64_t m_rows = 0;
};

}
