#pragma once
#include "storage/database.hpp"

namespace kpuhub::testing {

/// Passes statements on and keeps, for each, how SQLite goes about it: the lines of EXPLAIN QUERY PLAN ("SEARCH u USING INDEX ...").
class PlanReader final : public storage::Reader {
public:
    struct Plan {
        std::string statement;              ///< its name
        std::vector<std::string> lines;
    };

    explicit PlanReader(storage::Reader& reader) : m_reader(reader) {}
    storage::Rows query_values(storage::Query const& statement, std::span<storage::Value const> values) override
    {
        auto const sql = "EXPLAIN QUERY PLAN " + std::string { statement.sql };
        Plan plan { std::string { statement.name }, {} };
        for (auto const& row : m_reader.query_values({ "test.plan", sql }, values))
            plan.lines.push_back(row.text(3));
        m_plans.push_back(std::move(plan));
        return m_reader.query_values(statement, values);
    }
    [[nodiscard]] std::vector<Plan> const& plans() const { return m_plans; }

private:
    storage::Reader& m_reader;
    std::vector<Plan> m_plans;
};

}
