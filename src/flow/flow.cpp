#include "flow/flow.hpp"
#include "subject/subject.hpp"
#include <algorithm>

namespace kpuhub::flow {

using storage::Query;

constexpr Query insert_step { "flow.insert_step", R"sql(
    INSERT INTO flow_step (subject_id, step, from_state, to_state, person_id, on_behalf_id, reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) )sql" };
constexpr Query select_steps { "flow.steps", R"sql(
    SELECT step, from_state, to_state, person_id, at, reason FROM flow_step WHERE subject_id = $1 ORDER BY id )sql" };

Verdict judge(definition::Step const& step, std::string_view state, Actor const& actor)
{
    if (step.retired || std::ranges::find(step.from, state) == step.from.end())
        return Verdict::OtherState;
    bool const maker = actor.person && actor.person == actor.creator;
    bool his = maker && std::ranges::find(step.by, definition::creator) != step.by.end();
    if (!his && !actor.may(step.id))
        return Verdict::NotHis;
    for (auto const& other : step.not_by) {
        bool own = other == definition::creator ? maker : actor.person && actor.did(other).contains(actor.person);
        if (own)
            return Verdict::OwnWork;
    }
    auto const passed = [&](std::string const& clock) { return actor.passed && actor.passed(clock); };
    if (std::ranges::any_of(step.before, passed))
        return Verdict::TooLate;
    if (!step.after.empty() && std::ranges::none_of(step.after, passed))
        return Verdict::TooEarly;
    return Verdict::Open;
}

std::vector<definition::Step const*> steps_from(definition::Register const& made, std::string_view state)
{
    std::vector<definition::Step const*> found;
    for (auto const& step : made.steps)
        if (!step.retired && std::ranges::find(step.from, state) != step.from.end())
            found.push_back(&step);
    return found;
}

void record_step(storage::Transaction& transaction, journal::Act const& act, SubjectId id, DoneStep const& done)
{
    transaction.execute(insert_step, id, done.step, done.from, done.to, act.actor, act.on_behalf, done.reason, act.at);
    if (!done.from.empty() && done.from != done.to)
        subject::set_state(transaction, id, done.to);
}

std::vector<DoneStep> steps_of(storage::Reader& reader, SubjectId id)
{
    std::vector<DoneStep> steps;
    for (auto const& row : reader.query(select_steps, id))
        steps.push_back({ row.text(0), row.text(1), row.text(2), row.id<PersonTag>(3), row.instant(4), row.text(5) });
    return steps;
}

}
