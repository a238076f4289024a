#include "flow/clock_advance.hpp"
#include "flow/clock_store.hpp"
#include "flow/warning.hpp"
#include "journal/journal.hpp"
#include <set>
#include <spdlog/spdlog.h>

namespace kpuhub::flow {

using storage::Query;
using time::Instant;

// The subjects first, as every action on them does: a step of a room and the passing of its limit wait for each other.
constexpr Query hold_subjects { "flow.hold_subjects", R"sql(
    UPDATE subject SET version = version WHERE id IN (SELECT c.subject_id FROM clock c
        WHERE c.next_change_at <= $1 ORDER BY c.next_change_at, c.id LIMIT $2) RETURNING id )sql" };
constexpr Query to_change { "flow.clocks_to_change", "SELECT " KPUHUB_CLOCK_COLUMNS
    " FROM (SELECT w.id FROM clock w WHERE w.next_change_at <= $1 ORDER BY w.next_change_at, w.id LIMIT $2) due"
    " JOIN clock c ON c.id = due.id JOIN clock_rule r ON r.id = c.rule_id JOIN subject s ON s.id = c.subject_id ORDER BY c.next_change_at, c.id" };
constexpr Query pauses_to_change { "flow.pauses_to_change", R"sql(
    SELECT p.clock_id, p.from_at, p.to_at, p.reason
      FROM (SELECT w.id, w.round FROM clock w WHERE w.next_change_at <= $1 ORDER BY w.next_change_at, w.id LIMIT $2) due
      JOIN clock_pause p ON p.clock_id = due.id AND p.round = due.round ORDER BY p.clock_id, p.number )sql" };

namespace {

/// What one pass works with.
struct Pass {
    storage::Transaction& transaction;
    Clocks& clocks;
    text::Messages const& messages;
    PassedListeners const& listeners;
    std::string const& public_url;
    Instant now;
};

Result<void> tell(Pass const& pass, Clock const& clock)
{
    for (auto const& [kind, listener] : pass.listeners) {
        bool const whole_family = kind.ends_with('*') && clock.subject_kind.starts_with(std::string_view { kind }.substr(0, kind.size() - 1));
        if (kind == clock.subject_kind || whole_family)
            TRY_VOID(listener(pass.transaction, clock));
    }
    return {};
}

void let_pass(Pass const& pass, Clock& clock)
{
    clock.passed = true;
    auto const act = journal::Act { .at = pass.now, .today = time::date_at(pass.now, time::Zone::Wib) };
    journal::write(pass.transaction, act, { "clock.passed", clock.subject, clock.unit, { { "clock", clock.name }, { "due", clock.due_at->iso() } } });
}

/// All warnings of a clock whose moment has come; only the last percentage is told, to everybody it names.
Result<void> take_steps(Pass const& pass, Clock& clock, UnitTimes const& times)
{
    auto const& steps = clock.rule.text.warnings;
    auto const begin = static_cast<std::size_t>(clock.next_step);
    auto end = begin;
    for (; end < steps.size(); ++end) {
        auto const moment = TRY(time::moment_at_share(clock.rule.text.rule, steps[end].percent, clock.started_at, clock.pauses, times.office()));
        clock.next_change_at = moment;
        if (!moment || *moment > pass.now)
            break;
    }
    if (end == steps.size())
        clock.next_change_at.reset();
    if (!clock.passed && clock.due_at && *clock.due_at <= pass.now)
        let_pass(pass, clock);
    else if (end == steps.size() && !clock.passed)
        clock.next_change_at = clock.due_at;
    for (auto step = begin; step < end; ++step)
        if (steps[step].percent == steps[end - 1].percent)
            warn(pass.transaction, pass.messages, clock, steps[step], times.zone, pass.public_url, pass.now);
    clock.next_step = static_cast<std::int64_t>(end);
    return {};
}

/// A limit that cannot be counted waits for another calendar, so that the others go on.
void set_aside(Clock& clock, UnitTimes const& times, Fault const& fault)
{
    spdlog::warn(R"({{"event":"clock.uncounted","clock":{},"fault":"{}"}})", clock.id.value, fault.message_key);
    clock.due_at.reset();
    clock.next_change_at.reset();
    clock.calendar = times.revision;
}

}

Result<int> advance(storage::Transaction& transaction, Clocks& clocks, text::Messages const& messages, PassedListeners const& listeners,
    std::string const& public_url, Instant now, int at_most)
{
    std::set<SubjectId> held;
    for (auto const& row : transaction.query(hold_subjects, now, at_most))
        held.insert(row.id<SubjectTag>(0));
    if (held.empty())
        return 0;
    std::vector<Clock> due;
    for (auto const& row : transaction.query(to_change, now, at_most))
        due.push_back(read_clock(row));
    add_pauses(due, transaction.query(pauses_to_change, now, at_most));
    Pass const pass { transaction, clocks, messages, listeners, public_url, now };
    for (auto& clock : due) {
        if (!held.contains(clock.subject))
            continue;
        auto const today = time::date_at(now, time::Zone::Wib);
        auto const times = clocks.shelf().of(transaction, clock.unit, today);
        auto const was_passed = clock.passed;
        auto counted = clock.calendar == times.revision ? Result<void> {} : count_clock(clock, times, now);
        if (auto stepped = counted ? take_steps(pass, clock, times) : counted; !stepped)
            set_aside(clock, times, stepped.error());
        if (!save_counted(transaction, clock))
            return conflict("subject.changed");     // counted again meanwhile: the next pass sees it
        if (was_passed != clock.passed)
            TRY_VOID(tell(pass, clock));            // after the row was written: listeners count by it
    }
    return static_cast<int>(due.size());
}

}
