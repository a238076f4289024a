#include "record/public_counts.hpp"
#include "record/record_sql.hpp"
#include <algorithm>
#include <set>

namespace kpuhub::record {

using storage::Query;

namespace {

std::vector<storage::Value> values_of(CountedYear const& about)
{
    return { storage::to_value(about.unit), about.made.table(), storage::to_value(time::start_of_day(about.today, about.zone)),
        storage::to_value(time::start_of_day(time::Date::of(about.year, 1, 1), about.zone)), storage::to_value(time::start_of_day(time::Date::of(about.year + 1, 1, 1), about.zone)) };
}

void add_list(SqlText& sql, std::vector<std::string> const& names)
{
    for (std::size_t at = 0; at < names.size(); ++at)
        sql.add(at ? ", " : "").bind(names[at]);
}

/// Working days after the day on which the record counts as received, up to the day of the answer.
std::int64_t working_days(time::Instant from, time::Instant to, flow::UnitTimes const& times)
{
    constexpr time::DeadlineRule one_day { .measure = time::Measure::WorkingDays, .amount = 1, .receipt = time::LateReceipt::NextOpening };
    auto const counted = time::compute(one_day, from, {}, times.office());
    auto day = time::date_at(counted ? counted->began : from, times.zone);
    auto const last = time::date_at(to, times.zone);
    std::int64_t days = 0;
    while (day < last) {
        day = day.plus(std::chrono::days { 1 });
        days += times.calendar->is_working_day(day) ? 1 : 0;
    }
    return days;
}

}

std::map<std::string, std::map<std::string, std::int64_t>> counts_by(storage::Reader& reader, CountedYear const& about)
{
    auto const& made = about.made;
    auto text = "WITH counted AS (SELECT t.subject_id, (SELECT f.to_state FROM flow_step f WHERE f.subject_id = s.id AND f.at < $3 ORDER BY f.id DESC LIMIT 1) AS state"
        " FROM subject s JOIN " + made.table() + " t ON t.subject_id = s.id WHERE s.unit_id = $1 AND s.kind = $2 AND s.created_at >= $4 AND s.created_at < $5),"
        " c AS (SELECT subject_id, state FROM counted WHERE state IS NOT NULL AND state NOT IN ('draft', 'discarded'))"
        " SELECT '', state, count(*) FROM c GROUP BY state";
    for (auto const& field : made.counts.by)        // identifiers that load_register has checked
        text += " UNION ALL SELECT '" + field + "', t.f_" + field + ", count(*) FROM c JOIN " + made.table() + " t ON t.subject_id = c.subject_id GROUP BY t.f_" + field;
    std::map<std::string, std::map<std::string, std::int64_t>> counts;
    for (auto const& row : reader.query_values(Query { "record.public_counts", text }, values_of(about)))
        counts[row.text(0)][row.text_or_empty(1)] = row.integer(2);
    return counts;
}

std::map<std::string, std::int64_t> came_through(storage::Reader& reader, CountedYear const& about, std::vector<std::string> const& states)
{
    SqlText sql { "SELECT f.to_state, count(DISTINCT f.subject_id) FROM subject s JOIN flow_step f ON f.subject_id = s.id AND f.at < $3"
                  " WHERE s.unit_id = $1 AND s.kind = $2 AND s.created_at >= $4 AND s.created_at < $5 AND f.to_state IN (", values_of(about) };
    add_list(sql, states);
    sql.add(") GROUP BY f.to_state");
    std::map<std::string, std::int64_t> counts;
    for (auto const& row : reader.query_values(Query { "record.public_came_through", sql.text() }, sql.values()))
        counts[row.text(0)] = row.integer(1);
    return counts;
}

std::int64_t Durations::twice_median() const
{
    auto const half = days.size() / 2;
    return days.empty() ? 0 : days.size() % 2 == 1 ? 2 * days[half] : days[half - 1] + days[half];
}

Durations durations_of(storage::Reader& reader, CountedYear const& about, flow::UnitTimes const& times)
{
    SqlText sql { "SELECT min(c.started_at), max(CASE WHEN c.passed = 1 AND (c.due_at IS NULL OR c.due_at < $3) THEN 1 ELSE 0 END), (SELECT min(f.at) FROM flow_step f WHERE f.subject_id = s.id AND f.at < $3 AND f.to_state IN (", values_of(about) };
    add_list(sql, about.made.counts.answered_in);
    sql.add(")) FROM subject s JOIN clock c ON c.subject_id = s.id AND c.name IN (");
    add_list(sql, about.made.counts.timed_by);
    sql.add(") WHERE s.unit_id = $1 AND s.kind = $2 AND s.created_at >= $4 AND s.created_at < $5 GROUP BY s.id LIMIT 20000");
    Durations found;
    for (auto const& row : reader.query_values(Query { "record.public_durations", sql.text() }, sql.values())) {
        if (row.is_null(2))
            continue;
        found.days.push_back(working_days(row.instant(0), row.instant(2), times));
        found.sum += found.days.back();
        found.in_time += row.yes(1) ? 0 : 1;
    }
    std::ranges::sort(found.days);
    return found;
}

}
