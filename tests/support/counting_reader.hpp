#pragma once
#include "storage/database.hpp"

namespace kpuhub::testing {

/// Passes statements on and counts them and the rows that they give: what a page reads, whatever the clock says.
class CountingReader final : public storage::Reader {
public:
    explicit CountingReader(storage::Reader& reader) : m_reader(reader) {}
    storage::Rows query_values(storage::Query const& statement, std::span<storage::Value const> values) override
    {
        auto rows = m_reader.query_values(statement, values);
        ++m_statements;
        m_rows += rows.size();
        return rows;
    }
    [[nodiscard]] std::size_t rows() const { return m_rows; }

private:
    storage::Reader& m_reader;
    std::size_t m_rows = 0;
};

}
