#include "record/retention.hpp"
#include "core/limit_table.hpp"
#include <algorithm>
#include <map>
#include <stdexcept>

namespace kpuhub::record {

using definition::Register;
using storage::Query;

namespace {

constexpr int oldest_year = 1990;

/// Moments at which records ended: from the first one on, before the second.
struct EndedBetween {
    time::Instant from {}, before {};
};

/// "(SELECT id, number, state, ended_at ...)": records of the office that ended in that time, held by no other decision than this one.
void add_ended(SqlText& sql, Register const& made, OverQuestion const& asked, EndedBetween when, SubjectId decision = {})
{
    auto const limit = storage::to_value(when.before);
    auto const ended = made.retention.after_closing
        ? std::string { "COALESCE((SELECT max(f.at) FROM flow_step f WHERE f.subject_id = s.id AND f.to_state = s.state), s.created_at)" }
        : std::string { "s.created_at" };
    sql.add("(SELECT o.id, o.number, o.state, o.ended_at FROM (SELECT s.id AS id, COALESCE(t.number, '') AS number, s.state AS state, " + ended
           + " AS ended_at FROM subject s JOIN " + made.table() + " t ON t.subject_id = s.id WHERE s.unit_id = ")
        .bind(storage::to_value(asked.unit.id)).add(" AND s.kind = ").bind(made.table()).add(" AND s.created_at < ").bind(limit);
    bool first = true;
    for (auto const& state : made.states)
        if (!made.retention.after_closing || state.closed) {
            sql.add(first ? " AND s.state IN (" : ", ").bind(state.id);
            first = false;
        }
    sql.add(first ? " AND 1 = 0" : ")")
        .add(" AND NOT EXISTS (SELECT 1 FROM comment c WHERE c.subject_id = s.id AND c.written_at > ")
        .bind(storage::to_value(asked.now.plus(-std::chrono::days { retention_limits().quiet_days })))
        .add(") AND NOT EXISTS (SELECT 1 FROM retention_item i JOIN retention_decision d ON d.subject_id = i.decision_id JOIN subject ds ON ds.id = d.subject_id"
             " WHERE i.subject_id = s.id AND d.subject_id <> ").bind(decision.value)
        .add(" AND (ds.state IN ('proposed', 'approved') OR (ds.state = 'kept' AND d.keep_until >= ").bind(storage::to_value(asked.today))
        .add(")))) o WHERE o.ended_at >= ").bind(storage::to_value(when.from)).add(" AND o.ended_at < ").bind(limit).add(")");
}

/// Those whose time is over.
void add_over(SqlText& sql, Register const& made, OverQuestion const& asked, SubjectId decision = {})
{
    add_ended(sql, made, asked, { {}, retention_limit(made.retention, asked.today, asked.unit.zone) }, decision);
}

/// Those whose last day is one of these days.
EndedBetween ending(Register const& made, OverQuestion const& asked, time::Date first, time::Date before)
{
    return { retention_limit(made.retention, first, asked.unit.zone), retention_limit(made.retention, before, asked.unit.zone) };
}

/// The last day on which what ended on a day is not past its retention yet.
time::Date last_day_of(definition::Retention const& retention, time::Date ended, time::Zone zone)
{
    constexpr unsigned safe_day = 28;           // of every month of every year
    auto last = time::Date::of(ended.year() + retention.years, ended.month(), std::min(ended.day(), safe_day));
    auto const moment = time::start_of_day(ended, zone);
    while (moment >= retention_limit(retention, last.plus(std::chrono::days { 1 }), zone))
        last = last.plus(std::chrono::days { 1 });
    return last;
}

std::vector<OverRecord> records_of(storage::Rows const& rows)
{
    std::vector<OverRecord> records;
    for (auto const& row : rows)
        records.push_back({ row.id<SubjectTag>(0), row.text(1), row.text(2), row.instant(3) });
    return records;
}

/// The group's year as two moments.
void add_year(SqlText& sql, int year, time::Zone zone)
{
    sql.add(" e.ended_at >= ").bind(storage::to_value(time::start_of_day(time::Date::of(year, 1, 1), zone)))
        .add(" AND e.ended_at < ").bind(storage::to_value(time::start_of_day(time::Date::of(year + 1, 1, 1), zone)));
}

}

static RetentionLimits read_limits()
{
    auto table = LimitTable::embedded("retention");
    auto const number = [&](std::string_view name) { return static_cast<int>(table.take(name)); };
    RetentionLimits limits { table.take("quiet_days"), number("records_of_a_decision"),
        { number("first_warning_days"), number("second_warning_days"), number("last_warning_days") }, number("warned_one_by_one") };
    if (auto rest = table.all_taken(); !rest)
        throw std::logic_error(rest.error().detail);
    return limits;
}

RetentionLimits const& retention_limits()
{
    static RetentionLimits const limits = read_limits();
    return limits;
}

time::Instant retention_limit(definition::Retention const& retention, time::Date today, time::Zone zone)
{
    constexpr unsigned february = 2, leap_day = 29;
    bool const leap = today.month() == february && today.day() == leap_day;
    return time::start_of_day(time::Date::of(today.year() - retention.years, today.month(), leap ? leap_day - 1 : today.day()), zone);
}

/// "SELECT <register>, <year>, <records> ...", a part for each register.
static void add_over_groups(SqlText& sql, std::vector<RegisterRef> const& registers, OverQuestion const& asked)
{
    for (std::size_t at = 0; at < registers.size(); ++at) {
        sql.add(at ? " UNION ALL SELECT " : "SELECT ").add(std::to_string(at)).add(", y.year, count(*) FROM ");
        add_over(sql, *registers[at], asked);
        sql.add(" e JOIN years y ON e.ended_at >= y.from_at AND e.ended_at < y.to_at GROUP BY y.year");
    }
}

/// The same by the day on which they ended, in days since 1970. Registers are counted on from `first`.
static void add_ending_groups(SqlText& sql, std::vector<RegisterRef> const& registers, OverQuestion const& asked, time::Date before, std::size_t first)
{
    constexpr std::int64_t day_ms = 86'400'000;
    auto const zone_ms = std::chrono::milliseconds { time::offset(asked.unit.zone) }.count();
    for (std::size_t at = 0; at < registers.size(); ++at) {
        sql.add(at ? " UNION ALL SELECT " : "SELECT ").add(std::to_string(first + at)).add(", (e.ended_at + ").bind(zone_ms).add(") / ").bind(day_ms).add(", count(*) FROM ");
        add_ended(sql, *registers[at], asked, ending(*registers[at], asked, asked.today, before));
        sql.add(" e GROUP BY 2");
    }
}

RetentionGroups retention_groups(storage::Reader& reader, std::vector<RegisterRef> const& registers, OverQuestion const& asked, time::Date before)
{
    if (registers.empty())
        return {};
    SqlText sql { "WITH years (year, from_at, to_at) AS (VALUES " };
    for (int year = oldest_year; year <= asked.today.year(); ++year)
        sql.add(year == oldest_year ? "(CAST(" : ", (CAST(").bind(std::int64_t { year }).add(" AS BIGINT), CAST(")
            .bind(storage::to_value(time::start_of_day(time::Date::of(year, 1, 1), asked.unit.zone))).add(" AS BIGINT), CAST(")
            .bind(storage::to_value(time::start_of_day(time::Date::of(year + 1, 1, 1), asked.unit.zone))).add(" AS BIGINT))");
    sql.add(") ");
    add_over_groups(sql, registers, asked);
    sql.add(" UNION ALL ");
    add_ending_groups(sql, registers, asked, before, registers.size());
    sql.add(" ORDER BY 1, 2");
    RetentionGroups groups;
    std::map<std::pair<time::Date, std::size_t>, std::int64_t> by_last_day;
    for (auto const& row : reader.query_values(Query { "record.retention_groups", sql.text() }, sql.values())) {
        auto const number = static_cast<std::size_t>(row.integer(0)), at = number % registers.size();
        if (number == at) {
            groups.over.push_back({ registers[at], static_cast<int>(row.integer(1)), row.integer(2) });
            continue;
        }
        auto const ended = time::Date { std::chrono::sys_days { std::chrono::days { row.integer(1) } } };
        by_last_day[{ last_day_of(registers[at]->retention, ended, asked.unit.zone), at }] += row.integer(2);
    }
    for (auto const& [key, records] : by_last_day)
        groups.ending.push_back({ registers[key.second], key.first, records });
    return groups;
}

std::vector<OverRecord> records_ending(storage::Reader& reader, Register const& made, OverQuestion const& asked, time::Date last_day, int limit)
{
    SqlText sql { "SELECT e.id, e.number, e.state, e.ended_at FROM " };
    add_ended(sql, made, asked, ending(made, asked, last_day, last_day.plus(std::chrono::days { 1 })));
    sql.add(" e ORDER BY e.id LIMIT ").bind(std::int64_t { limit });
    return records_of(reader.query_values(Query { "record.records_ending", sql.text() }, sql.values()));
}

std::int64_t count_over(storage::Reader& reader, Register const& made, int year, OverQuestion const& asked)
{
    SqlText sql { "SELECT count(*) FROM " };
    add_over(sql, made, asked);
    sql.add(" e WHERE");
    add_year(sql, year, asked.unit.zone);
    return reader.query_values(Query { "record.count_over", sql.text() }, sql.values()).at(0).integer(0);
}

std::vector<OverRecord> records_over(storage::Reader& reader, Register const& made, int year, OverQuestion const& asked, std::int64_t after, int limit)
{
    SqlText sql { "SELECT e.id, e.number, e.state, e.ended_at FROM " };
    add_over(sql, made, asked);
    sql.add(" e WHERE");
    add_year(sql, year, asked.unit.zone);
    sql.add(" AND e.id > ").bind(after).add(" ORDER BY e.id LIMIT ").bind(std::int64_t { limit });
    return records_of(reader.query_values(Query { "record.records_over", sql.text() }, sql.values()));
}

bool is_over(storage::Reader& reader, Register const& made, OverQuestion const& asked, SubjectId record, SubjectId decision)
{
    SqlText sql { "SELECT e.id FROM " };
    add_over(sql, made, asked, decision);
    sql.add(" e WHERE e.id = ").bind(record.value);
    return !reader.query_values(Query { "record.is_over", sql.text() }, sql.values()).empty();
}

std::int64_t take_over(storage::Transaction& transaction, Register const& made, int year, OverQuestion const& asked, SubjectId decision, int limit)
{
    SqlText sql { "INSERT INTO retention_item (decision_id, subject_id) SELECT CAST(" };
    sql.bind(decision.value).add(" AS BIGINT), e.id FROM ");
    add_over(sql, made, asked, decision);
    sql.add(" e WHERE");
    add_year(sql, year, asked.unit.zone);
    sql.add(" ORDER BY e.id LIMIT ").bind(std::int64_t { limit });
    return transaction.execute_values(Query { "record.take_over", sql.text() }, sql.values());
}

}
