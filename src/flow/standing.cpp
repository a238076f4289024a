#include "flow/standing.hpp"

namespace kpuhub::flow {

using storage::Query;

namespace {

/// "($1, $2, $3)" for so many subjects.
std::string list_of(std::vector<SubjectId> const& subjects, std::vector<storage::Value>& values)
{
    std::string text;
    for (auto subject : subjects) {
        values.push_back(storage::to_value(subject));
        text += (text.empty() ? "($" : ", $") + std::to_string(values.size());
    }
    return text + ")";
}

}

std::vector<ClockStanding> clock_standings(storage::Reader& reader, std::vector<SubjectId> const& subjects)
{
    std::vector<ClockStanding> found;
    std::vector<storage::Value> values;
    if (subjects.empty())
        return found;
    auto const sql = "SELECT subject_id, name, state, passed FROM clock WHERE subject_id IN " + list_of(subjects, values);
    for (auto const& row : reader.query_values(Query { "flow.clock_standings", sql }, values))
        found.push_back({ row.id<SubjectTag>(0), row.text(1), row.text(2) != "stopped", row.yes(3) });
    return found;
}

std::vector<ReachedState> reached_states(storage::Reader& reader, std::vector<SubjectId> const& subjects)
{
    std::vector<ReachedState> found;
    std::vector<storage::Value> values;
    if (subjects.empty())
        return found;
    auto const sql = "SELECT subject_id, to_state, min(at) FROM flow_step WHERE subject_id IN " + list_of(subjects, values) + " GROUP BY subject_id, to_state";
    for (auto const& row : reader.query_values(Query { "flow.reached_states", sql }, values))
        found.push_back({ row.id<SubjectTag>(0), row.text(1), row.instant(2) });
    return found;
}

constexpr storage::Query own { "flow.own_limits", R"sql(
    SELECT count(CASE WHEN c.due_at < $2 THEN 1 END), count(CASE WHEN c.due_at >= $2 THEN 1 END) FROM clock c
     WHERE c.officer_id = $1 AND c.state <> 'stopped' AND c.owed_by = 'office' AND c.due_at <= $3 )sql" };

OwnLimits own_limits(storage::Reader& reader, PersonId officer, time::Instant now, time::Instant until)
{
    auto const row = reader.first(own, officer, now, until);
    return { row->integer(0), row->integer(1) };
}

}
