#include "indicator/value_store.hpp"
#include "indicator/kept_sums.hpp"
#include "indicator/part_places.hpp"
#include "indicator/period.hpp"
#include <algorithm>

namespace kpuhub::indicator {

using storage::Query;

namespace {

#define KPUHUB_TREE(day) " = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= " day ")"

// $1 node, $2 day of the tree, $3 with lower units, $4 and $5 names of tallies ("" for none), $6 and $7 parts of the plan, $8 to $13 periods
// of tallies that make up the period shown: unit by unit, each found by its key. $14 = 1: the other periods from $15 to $16 are summed too.
// $17 register. p: those periods of the plan, each found by one step along the key; the plan has many parts, of which two are read.
#define KPUHUB_BRANCH " s.ancestor_id = $1 AND (CAST($3 AS BIGINT) = 1 OR s.depth = 0) AND s.tree_version" KPUHUB_TREE("$2")
#define KPUHUB_SHOWN "t.period IN ($8, $9, $10, $11, $12, $13)"
#define KPUHUB_BEFORE " t.period >= $15 AND t.period <= $16 AND NOT " KPUHUB_SHOWN
#define KPUHUB_OF_PLAN " t.unit_id = s.unit_id AND t.indicator = $5 AND t.period = p.period AND t.part IN ($6, $7) AND NOT " KPUHUB_SHOWN
#define KPUHUB_SUMS(before) \
    "WITH RECURSIVE p AS (SELECT min(f.period) AS period FROM tally f WHERE CAST($14 AS BIGINT) = 1 AND CAST($5 AS TEXT) <> '' AND f.indicator = $5 AND f.period >= $15 AND f.period <= $16" \
    " UNION ALL SELECT (SELECT min(f.period) FROM tally f WHERE f.indicator = $5 AND f.period > p.period AND f.period <= $16) FROM p WHERE p.period IS NOT NULL)" \
    " SELECT 't' AS what, t.period, t.indicator, t.part, s.unit_id AS unit_id, t.amount" \
    "  FROM unit_scope s CROSS JOIN tally t WHERE" KPUHUB_BRANCH " AND t.unit_id = s.unit_id AND t.indicator = $4 AND " KPUHUB_SHOWN \
    " UNION ALL " \
    "SELECT 't', t.period, t.indicator, t.part, s.unit_id, t.amount" \
    "  FROM unit_scope s CROSS JOIN tally t WHERE CAST($5 AS TEXT) <> '' AND" KPUHUB_BRANCH \
    "   AND t.unit_id = s.unit_id AND t.indicator = $5 AND t.part IN ($6, $7) AND " KPUHUB_SHOWN \
    " UNION ALL " before " UNION ALL " \
    "SELECT 'u', '', COALESCE(x.state, 'off'), '', s.unit_id, 0" \
    "  FROM unit_scope s LEFT JOIN register_use x ON x.unit_id = s.unit_id AND x.register = $17 WHERE" KPUHUB_BRANCH

/// The periods before told apart by unit.
constexpr Query select_sums_of_units { "indicator.sums_of_units", KPUHUB_SUMS(
    "SELECT 't', t.period, t.indicator, t.part, s.unit_id, t.amount FROM unit_scope s CROSS JOIN tally t"
    " WHERE CAST($14 AS BIGINT) = 1 AND" KPUHUB_BRANCH " AND t.unit_id = s.unit_id AND t.indicator = $4 AND" KPUHUB_BEFORE " UNION ALL "
    "SELECT 't', t.period, t.indicator, t.part, s.unit_id, t.amount FROM unit_scope s CROSS JOIN p CROSS JOIN tally t WHERE" KPUHUB_BRANCH " AND" KPUHUB_OF_PLAN) };
/// Summed along the keys of the few units of the branch.
constexpr Query select_sums { "indicator.sums", KPUHUB_SUMS(
    "SELECT 't', t.period, t.indicator, t.part, 0, CAST(sum(t.amount) AS BIGINT) FROM unit_scope s CROSS JOIN tally t"
    " WHERE CAST($14 AS BIGINT) = 1 AND" KPUHUB_BRANCH " AND t.unit_id = s.unit_id AND t.indicator = $4 AND" KPUHUB_BEFORE " GROUP BY t.indicator, t.period, t.part UNION ALL "
    "SELECT 't', t.period, t.indicator, t.part, 0, CAST(sum(t.amount) AS BIGINT) FROM unit_scope s CROSS JOIN p CROSS JOIN tally t WHERE" KPUHUB_BRANCH " AND" KPUHUB_OF_PLAN
    " GROUP BY t.indicator, t.period, t.part") };
/// Summed along the keys of the periods, where all units are of the branch: nothing is sorted.
constexpr Query select_sums_of_all { "indicator.sums_of_all", KPUHUB_SUMS(
    "SELECT 't', t.period, t.indicator, t.part, 0, CAST(sum(t.amount) AS BIGINT) FROM tally t"
    " WHERE CAST($14 AS BIGINT) = 1 AND t.indicator = $4 AND" KPUHUB_BEFORE " AND t.unit_id IN (SELECT s.unit_id FROM unit_scope s WHERE" KPUHUB_BRANCH ")"
    " GROUP BY t.indicator, t.period, t.part UNION ALL "
    "SELECT 't', p.period, CAST($5 AS TEXT), q.part, 0, CAST((SELECT COALESCE(sum(t.amount), 0) FROM tally t WHERE t.indicator = $5 AND t.period = p.period AND t.part = q.part"
    "   AND t.unit_id IN (SELECT s.unit_id FROM unit_scope s WHERE" KPUHUB_BRANCH ") AND NOT " KPUHUB_SHOWN ") AS BIGINT)"
    "  FROM p CROSS JOIN (SELECT CAST($6 AS TEXT) AS part UNION SELECT CAST($7 AS TEXT)) q WHERE p.period IS NOT NULL") };

// What stands in a row already: with $11 = 1 the units below the node ($1), branch by branch, in the tree of $2, and the values of the branches
// of the indicator ($3) as the period ($4) was closed; 'v': those of the node of the periods from $5 to $6; 'k': kept sums of the tallies $7
// and $8 from $9 to $10. CROSS JOIN keeps SQLite to the order written: the branches, then their units.
constexpr Query select_standing { "indicator.standing",
    "SELECT g.depth AS depth, u.code AS code, s.unit_id AS unit_id, g.unit_id, n.name, v.standing, v.numerator, v.denominator, v.exact, v.bucket, v.reported, v.expected"
    "  FROM unit_scope g CROSS JOIN unit_scope s JOIN unit u ON u.id = g.unit_id"
    "  JOIN unit_name n ON n.unit_id = g.unit_id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = g.unit_id"
    "       AND (m.valid_from <= $2 OR m.valid_from = u.opened_on))"
    "  LEFT JOIN indicator_value v ON v.indicator = $3 AND v.unit_id = g.unit_id AND v.period = $4 AND g.depth = 1"
    " WHERE CAST($11 AS BIGINT) = 1 AND g.ancestor_id = $1 AND g.depth <= 1 AND g.tree_version" KPUHUB_TREE("$2")
    "   AND s.tree_version = g.tree_version AND s.ancestor_id = g.unit_id AND (g.depth = 1 OR s.depth = 0)"
    " UNION ALL "
    "SELECT -1, 'v', 0, 0, v.period, v.standing, v.numerator, v.denominator, v.exact, v.bucket, v.reported, v.expected"
    "  FROM indicator_value v WHERE v.indicator = $3 AND v.unit_id = $1 AND v.period >= $5 AND v.period <= $6 "
    "UNION ALL "
    "SELECT -1, 'k', 0, 0, k.period, k.indicator, 0, 0, k.sums, 0, 0, 0"
    "  FROM tally_kept k WHERE k.indicator IN ($7, $8) AND k.period >= $9 AND k.period <= $10 AND k.unit_id = $1 AND k.sums IS NOT NULL AND k.tree_version" KPUHUB_TREE("$2")
    " ORDER BY 1, 2, 3" };
constexpr Query select_pairs { "indicator.all_branches", "SELECT s.ancestor_id, s.unit_id FROM unit_scope s WHERE s.tree_version" KPUHUB_TREE("$1") };

Standing standing_named(std::string_view name)
{
    if (name == "measured")
        return Standing::Measured;
    return name == "not_reported" ? Standing::NotReported : Standing::NotApplicable;
}

/// What the statements gave, put in order.
struct Sums {
    std::map<UnitId, bool> units;                       ///< of the branch: whether they keep the register
    std::map<std::string, SumsOfUnits> periods;         ///< unit 0 = of all units together
    std::map<std::string, Value> closed;
    std::vector<std::pair<BranchValue, std::vector<UnitId>>> branches;     ///< with their units, in order of code
};

/// Kept sums as they were read: (name of the tallies, their period) -> "d=40 n=12".
using KeptSums = std::map<TalliesOfPeriod, std::string>;

/// Periods before `last` of which all tallies have kept sums.
void add_kept(KeptSums const& kept, PartPlaces const& places, std::string const& first, std::string const& last, Sums& found)
{
    for (auto period = first; period < last; period = period_before(period, -1)) {
        UnitSums all;
        bool whole = true;
        for (auto const& each : places.tallies_of(period)) {
            auto const sums = kept.find(each);
            whole = whole && sums != kept.end();
            if (whole)
                for (auto const& [part, amount] : kept_amounts(sums->second))
                    places.add(each.first, part, amount, all);
        }
        if (whole)
            found.periods[period] = { { UnitId {}, std::move(all) } };
    }
}

/// The branches of the node with their units, and of the node the values and sums of the periods from `first` to `last` that stand in a row.
void read_standing(storage::Reader& reader, ValueQuestion const& question, PartPlaces const& places, std::string const& first, std::string const& last, Sums& found)
{
    auto const& [own, plan] = places.names();
    auto const [from, to] = places.span(first, last);
    KeptSums kept;
    for (auto const& row : reader.query(select_standing, question.node, question.tree_on, question.made.id, last, first, last, own, plan, from, to, question.with_lower_units)) {
        if (row.integer(0) < 0 && row.text(1) == "v") {
            found.closed[row.text(4)] = read_value(row, 5);
        } else if (row.integer(0) < 0) {
            kept[{ row.text(5), row.text(4) }] = row.text(8);
        } else {
            if (auto const branch = row.id<UnitTag>(3); found.branches.empty() || found.branches.back().first.unit != branch) {
                found.branches.push_back({ { branch, row.text(1), row.text(4), {}, {} }, {} });
                if (!row.is_null(5))
                    found.branches.back().first.closed = read_value(row, 5);
            }
            found.branches.back().second.push_back(row.id<UnitTag>(2));
        }
    }
    if (question.with_lower_units && !places.by_unit())
        add_kept(kept, places, first, last, found);
}

/// The earliest period before `shown` of which nothing stands in a row; nothing when all do.
std::optional<std::string> first_to_sum(Sums const& sums, std::string const& first, std::string const& shown)
{
    for (auto period = first; period < shown; period = period_before(period, -1))
        if (!sums.closed.contains(period) && !sums.periods.contains(period))
            return period;
    return std::nullopt;
}

/// Sums up the tallies of the period shown by unit, and of the periods before it that do not stand in a row already.
void read_sums(storage::Reader& reader, ValueQuestion const& question, PartPlaces const& places, std::string const& first, std::string const& shown, Sums& found)
{
    constexpr std::size_t most = 6;                     // months of a semester
    auto const& [own, plan] = places.names();
    auto const parts = places.plan_parts();
    auto const since = first_to_sum(found, first, shown);
    std::vector<storage::Value> values { storage::to_value(question.node), storage::to_value(question.tree_on), storage::to_value(question.with_lower_units),
        own, plan == own ? std::string {} : plan, parts.first, parts.second };
    auto const of_shown = places.tallies_of(shown);
    for (std::size_t at = 0; at < most; ++at)
        values.emplace_back(of_shown.empty() ? shown : of_shown[std::min(at, of_shown.size() - 1)].second);
    auto const [from, to] = places.span(since.value_or(shown), period_before(shown, 1));
    for (auto value : { storage::to_value(since.has_value()), storage::Value { from }, storage::Value { to }, storage::Value { places.reporting_register() } })
        values.push_back(std::move(value));
    auto const& statement = places.by_unit() ? select_sums_of_units : question.of_all ? select_sums_of_all : select_sums;
    std::map<std::string, SumsOfUnits> periods;
    for (auto const& row : reader.query_values(statement, values))
        if (row.text(0) == "u")
            found.units[row.id<UnitTag>(4)] = row.text(2) == "on" || places.always_reported();
        else if (auto const period = places.period_for(row.text(2), row.text(1)); !period.empty() && period <= shown)
            places.add(row.text(2), row.text(3), row.integer(5), periods[period][row.id<UnitTag>(4)]);
    // what stands in a row is not summed twice
    for (auto& [period, units] : periods)
        if (!found.periods.contains(period) && (period == shown || !found.closed.contains(period)))
            found.periods[period] = std::move(units);
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

/// The value of each branch from the sums of its units.
std::vector<BranchValue> branches_of(definition::Indicator const& made, Sums& sums, SumsOfUnits const& units)
{
    std::vector<BranchValue> branches;
    for (auto& [branch, of_branch] : sums.branches) {
        std::vector<UnitSums> lines;
        for (auto const unit : of_branch)
            if (auto const line = units.find(unit); line != units.end())
                lines.push_back(line->second);
        branch.live = roll_up(made, lines);
        branches.push_back(std::move(branch));
    }
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
    PartPlaces const places { question.made };
    bool const by_unit = places.by_unit();
    Sums sums;
    read_standing(reader, question, places, periods.front(), period, sums);
    if (!question.as_closed)
        sums.closed.clear();
    read_sums(reader, question, places, periods.front(), period, sums);
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
        bool const summed = each == period || !sums.closed.contains(each);
        if (!summed)
            value.live = sums.closed[each];
        else if (!lines_known)
            value.live = value_of_all_together(question.made, sums, each);
        else if (lines != sums.periods.end())
            value.live = roll_up(question.made, lines_of(lines->second));
        if (auto closed = sums.closed.find(each); closed != sums.closed.end())
            value.closed = closed->second;
        found.trend.push_back(std::move(value));
    }
    if (question.with_lower_units)
        found.branches = branches_of(question.made, sums, sums.periods[period]);
    return found;
}

Result<std::map<UnitId, Value>> values_of_all(storage::Reader& reader, Stocks const& stocks, ValueQuestion const& root, std::string const& period)
{
    Sums sums;
    read_sums(reader, root, PartPlaces { root.made }, period, period, sums);
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
