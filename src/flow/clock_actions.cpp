#include "flow/clock_store.hpp"
#include "journal/journal.hpp"
#include "storage/value_rows.hpp"
#include <algorithm>
#include <map>
#include <span>

namespace kpuhub::flow {

using storage::Query;
using time::Instant;

constexpr Query save_state { "flow.save_clock", R"sql(
    UPDATE clock SET state = $3, started_at = $4, due_at = $5, passed = $6, stopped_at = $7, round = $8, next_step = $9, next_change_at = $10,
           officer_id = $11, calendar = $12, rule_id = $13, version = version + 1
     WHERE id = $1 AND version = $2 )sql" };
constexpr Query insert_pause { "flow.pause_clock", R"sql(
    INSERT INTO clock_pause (clock_id, round, number, from_at, to_at, reason)
    VALUES ($1, $2, (SELECT count(*) FROM clock_pause p WHERE p.clock_id = $1 AND p.round = $2), $3, $4, $5) )sql" };
constexpr Query end_pause { "flow.resume_clock", "UPDATE clock_pause SET to_at = $3 WHERE clock_id = $1 AND round = $2 AND to_at IS NULL" };

/// Sets next_step and next_change_at to the first warning that has not come yet.
static Result<void> find_next_step(Clock& clock, UnitTimes const& times)
{
    auto const& steps = clock.rule.text.warnings;
    clock.next_change_at.reset();
    auto const wanted = static_cast<std::size_t>(clock.next_step);
    if (wanted < steps.size()) {
        clock.next_change_at = TRY(time::moment_at_share(clock.rule.text.rule, steps[wanted].percent, clock.started_at, clock.pauses, times.office()));
    } else if (!clock.passed) {
        clock.next_change_at = clock.due_at;        // the passing itself, when no warning stands at 100 %
    }
    return {};
}

Result<void> count_clock(Clock& clock, UnitTimes const& times, Instant now)
{
    clock.calendar = times.revision;
    auto const deadline = time::compute(clock.rule.text.rule, clock.started_at, clock.pauses, times.office());
    if (!deadline && deadline.error().message_key == "deadline.too_far") {      // the calendar gives no such day: no limit until it does
        clock.due_at.reset();
        clock.next_change_at.reset();
        return {};
    }
    if (!deadline)
        return fail(deadline.error());
    clock.due_at = deadline->due;
    auto const was_passed = clock.passed;
    clock.passed = clock.passed && clock.due_at && *clock.due_at <= now;
    if (was_passed && !clock.passed)
        clock.next_step = 0;                        // warnings of this due moment go out, each once (their key)
    return find_next_step(clock, times);
}

Result<void> Clocks::count(storage::Reader& reader, Clock& clock, time::Date today, Instant now)
{
    return count_clock(clock, m_shelf.of(reader, clock.unit, today), now);
}

Result<Clock> Clocks::prepare(storage::Reader& reader, journal::Act const& act, ClockStart const& begin)
{
    auto const times = begin.times ? *begin.times : m_shelf.of(reader, begin.unit, act.today);
    Clock clock;
    clock.rule = begin.found ? *begin.found : TRY(rule_in_force(reader, begin.family, begin.rule, time::date_at(begin.at, times.zone)));
    clock.started_at = begin.at;
    clock.pauses = begin.pauses;
    TRY_VOID(count_clock(clock, times, act.at));
    clock.state = begin.stopped ? "stopped" : "running";
    if (begin.stopped) {
        clock.stopped_at = act.at;
        clock.passed = clock.due_at && *clock.due_at < act.at;
        clock.next_change_at.reset();
    }
    return clock;
}

/// The rows of so many clocks. The texts are of a small fixed set, one for each number of rows.
static storage::Rows insert_clocks(storage::Transaction& transaction, std::span<Clocks::Prepared const> made)
{
    constexpr std::size_t columns = 17;
    std::vector<storage::Value> values;
    auto const sql = "INSERT INTO clock (subject_id, name, unit_id, rule_id, started_at, due_at, next_step, next_change_at, officer_id, read_permission, link, calendar,"
                      " reader_id, owed_by, state, stopped_at, passed) VALUES " + storage::value_rows(made.size(), columns)
        + " ON CONFLICT (subject_id, name) DO NOTHING RETURNING id, name";
    for (auto const& [begin, clock] : made)
        for (auto value : { storage::to_value(begin.subject), storage::to_value(begin.name), storage::to_value(begin.unit), storage::to_value(clock.rule.id),
                 storage::to_value(begin.at), storage::to_value(clock.due_at), storage::to_value(clock.next_step), storage::to_value(clock.next_change_at),
                 storage::to_value(begin.officer), storage::to_value(begin.read_permission), storage::to_value(begin.link), storage::to_value(clock.calendar),
                 storage::to_value(begin.reader), storage::to_value(begin.owed_by), storage::to_value(clock.state), storage::to_value(clock.stopped_at),
                 storage::to_value(clock.passed) })
            values.push_back(std::move(value));
    return transaction.query_values(Query { "flow.start_clocks", sql }, values);
}

Result<std::vector<ClockId>> Clocks::start_all(storage::Transaction& transaction, journal::Act const& act, std::vector<Prepared> const& made,
    std::vector<journal::Entry> earlier)
{
    constexpr std::size_t at_once = 8;
    std::map<std::string, ClockId> by_name;
    for (std::size_t first = 0; first < made.size(); first += at_once)
        for (auto const& row : insert_clocks(transaction, std::span { made }.subspan(first, std::min(at_once, made.size() - first))))
            by_name[row.text(1)] = row.id<ClockTag>(0);
    if (by_name.size() != made.size())
        return conflict("clock.there");
    std::vector<ClockId> ids;
    auto events = std::move(earlier);
    for (auto const& [begin, clock] : made) {
        ids.push_back(by_name.at(begin.name));
        for (auto const& pause : begin.pauses)
            transaction.execute(insert_pause, ids.back(), 1, pause.from, pause.to, "");
        events.push_back({ "clock.started", begin.subject, begin.unit, { { "clock", begin.name },
            { "rule", clock.rule.text.set + " " + clock.rule.text.name }, { "due", clock.due_at ? clock.due_at->iso() : "" } } });
    }
    journal::write_all(transaction, act, events);
    return ids;
}

Result<ClockId> Clocks::start(storage::Transaction& transaction, journal::Act const& act, ClockStart const& begin)
{
    auto clock = TRY(prepare(transaction, act, begin));
    std::vector<Prepared> made;
    made.push_back({ begin, std::move(clock) });
    return TRY(start_all(transaction, act, made)).front();
}

Result<Clock> Clocks::clock_of(storage::Transaction& transaction, SubjectId subject, std::string_view name, std::initializer_list<std::string_view> states)
{
    auto clocks = clocks_of(transaction, subject);
    auto const found = std::ranges::find(clocks, name, &Clock::name);
    if (found == clocks.end())
        return not_found("clock.none");
    if (std::ranges::find(states, found->state) == states.end())
        return conflict("clock.state");
    return std::move(*found);
}

Result<void> Clocks::keep(storage::Transaction& transaction, journal::Act const& act, Clock& clock, std::string_view event, std::string reason)
{
    if (clock.open()) {
        auto fresh = clock_by_id(transaction, clock.id);
        clock.pauses = fresh->round == clock.round ? fresh->pauses : std::vector<time::Pause> {};
        TRY_VOID(count(transaction, clock, act.today, act.at));
    } else {
        clock.next_change_at.reset();
    }
    if (transaction.execute(save_state, clock.id, clock.version, clock.state, clock.started_at, clock.due_at, clock.passed, clock.stopped_at, clock.round, clock.next_step,
            clock.next_change_at, clock.officer, clock.calendar, clock.rule.id) != 1)
        return conflict("subject.changed");
    std::vector<journal::Field> fields { { "clock", clock.name }, { "due", clock.due_at ? clock.due_at->iso() : "" } };
    if (!reason.empty())
        fields.push_back({ "reason", std::move(reason) });
    journal::write(transaction, act, { std::string { event }, clock.subject, clock.unit, std::move(fields) });
    return {};
}

Result<void> Clocks::pause(storage::Transaction& transaction, journal::Act const& act, SubjectId subject, std::string_view name, std::string reason)
{
    auto clock = TRY(clock_of(transaction, subject, name, { "running" }));
    clock.state = "paused";
    transaction.execute(insert_pause, clock.id, clock.round, std::max(act.at, clock.started_at), std::nullopt, reason);
    return keep(transaction, act, clock, "clock.paused", std::move(reason));
}

Result<void> Clocks::resume(storage::Transaction& transaction, journal::Act const& act, SubjectId subject, std::string_view name)
{
    auto clock = TRY(clock_of(transaction, subject, name, { "paused" }));
    clock.state = "running";
    transaction.execute(end_pause, clock.id, clock.round, act.at);
    return keep(transaction, act, clock, "clock.resumed");
}

Result<void> Clocks::stop(storage::Transaction& transaction, journal::Act const& act, SubjectId subject, std::string_view name)
{
    auto clock = TRY(clock_of(transaction, subject, name, { "running", "paused" }));
    if (clock.due_at && *clock.due_at < act.at)
        clock.passed = true;                        // the scheduler may not have come by yet
    clock.state = "stopped";
    clock.stopped_at = act.at;
    return keep(transaction, act, clock, "clock.stopped");
}

Result<void> Clocks::reopen(storage::Transaction& transaction, journal::Act const& act, SubjectId subject, std::string_view name, Reopening how)
{
    auto clock = TRY(clock_of(transaction, subject, name, { "stopped" }));
    if (how == Reopening::Restart) {
        ++clock.round;
        clock.started_at = act.at;
        clock.next_step = 0;
        clock.passed = false;
    } else if (!clock.pauses.empty() && !clock.pauses.back().to) {
        transaction.execute(end_pause, clock.id, clock.round, act.at);
    } else {
        transaction.execute(insert_pause, clock.id, clock.round, *clock.stopped_at, act.at, "");
    }
    clock.state = "running";
    clock.stopped_at.reset();
    return keep(transaction, act, clock, how == Reopening::Restart ? "clock.restarted" : "clock.reopened");
}

Result<void> Clocks::rebase(storage::Transaction& transaction, journal::Act const& act, SubjectId subject, std::string_view name, Instant at, PublishedRule const& rule)
{
    auto clock = TRY(clock_of(transaction, subject, name, { "running", "paused", "stopped" }));
    clock.started_at = at;
    clock.rule = rule;
    clock.next_step = 0;
    TRY_VOID(count(transaction, clock, act.today, act.at));
    clock.passed = clock.due_at && *clock.due_at < clock.stopped_at.value_or(act.at);
    return keep(transaction, act, clock, "clock.rebased");
}

Result<void> Clocks::assign(storage::Transaction& transaction, journal::Act const& act, SubjectId subject, std::string_view name, PersonId officer)
{
    auto clock = TRY(clock_of(transaction, subject, name, { "running", "paused" }));
    clock.officer = officer;
    return keep(transaction, act, clock, "clock.assigned");
}

}
