#include "indicator/place.hpp"
#include "indicator/part_places.hpp"
#include "indicator/period.hpp"
#include "organization/access.hpp"
#include <algorithm>

namespace kpuhub::indicator {

using storage::Query;

namespace {

#define KPUHUB_UNIT_NAME " JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m" \
    " WHERE m.unit_id = u.id AND (m.valid_from <= $2 OR m.valid_from = u.opened_on))"
#define KPUHUB_TREE_TODAY(day) " = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= " day ")"

constexpr Query find_place { "indicator.place",
    "SELECT u.id, u.code, u.level, n.name, n.zone, (SELECT max(d.version) FROM indicator_definition d WHERE d.indicator = $4),"
    " (SELECT b.version FROM indicator_build b WHERE b.indicator = $4)"
    " FROM unit u" KPUHUB_UNIT_NAME " WHERE u.code = $3 AND " KPUHUB_MAY("u.id", "'plan.read'") };
constexpr Query find_places { "indicator.places",
    "SELECT u.id, u.code, u.level, n.name, n.zone, d.indicator, d.version FROM unit u" KPUHUB_UNIT_NAME
    " LEFT JOIN (SELECT indicator, max(version) AS version FROM indicator_definition GROUP BY indicator) d ON d.version > 0"
    " WHERE u.code = $3 AND " KPUHUB_MAY("u.id", "'plan.read'") " ORDER BY d.indicator" };

// $1 node, $2 day of the tree. Of the plan only the parts "t.": months of it are many.
#define KPUHUB_PLAN_PARTS "t.part IN ('t.all', 't.due', 't.verified', 't.submitted', 't.late', 't.no_proof')"
#define KPUHUB_KEEPING \
    "SELECT 'u', COALESCE(x.register, ''), '', COALESCE(x.state, 'off'), s.unit_id, 1" KPUHUB_NO_VALUE \
    "  FROM unit_scope s LEFT JOIN register_use x ON x.unit_id = s.unit_id" \
    " WHERE s.ancestor_id = $1 AND s.tree_version" KPUHUB_TREE_TODAY("$2")

// What was frozen when periods of the office ($1) were closed comes with it; the other rows have no value.
#define KPUHUB_NO_VALUE ", '', 0, 0, '', 0, 0, 0"
#define KPUHUB_FROZEN \
    " UNION ALL SELECT 'v', v.indicator, v.period, '', 0, 0, v.standing, v.numerator, v.denominator, v.exact, v.bucket, v.reported, v.expected" \
    " FROM indicator_value v WHERE v.unit_id = $1"

/// Of an office without lower ones: its own lines of the periods from $3 to $4.
constexpr Query select_own { "indicator.own_running",
    "SELECT 't', t.indicator, t.period, t.part, t.unit_id, t.amount" KPUHUB_NO_VALUE
    "  FROM tally t WHERE t.unit_id = $1 AND t.period >= $3 AND t.period <= $4 AND (t.indicator <> 'plan_progress' OR " KPUHUB_PLAN_PARTS ") "
    "UNION ALL " KPUHUB_KEEPING KPUHUB_FROZEN };
/// Of a branch: of the running periods $4 to $7 alone, and of the plan the parts $15 to $20 of the periods $8 to $14; $3 tallies whose units are told apart (",a,b,"). The lines of an indicator and a period lie
/// together, so they are found by key and summed in their order; those of a unit are of all indicators and periods ("+ 0" keeps SQLite from
/// going through the units one by one).
#define KPUHUB_RUNNING "t.period IN ($4, $5, $6, $7)"
#define KPUHUB_OF_PLAN "t.indicator = 'plan_progress' AND t.period IN ($8, $9, $10, $11, $12, $13, $14) AND t.part IN ($15, $16, $17, $18, $19, $20)"
#define KPUHUB_OF_BRANCH "t.unit_id + 0 IN (SELECT s.unit_id FROM unit_scope s WHERE s.ancestor_id = $1 AND s.tree_version" KPUHUB_TREE_TODAY("$2") ")"
constexpr Query select_running { "indicator.running",
    "SELECT 't', t.indicator, t.period, t.part, 0, CAST(sum(t.amount) AS BIGINT)" KPUHUB_NO_VALUE
    "  FROM (SELECT DISTINCT indicator AS name FROM indicator_definition) i CROSS JOIN tally t"
    " WHERE t.indicator = i.name AND t.indicator <> 'plan_progress' AND NOT ($3 LIKE '%,' || i.name || ',%') AND " KPUHUB_RUNNING " AND " KPUHUB_OF_BRANCH
    " GROUP BY t.indicator, t.period, t.part "
    "UNION ALL "
    "SELECT 't', t.indicator, t.period, t.part, t.unit_id, t.amount" KPUHUB_NO_VALUE
    "  FROM (SELECT DISTINCT indicator AS name FROM indicator_definition) i CROSS JOIN tally t"
    " WHERE t.indicator = i.name AND t.indicator <> 'plan_progress' AND $3 LIKE '%,' || i.name || ',%' AND " KPUHUB_RUNNING " AND " KPUHUB_OF_BRANCH
    " UNION ALL "
    "SELECT 't', t.indicator, t.period, t.part, 0, CAST(sum(t.amount) AS BIGINT)" KPUHUB_NO_VALUE
    "  FROM tally t WHERE NOT ($3 LIKE '%,plan_progress,%') AND " KPUHUB_OF_PLAN " AND " KPUHUB_OF_BRANCH
    " GROUP BY t.indicator, t.period, t.part "
    "UNION ALL "
    "SELECT 't', t.indicator, t.period, t.part, t.unit_id, t.amount" KPUHUB_NO_VALUE
    "  FROM tally t WHERE $3 LIKE '%,plan_progress,%' AND " KPUHUB_OF_PLAN " AND " KPUHUB_OF_BRANCH " "
    "UNION ALL " KPUHUB_KEEPING KPUHUB_FROZEN };

organization::Unit unit_from(storage::Row const& row)
{
    return { row.id<UnitTag>(0), row.text(1), row.text(2), row.text(3), time::zone_named(row.text(4)).value_or(time::Zone::Wib) };
}

/// All that was read for the list, by indicator.
struct Running {
    std::map<UnitId, std::set<std::string>> keeping;                                // registers that a unit keeps
    std::map<std::string, std::map<std::string, std::map<UnitId, UnitSums>>> sums;   // indicator -> period
    std::map<std::string, std::map<std::string, Value>> frozen;
};

bool is_leaf(organization::Unit const& unit) { return unit.level == "regency"; }

/// Values as often as there are places; "" where there are none at all.
void fill_places(std::vector<storage::Value>& values, std::set<std::string> const& given, std::size_t places)
{
    auto next = given.begin();
    for (std::size_t at = 0; at < places; ++at) {
        values.emplace_back(given.empty() ? std::string {} : next == given.end() ? *given.rbegin() : *next);
        if (next != given.end())
            ++next;
    }
}

/// What is read of a branch for the running period of each indicator.
std::vector<storage::Value> branch_values(std::vector<IndicatorRef> const& all, organization::Unit const& unit, time::Date today)
{
    constexpr std::size_t period_places = 4, plan_period_places = 7, plan_part_places = 6;
    std::string apart = ",";
    std::set<std::string> running, of_plan, parts;
    for (auto const& made : all) {
        PartPlaces const places { *made };
        if (places.by_unit())
            apart += places.names().first + "," + places.names().second + ",";
        running.insert(period_of(today, made->period));
        for (auto const& [name, period] : places.tallies_of(period_of(today, made->period)))
            if (name == plan_tallies)
                of_plan.insert(period);
        for (auto const& part : { places.plan_parts().first, places.plan_parts().second })
            if (!part.empty())
                parts.insert(part);
    }
    std::vector<storage::Value> values { storage::to_value(unit.id), storage::to_value(today), apart };
    fill_places(values, running, period_places);
    fill_places(values, of_plan, plan_period_places);
    fill_places(values, parts, plan_part_places);
    return values;
}

void read_running(storage::Reader& reader, std::vector<IndicatorRef> const& all, organization::Unit const& unit, time::Date today, Running& running)
{
    auto const year = period_of(today, PeriodKind::Year);
    auto const values = is_leaf(unit)
        ? std::vector<storage::Value> { storage::to_value(unit.id), storage::to_value(today), period_before(year, trend_length(PeriodKind::Year)), year + "-Z" }
        : branch_values(all, unit, today);
    std::map<std::string, std::vector<PartPlaces>> readers;         // by the name of the tallies
    for (auto const& made : all) {
        PartPlaces const places { *made };
        for (auto const& name : std::set { places.names().first, places.names().second })
            readers[name].push_back(places);
    }
    for (auto const& row : reader.query_values(is_leaf(unit) ? select_own : select_running, values)) {
        auto const of = row.id<UnitTag>(4);
        if (row.text(0) == "v") {
            running.frozen[row.text(1)][row.text(2)] = read_value(row, 6);
            continue;
        }
        if (row.text(0) == "u") {
            auto& keeps = running.keeping[of];
            if (row.text(3) == "on")
                keeps.insert(row.text(1));
            continue;
        }
        for (auto const& places : readers[row.text(1)])
            if (auto const period = places.period_for(row.text(1), row.text(2)); !period.empty())
                places.add(row.text(1), row.text(3), row.integer(5), running.sums[places.id()][period][places.by_unit() ? of : UnitId {}]);
    }
}

/// Indicator -> what was counted of each of its stocks today.
using StocksOfToday = std::map<std::string, std::vector<StockCounts>>;

/// The stocks of all indicators that are asked for today, together.
Result<StocksOfToday> stocks_of_today(storage::Reader& reader, Stocks const& stocks, std::vector<IndicatorRef> const& all, organization::Unit const& unit, time::Date today)
{
    std::vector<definition::IndicatorPart const*> parts;
    std::vector<std::string> names;
    for (auto const& made : all)
        for (auto const& stock : stock_parts(*made)) {
            parts.push_back(stock.part);
            names.push_back(made->id);
        }
    auto counts = TRY(count_stocks(reader, stocks, { unit.id, true, today, { today } }, parts));
    StocksOfToday found;
    for (std::size_t at = 0; at < names.size(); ++at)
        found[names[at]].push_back(std::move(counts[at]));
    return found;
}

/// The sums of one period, unit by unit or all together, as roll_up takes them.
Value running_value(definition::Indicator const& made, organization::Unit const& unit, time::Date today, Running& running, StocksOfToday const& stocks, std::string const& period)
{
    PartPlaces const places { made };
    auto const kept = places.reporting_register();
    auto keeps = [&](auto const& each) { return places.always_reported() || each.second.contains(kept); };
    auto sums = running.sums[made.id][period];
    auto const keeping = std::ranges::count_if(running.keeping, keeps);
    if (!places.by_unit()) {
        UnitSums all = sums.empty() ? UnitSums {} : sums.begin()->second;
        all.reported = all.reported || keeping > 0;
        auto value = roll_up(made, { &all, 1 });
        value.reported = std::max<std::int64_t>(keeping, all.reported ? 1 : 0);
        value.expected = static_cast<std::int64_t>(running.keeping.size());
        return value;
    }
    sums.erase(UnitId {});
    for (auto const& each : running.keeping) {
        auto& line = sums[each.first];
        line.reported = line.reported || keeps(each);
    }
    auto const parts = stock_parts(made);
    for (std::size_t at = 0; at < parts.size(); ++at)
        add_stock(stocks.at(made.id)[at], today, parts[at], sums);
    std::vector<UnitSums> lines;
    for (auto const& [id, line] : sums)
        if (made.tree != definition::TreeRule::OwnOnly || id == unit.id)
            lines.push_back(line);
    return roll_up(made, lines);
}

}

Result<IndicatorPlace> place_of(storage::Reader& reader, definition::IndicatorShelf& shelf, PersonId person, time::Date today, std::string_view unit_code,
    std::string const& indicator)
{
    auto const row = reader.first(find_place, person, today, unit_code, indicator);
    if (!row || row->is_null(5))
        return not_found();
    auto made = TRY(shelf.find(reader, indicator, static_cast<int>(row->integer(5))));
    IndicatorPlace place { unit_from(*row), std::move(made), false };
    place.built = row->optional_integer(6) == place.made->version;
    return place;
}

Result<IndicatorsPlace> places_of(storage::Reader& reader, definition::IndicatorShelf& shelf, PersonId person, time::Date today, std::string_view unit_code)
{
    auto const rows = reader.query(find_places, person, today, unit_code);
    if (rows.empty())
        return not_found();
    IndicatorsPlace place { unit_from(rows.front()), {} };
    for (auto const& row : rows)
        if (!row.is_null(5))
            if (auto made = TRY(shelf.find(reader, row.text(5), static_cast<int>(row.integer(6)))); !made->retired)
                place.all.push_back(std::move(made));
    return place;
}

Result<std::vector<ListedValue>> listed_values(storage::Reader& reader, Stocks const& stocks, std::vector<IndicatorRef> const& all, organization::Unit const& unit,
    time::Date today)
{
    Running running;
    read_running(reader, all, unit, today, running);
    auto const counted = TRY(stocks_of_today(reader, stocks, all, unit, today));
    std::vector<ListedValue> listed;
    for (auto const& made : all) {
        auto const now = period_of(today, made->period);
        ListedValue line;
        bool const counted_by_itself = !PartPlaces { *made }.by_unit();
        for (auto const& period : periods_until(now, trend_length(made->period))) {
            auto const closed = running.frozen[made->id].find(period);
            bool const known = running.sums[made->id].contains(period) && counted_by_itself && is_leaf(unit);
            if (closed != running.frozen[made->id].end())
                line.trend.push_back({ period, closed->second, closed->second });
            else if (known || period == now) {
                line.trend.push_back({ period, running_value(*made, unit, today, running, counted, period), {} });
            }
        }
        line.now = line.trend.back().shown();
        listed.push_back(std::move(line));
    }
    return listed;
}

}
