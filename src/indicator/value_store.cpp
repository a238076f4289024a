#include "indicator/value_store.hpp"
#include "indicator/part_places.hpp"
#include "indicator/period.hpp"
#include <algorithm>

namespace kpuhub::indicator {

using storage::Query;

namespace {

#define KPUHUB_TREE(day) " = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= " day ")"

// $1 node, $2 day of the tree, $3 with lower units, $4 and $5 names of tallies, $6 and $7 their periods, $8 and $9 parts of the plan,
// $10 all periods by unit, $11 and $12 the periods that are shown by unit, $13 register, $14 indicator, $15 and $16 its periods.
constexpr Query select_sums { "indicator.sums",
    "SELECT 't' AS what, t.period, t.indicator, t.part, CASE WHEN CAST($10 AS BIGINT) = 1 OR (t.period >= $11 AND t.period <= $12) THEN s.unit_id ELSE 0 END AS unit_id,"
    "       CAST(sum(t.amount) AS BIGINT) AS a, 0 AS b, 0 AS c, 0 AS d, 0 AS e"
    "  FROM unit_scope s JOIN tally t ON t.unit_id = s.unit_id AND t.indicator IN ($4, $5) AND t.period >= $6 AND t.period <= $7"
    "       AND (t.indicator = $4 OR t.part IN ($8, $9))"
    " WHERE s.ancestor_id = $1 AND (CAST($3 AS BIGINT) = 1 OR s.depth = 0) AND s.tree_version" KPUHUB_TREE("$2")
    " GROUP BY 2, 3, 4, 5 "
    "UNION ALL "
    "SELECT 'u', '', COALESCE(x.state, 'off'), '', s.unit_id, 0, 0, 0, 0, 0"
    "  FROM unit_scope s LEFT JOIN register_use x ON x.unit_id = s.unit_id AND x.register = $13"
    " WHERE s.ancestor_id = $1 AND (CAST($3 AS BIGINT) = 1 OR s.depth = 0) AND s.tree_version" KPUHUB_TREE("$2")
    "UNION ALL "
    "SELECT 'v', v.period, v.standing, v.exact, v.bucket, v.numerator, v.denominator, v.reported, v.expected, 0"
    "  FROM indicator_value v WHERE v.indicator = $14 AND v.unit_id = $1 AND v.period >= $15 AND v.period <= $16" };

// CROSS JOIN keeps SQLite to the order written: the branches, then their units.
constexpr Query select_branches { "indicator.branches",
    "SELECT g.unit_id, u.code, n.name, s.unit_id, v.standing, v.numerator, v.denominator, v.exact, v.bucket, v.reported, v.expected"
    "  FROM unit_scope g CROSS JOIN unit_scope s JOIN unit u ON u.id = g.unit_id"
    "  JOIN unit_name n ON n.unit_id = g.unit_id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = g.unit_id"
    "       AND (m.valid_from <= $2 OR m.valid_from = u.opened_on))"
    "  LEFT JOIN indicator_value v ON v.indicator = $3 AND v.unit_id = g.unit_id AND v.period = $4 AND g.depth = 1"
    " WHERE g.ancestor_id = $1 AND g.depth <= 1 AND g.tree_version" KPUHUB_TREE("$2")
    "   AND s.tree_version = g.tree_version AND s.ancestor_id = g.unit_id AND (g.depth = 1 OR s.depth = 0)"
    " ORDER BY g.depth, u.code, s.unit_id" };
constexpr Query select_pairs { "indicator.all_branches", "SELECT s.ancestor_id, s.unit_id FROM unit_scope s WHERE s.tree_version" KPUHUB_TREE("$1") };

Standing standing_named(std::string_view name)
{
    if (name == "measured")
        return Standing::Measured;
    return name == "not_reported" ? Standing::NotReported : Standing::NotApplicable;
}

/// What the statement gave, put in order.
struct Sums {
    std::map<UnitId, bool> units;                       ///< of the branch: whether they keep the register
    std::map<std::string, SumsOfUnits> periods;         ///< unit 0 = of all units together
    std::map<std::string, Value> closed;
};

Sums read_sums(storage::Reader& reader, ValueQuestion const& question, std::string const& first, std::string const& last, std::string const& shown, bool by_unit)
{
    PartPlaces const places { question.made };
    auto const [own, plan] = places.names();
    auto const [from, to] = places.span(first, last);
    auto const [shown_from, shown_to] = places.span(shown, shown);
    auto const parts = places.plan_parts();
    Sums found;
    for (auto const& row : reader.query(select_sums, question.node, question.tree_on, question.with_lower_units, own, plan, from, to, parts.first, parts.second,
             by_unit, shown_from, shown_to, places.reporting_register(), question.made.id, first, last)) {
        auto const& what = row.text(0);
        if (what == "u") {
            found.units[row.id<UnitTag>(4)] = row.text(2) == "on" || places.always_reported();
        } else if (what == "v") {
            Value value { standing_named(row.text(2)), row.integer(5), row.integer(6), {}, {}, static_cast<int>(row.integer(4)), row.integer(7), row.integer(8) };
            if (!row.text(3).empty())
                value.exact = Exact::from_text(row.text(3));
            found.closed[row.text(1)] = std::move(value);
        } else if (auto const period = places.period_for(row.text(2), row.text(1)); !period.empty()) {
            places.add(row.text(2), row.text(3), row.integer(5), found.periods[period][row.id<UnitTag>(4)]);
        }
    }
    return found;
}

/// Every unit of the branch has its line, counted or not.
void complete(Sums& sums, std::string const& period)
{
    auto& lines = sums.periods[period];
    for (auto const& [unit, keeps] : sums.units) {
        auto& line = lines[unit];
        line.unit = unit;
        line.reported = line.reported || keeps;
    }
}

std::vector<UnitSums> lines_of(SumsOfUnits const& units)
{
    std::vector<UnitSums> lines;
    for (auto const& [unit, line] : units)
        lines.push_back(line);
    return lines;
}

/// A period of which only the sums of all units are known.
Value value_of_all_together(definition::Indicator const& made, Sums const& sums, std::string const& period)
{
    UnitSums all;
    if (auto found = sums.periods.find(period); found != sums.periods.end())
        all = found->second.begin()->second;
    auto const keeping = std::ranges::count_if(sums.units, [](auto const& unit) { return unit.second; });
    all.reported = all.reported || keeping > 0;
    auto value = roll_up(made, { &all, 1 });
    value.reported = std::max<std::int64_t>(keeping, all.reported ? 1 : 0);
    value.expected = static_cast<std::int64_t>(sums.units.size());
    return value;
}

Result<std::vector<BranchValue>> branches_of(storage::Reader& reader, ValueQuestion const& question, std::string const& period, SumsOfUnits const& units)
{
    std::vector<BranchValue> branches;
    std::vector<UnitSums> lines;
    auto finish = [&] {
        if (!branches.empty())
            branches.back().live = roll_up(question.made, lines);
        lines.clear();
    };
    for (auto const& row : reader.query(select_branches, question.node, question.tree_on, question.made.id, period)) {
        if (auto const unit = row.id<UnitTag>(0); branches.empty() || branches.back().unit != unit) {
            finish();
            branches.push_back({ unit, row.text(1), row.text(2), {}, {} });
            if (!row.is_null(4))
                branches.back().closed = read_value(row, 4);
        }
        if (auto line = units.find(row.id<UnitTag>(3)); line != units.end())
            lines.push_back(line->second);
    }
    finish();
    return branches;
}

}

Value read_value(storage::Row const& row, std::size_t first)
{
    Value value { standing_named(row.text(first)), row.integer(first + 1), row.integer(first + 2), {}, {}, static_cast<int>(row.integer(first + 4)),
        row.integer(first + 5), row.integer(first + 6) };
    if (!row.text(first + 3).empty())
        value.exact = Exact::from_text(row.text(first + 3));
    return value;
}

Result<FigureValues> figure_values(storage::Reader& reader, Stocks const& stocks, ValueQuestion const& question, std::string const& period, int count)
{
    auto const periods = periods_until(period, count);
    bool const by_unit = PartPlaces { question.made }.by_unit();
    auto sums = read_sums(reader, question, periods.front(), period, period, by_unit);
    complete(sums, period);
    if (by_unit) {
        // a period of which nothing was ever counted is not asked for: 0 of all people before the register was there would be no zero
        for (auto& [each, lines] : sums.periods)
            complete(sums, each);
        TRY_VOID(add_stocks(reader, stocks, question, sums.periods));
    }
    FigureValues found;
    for (auto const& each : periods) {
        auto const lines = sums.periods.find(each);
        bool const lines_known = by_unit || each == period;
        TrendValue value { each, {}, {} };
        if (!lines_known)
            value.live = value_of_all_together(question.made, sums, each);
        else if (lines != sums.periods.end())
            value.live = roll_up(question.made, lines_of(lines->second));
        if (auto closed = sums.closed.find(each); closed != sums.closed.end())
            value.closed = closed->second;
        found.trend.push_back(std::move(value));
    }
    if (question.with_lower_units)
        found.branches = TRY(branches_of(reader, question, period, sums.periods[period]));
    return found;
}

Result<std::map<UnitId, Value>> values_of_all(storage::Reader& reader, Stocks const& stocks, ValueQuestion const& root, std::string const& period)
{
    auto sums = read_sums(reader, root, period, period, period, true);
    complete(sums, period);
    TRY_VOID(add_stocks(reader, stocks, root, sums.periods));
    auto const& units = sums.periods[period];
    std::map<UnitId, std::vector<UnitSums>> branches;
    bool const own_only = root.made.tree == definition::TreeRule::OwnOnly;
    for (auto const& row : reader.query(select_pairs, root.tree_on))
        if (auto line = units.find(row.id<UnitTag>(1)); line != units.end() && (!own_only || row.integer(0) == row.integer(1)))
            branches[row.id<UnitTag>(0)].push_back(line->second);
    std::map<UnitId, Value> values;
    for (auto const& [unit, lines] : branches)
        values[unit] = roll_up(root.made, lines);
    return values;
}

}
