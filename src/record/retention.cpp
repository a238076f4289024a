#include "record/retention.hpp"
#include "core/limit_table.hpp"
#include <algorithm>
#include <stdexcept>

namespace kpuhub::record {

using definition::Register;
using storage::Query;

namespace {

constexpr int oldest_year = 1990;

/// "(SELECT id, number, state, ended_at ...)": records of the office whose time is over, held by no other decision than this one.
void add_over(SqlText& sql, Register const& made, OverQuestion const& asked, SubjectId decision = {})
{
    auto const limit = storage::to_value(retention_limit(made.retention, asked.today, asked.unit.zone));
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
        .add(")))) o WHERE o.ended_at < ").bind(limit).add(")");
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
    RetentionLimits limits { table.take("quiet_days"), static_cast<int>(table.take("records_of_a_decision")) };
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

std::vector<OverGroup> groups_over(storage::Reader& reader, std::vector<RegisterRef> const& registers, OverQuestion const& asked)
{
    if (registers.empty())
        return {};
    SqlText sql { "WITH years (year, from_at, to_at) AS (VALUES " };
    for (int year = oldest_year; year <= asked.today.year(); ++year)
        sql.add(year == oldest_year ? "(CAST(" : ", (CAST(").bind(std::int64_t { year }).add(" AS BIGINT), CAST(")
            .bind(storage::to_value(time::start_of_day(time::Date::of(year, 1, 1), asked.unit.zone))).add(" AS BIGINT), CAST(")
            .bind(storage::to_value(time::start_of_day(time::Date::of(year + 1, 1, 1), asked.unit.zone))).add(" AS BIGINT))");
    sql.add(") ");
    for (std::size_t at = 0; at < registers.size(); ++at) {
        sql.add(at ? " UNION ALL SELECT " : "SELECT ").add(std::to_string(at)).add(", y.year, count(*) FROM ");
        add_over(sql, *registers[at], asked);
        sql.add(" e JOIN years y ON e.ended_at >= y.from_at AND e.ended_at < y.to_at GROUP BY y.year");
    }
    sql.add(" ORDER BY 1, 2");
    std::vector<OverGroup> groups;
    for (auto const& row : reader.query_values(Query { "record.groups_over", sql.text() }, sql.values()))
        groups.push_back({ registers[static_cast<std::size_t>(row.integer(0))], static_cast<int>(row.integer(1)), row.integer(2) });
    return groups;
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
    std::vector<OverRecord> records;
    for (auto const& row : reader.query_values(Query { "record.records_over", sql.text() }, sql.values()))
        records.push_back({ row.id<SubjectTag>(0), row.text(1), row.text(2), row.instant(3) });
    return records;
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
