#include "indicator/rollup.hpp"

namespace kpuhub::indicator {

using storage::Query;

constexpr Query own_year { "indicator.own_year", R"sql(
    SELECT t.period, t.part, t.amount FROM tally t
     WHERE t.unit_id = $1 AND t.indicator = $2 AND t.period >= $3 AND t.period < $4 )sql" };
constexpr Query branch_year { "indicator.branch_year", R"sql(
    SELECT t.period, t.part, CAST(sum(t.amount) AS BIGINT)
      FROM unit_scope s JOIN tally t ON t.unit_id = s.unit_id AND t.indicator = $2 AND t.period >= $3 AND t.period < $4
     WHERE s.ancestor_id = $1
       AND s.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $5)
     GROUP BY t.period, t.part )sql" };
constexpr Query children_sums { "indicator.children_sums", R"sql(
    SELECT c.unit_id, u.code, n.name, u.level, b.part, b.amount,
           (SELECT count(*) FROM unit_scope w
             WHERE w.tree_version = c.tree_version AND w.ancestor_id = c.unit_id AND (c.depth = 1 OR w.depth = 0))
      FROM unit_scope c
      JOIN unit u ON u.id = c.unit_id
      JOIN unit_name n ON n.unit_id = c.unit_id
       AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = c.unit_id AND m.valid_from <= $4)
      LEFT JOIN (SELECT g.unit_id AS child_id, t.part AS part, CAST(sum(t.amount) AS BIGINT) AS amount
                   FROM unit_scope g
                   JOIN unit_scope s ON s.tree_version = g.tree_version AND s.ancestor_id = g.unit_id
                                    AND (g.depth = 1 OR s.depth = 0)
                   JOIN tally t ON t.unit_id = s.unit_id AND t.indicator = $2 AND t.period = $3
                  WHERE g.ancestor_id = $1 AND g.depth <= 1
                    AND g.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $4)
                  GROUP BY g.unit_id, t.part) b ON b.child_id = c.unit_id
     WHERE c.ancestor_id = $1 AND c.depth <= 1
       AND c.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $4)
     ORDER BY c.depth, u.code )sql" };

std::int64_t Sums::of(std::string_view part) const
{
    auto found = parts.find(part);
    return found == parts.end() ? 0 : found->second;
}

std::int64_t Sums::total(std::string_view part) const
{
    std::int64_t sum = 0;
    for (auto const& [name, amount] : parts) {
        std::string_view word = name;
        auto dot = word.find('.');
        if (dot != std::string_view::npos && word.front() == 'a' && word.substr(dot + 1) == part)
            sum += amount;
    }
    return sum;
}

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

SumsByPeriod year_of_unit(storage::Reader& reader, std::string_view indicator, UnitId unit, int year)
{
    return by_period(reader.query(own_year, unit, indicator, std::to_string(year), std::to_string(year + 1)));
}

SumsByPeriod year_below(storage::Reader& reader, std::string_view indicator, UnitId node, int year, time::Date tree_on)
{
    return by_period(reader.query(branch_year, node, indicator, std::to_string(year), std::to_string(year + 1), tree_on));
}

std::vector<ChildSums> by_child(storage::Reader& reader, std::string_view indicator, UnitId node, std::string_view period,
    time::Date tree_on)
{
    std::vector<ChildSums> children;
    for (auto const& row : reader.query(children_sums, node, indicator, period, tree_on)) {
        auto unit = row.id<UnitTag>(0);
        if (children.empty() || children.back().unit != unit)
            children.push_back({ unit, row.text(1), row.text(2), row.text(3), row.integer(6), {} });
        if (!row.is_null(4) && row.integer(5) != 0)
            children.back().sums.parts[row.text(4)] = row.integer(5);
    }
    return children;
}

}
