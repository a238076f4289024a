#include "indicator/rollup.hpp"

namespace kpuhub::indicator {

using storage::Query;

constexpr Query own_year { "indicator.own_year", R"sql(
    SELECT t.period, t.part, t.amount FROM tally t
     WHERE t.unit_id = $1 AND t.indicator = $2 AND t.period >= $3 AND t.period < $4 )sql" };
// CROSS JOIN keeps SQLite to the order written: the units of the branch first, then their tallies out of tally_by_unit.
constexpr Query branch_year { "indicator.branch_year", R"sql(
    SELECT t.period, t.part, CAST(sum(t.amount) AS BIGINT)
      FROM unit_scope s CROSS JOIN tally t
     WHERE s.ancestor_id = $1 AND s.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $4)
       AND t.unit_id = s.unit_id AND t.indicator = $2 AND t.period = $3
     GROUP BY t.period, t.part )sql" };
constexpr Query branch_months { "indicator.branch_months", R"sql(
    SELECT t.period, t.part, CAST(sum(t.amount) AS BIGINT)
      FROM unit_scope s CROSS JOIN tally t
     WHERE s.ancestor_id = $1 AND s.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $3)
       AND t.unit_id = s.unit_id AND t.indicator = $2 AND t.part IN ($4, $5, $6)
       AND t.period IN ($7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
     GROUP BY t.period, t.part )sql" };
constexpr Query children_of { "indicator.children_sums", R"sql(
    SELECT c.unit_id, u.code, n.name, u.level, b.part, b.amount,
           (SELECT count(*) FROM unit_scope w
             WHERE w.tree_version = c.tree_version AND w.ancestor_id = c.unit_id AND (c.depth = 1 OR w.depth = 0))
      FROM unit_scope c
      JOIN unit u ON u.id = c.unit_id
      JOIN unit_name n ON n.unit_id = c.unit_id
       AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = c.unit_id AND m.valid_from <= $4)
      LEFT JOIN (SELECT g.unit_id AS child_id, t.part AS part, CAST(sum(t.amount) AS BIGINT) AS amount
                   FROM unit_scope g CROSS JOIN unit_scope s CROSS JOIN tally t
                  WHERE g.ancestor_id = $1 AND g.depth <= 1
                    AND g.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $4)
                    AND s.tree_version = g.tree_version AND s.ancestor_id = g.unit_id AND (g.depth = 1 OR s.depth = 0)
                    AND t.unit_id = s.unit_id AND t.indicator = $2 AND t.period = $3
                  GROUP BY g.unit_id, t.part) b ON b.child_id = c.unit_id
     WHERE c.ancestor_id = $1 AND c.depth <= 1
       AND c.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $4)
     ORDER BY c.depth, u.code )sql" };

std::int64_t Sums::of(std::string_view part) const
{
    auto found = parts.find(part);
    return found == parts.end() ? 0 : found->second;
}

std::int64_t Sums::total(std::string_view part) const { return of("t." + std::string(part)); }

Ratio Sums::ratio_of_area(int area_no, std::string_view numerator, std::string_view denominator) const
{
    auto area = "a" + std::to_string(area_no) + ".";
    return { of(area + std::string(numerator)), of(area + std::string(denominator)) };
}

static SumsByPeriod by_period(storage::Rows const& rows)
{
    SumsByPeriod found;
    for (auto const& row : rows)
        if (row.integer(2) != 0)
            found[row.text(0)].parts[row.text(1)] = row.integer(2);
    return found;
}

SumsByPeriod year_of_unit(storage::Reader& reader, std::string_view indicator, UnitId unit, int year, int years_before)
{
    return by_period(reader.query(own_year, unit, indicator, std::to_string(year - years_before), std::to_string(year + 1)));
}

SumsByPeriod year_below(storage::Reader& reader, std::string_view indicator, UnitId node, int year, time::Date tree_on,
    MonthParts const& month_parts)
{
    auto sums = by_period(reader.query(branch_year, node, indicator, std::to_string(year), tree_on));
    std::vector<storage::Value> values { storage::to_value(node), storage::to_value(indicator), storage::to_value(tree_on) };
    for (auto part : month_parts)
        values.push_back(storage::to_value(part));
    for (int month = 1; month <= 12; ++month)
        values.push_back(storage::to_value(std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month)));
    sums.merge(by_period(reader.query_values(branch_months, values)));
    return sums;
}

std::vector<ChildSums> by_child(storage::Reader& reader, std::string_view indicator, UnitId node, std::string_view period,
    time::Date tree_on)
{
    std::vector<ChildSums> children;
    for (auto const& row : reader.query(children_of, node, indicator, period, tree_on)) {
        auto unit = row.id<UnitTag>(0);
        if (children.empty() || children.back().unit != unit)
            children.push_back({ unit, row.text(1), row.text(2), row.text(3), row.integer(6), {} });
        if (!row.is_null(4) && row.integer(5) != 0)
            children.back().sums.parts[row.text(4)] = row.integer(5);
    }
    return children;
}

}
