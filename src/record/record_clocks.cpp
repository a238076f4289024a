#include "record/record_clocks.hpp"
#include "flow/flow.hpp"
#include "record/place.hpp"
#include "record/record_sql.hpp"
#include "record/record_store.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::RegisterClock;
using storage::Query;
using time::Instant;

namespace {

// Who may do one of the next steps in the office ($1): whoever did the last step of the record ($3) before others.
constexpr std::string_view who_is_next = R"sql(
    SELECT h.person FROM role_permission mr JOIN (SELECT g.role AS role, COALESCE(g.person_id, a.person_id) AS person FROM role_grant g
             LEFT JOIN appointment a ON a.post_id = g.post_id AND a.valid_from <= $2 AND a.valid_to >= $2
            WHERE g.unit_id = $1 AND g.valid_from <= $2 AND g.valid_to >= $2) h ON h.role = mr.role
     WHERE h.person IS NOT NULL AND mr.permission IN ()sql";
constexpr std::string_view last_before_others = R"sql()
     ORDER BY CASE WHEN h.person = (SELECT f.person_id FROM flow_step f WHERE f.subject_id = $3 AND f.person_id IS NOT NULL ORDER BY f.id DESC LIMIT 1)
              THEN 0 ELSE 1 END, h.person LIMIT 1)sql";
constexpr Query register_of { "record.register_of_subject", "SELECT substr(kind, 3), definition_version FROM subject WHERE id = $1" };

bool lists(std::vector<std::string> const& list, std::string_view name) { return std::ranges::find(list, name) != list.end(); }

/// One record whose limits follow what was done with it.
class Following {
public:
    Following(RecordClocks& keeper, storage::Transaction& transaction, journal::Act const& act, RecordChange const& change)
        : m_keeper(keeper), m_clocks(keeper.clocks()), m_transaction(transaction), m_act(act), m_change(change), m_made(change.made), m_record(*change.after),
          m_there(change.before ? flow::clocks_of(transaction, change.after->id) : std::vector<flow::Clock> {})
    {
    }

    Result<void> all(journal::Entry event)
    {
        std::vector<journal::Entry> events;
        events.push_back(std::move(event));
        if (!m_there.empty())               // limits that stop or stand still write events of their own
            journal::write_all(m_transaction, m_act, std::exchange(events, {}));
        for (auto const& clock : m_made.clocks)
            TRY_VOID(one(clock));
        if (m_begun.empty()) {
            journal::write_all(m_transaction, m_act, events);
            return {};
        }
        TRY_VOID(m_clocks.start_all(m_transaction, m_act, m_begun, std::move(events)));
        for (auto const& clock : m_made.clocks)
            if (std::ranges::any_of(m_begun, [&](auto const& each) { return each.begin.name == clock.id && !each.begin.stopped; }))
                TRY_VOID(stand_still(clock, false));
        return {};
    }

private:
    bool was_in(std::vector<std::string> const& states) const { return m_change.before && lists(states, m_change.before->state); }
    bool is_in(std::vector<std::string> const& states) const { return lists(states, m_record.state); }

    flow::Clock const* running(std::string_view name) const
    {
        auto found = std::ranges::find(m_there, name, &flow::Clock::name);
        return found == m_there.end() ? nullptr : &*found;
    }

    flow::UnitTimes const& times()
    {
        auto& shelf = m_clocks.shelf();
        bool const known = m_change.place && !m_change.place->calendar.empty();
        if (!m_times)
            m_times = known ? shelf.of(m_transaction, m_record.unit, m_act.today, m_change.place->calendar) : shelf.of(m_transaction, m_record.unit, m_act.today);
        return *m_times;
    }
    time::Zone zone() { return times().zone; }

    /// The moment of a trigger that is there; states and steps only in the write that enters or does them.
    std::optional<Instant> moment_of(std::string const& start)
    {
        if (start == "created")
            return m_change.before ? std::nullopt : std::optional { m_act.at };
        if (start.starts_with("state:")) {
            bool entered = m_record.state == start.substr(6) && (!m_change.before || m_change.before->state != m_record.state);
            return entered ? std::optional { m_act.at } : std::nullopt;
        }
        if (start.starts_with("step:"))
            return m_change.step == start.substr(5) ? std::optional { m_act.at } : std::nullopt;
        return moment_in(start);
    }

    std::optional<Instant> moment_in(std::string const& field)
    {
        auto const& value = m_record.content.value(field);
        if (auto const* instant = std::get_if<std::int64_t>(&value))
            return Instant { *instant };
        auto const* text = std::get_if<std::string>(&value);
        auto const date = text ? time::Date::from_iso(*text) : std::nullopt;
        return date ? std::optional { time::start_of_day(*date, zone()) } : std::nullopt;
    }

    bool is_field(std::string const& start) const { return m_made.field(start) != nullptr; }

    std::optional<Instant> trigger(RegisterClock const& clock, bool fields_only)
    {
        for (auto const& start : clock.starts)
            if (!fields_only || is_field(start))
                if (auto moment = moment_of(start))
                    return moment;
        return std::nullopt;
    }

    /// The day on which the case arrived: it keeps the rule sets of that day.
    time::Date day_of_receipt()
    {
        auto const received = m_made.received.empty() ? std::nullopt : moment_in(m_made.received);
        return time::date_at(received.value_or(m_change.before ? m_record.created_at : m_act.at), zone());
    }

    /// The rule in force on the day of receipt; nothing when the choice has no limit or no set holds for that day.
    Result<std::optional<flow::PublishedRule>> rule_for(RegisterClock const& clock)
    {
        if (clock.own)
            return own_rule(clock);
        auto const* chosen = clock.rule_by.empty() ? nullptr : std::get_if<std::string>(&m_record.content.value(clock.rule_by));
        auto const found = clock.rules.find(chosen ? *chosen : std::string {});
        if (found == clock.rules.end())
            return std::optional<flow::PublishedRule> {};
        return m_keeper.shared_rule(m_transaction, found->second, day_of_receipt());
    }

    /// Published with the first record that needs it.
    Result<std::optional<flow::PublishedRule>> own_rule(RegisterClock const& clock)
    {
        auto const rule = definition::own_rule(m_made, clock);
        if (!own_published(rule)) {
            flow::publish_rules(m_transaction, { rule });
            m_own.reset();
        }
        if (auto const* found = own_published(rule))
            return std::optional { *found };
        return not_found("clock.no_rule");
    }

    /// Those of a register are one family, read at once.
    flow::PublishedRule const* own_published(definition::ClockRule const& rule)
    {
        if (!m_own)
            m_own = flow::rules_of_family(m_transaction, rule.family);
        auto const day = day_of_receipt();
        auto const found = std::ranges::find_if(*m_own, [&](auto const& each) { return each.text.name == rule.name && each.text.from <= day && day <= each.text.to; });
        return found == m_own->end() ? nullptr : &*found;
    }

    Result<void> one(RegisterClock const& clock)
    {
        auto const* there = running(clock.id);
        if (!there)
            return begin(clock);
        if (TRY(correct(clock, *there)))
            return {};
        if (there->state == "stopped") {
            if (is_in(clock.stops_on))
                return {};
            if (trigger(clock, false) && !trigger(clock, true))
                return m_clocks.reopen(m_transaction, m_act, m_record.id, clock.id, flow::Reopening::Restart);
            if (is_in(clock.reopens_in))
                return m_clocks.reopen(m_transaction, m_act, m_record.id, clock.id, flow::Reopening::Continue);
            return {};
        }
        if (is_in(clock.stops_on))
            return m_clocks.stop(m_transaction, m_act, m_record.id, clock.id);
        TRY_VOID(stand_still(clock, there->state == "paused"));
        return hand_over(clock, *there);
    }

    Result<void> begin(RegisterClock const& clock)
    {
        auto at = trigger(clock, false);
        auto const* earlier = clock.continues.empty() ? nullptr : running(clock.continues);
        if (!at || (!clock.continues.empty() && !earlier))
            return {};
        std::vector<time::Pause> pauses;
        if (earlier) {
            at = earlier->started_at;
            pauses = earlier->pauses;
            if (!pauses.empty() && !pauses.back().to)
                pauses.back().to = m_act.at;
        }
        auto rule = TRY(rule_for(clock));
        if (!rule)
            return {};
        bool const own_reader = lists(m_made.access.read, definition::creator);
        flow::ClockStart start { m_record.id, clock.id, m_record.unit, rule->text.family, rule->text.name, *at,
            clock.owed_by == definition::Owes::Office ? officer() : PersonId {}, permission_name(m_made.id, "read"),
            "/records/" + std::to_string(m_record.id.value), own_reader ? m_record.created_by : PersonId {},
            std::string { to_text(clock.owed_by) }, std::move(pauses), std::move(rule), is_in(clock.stops_on), times() };
        auto counted = m_clocks.prepare(m_transaction, m_act, start);
        if (!counted && counted.error().kind == FaultKind::Invalid)
            return {};                      // an office without hours has no due moment; the record is made all the same
        auto made = TRY(std::move(counted));
        m_begun.push_back({ std::move(start), std::move(made) });
        return {};
    }

    /// The day or the choice of the rule was corrected: the limit counts from there, by the set of the day of receipt.
    /// True when no limit holds any more and the clock was stopped.
    Result<bool> correct(RegisterClock const& clock, flow::Clock const& there)
    {
        auto const by_field = trigger(clock, true);
        auto const differs = [&](std::string const& field) {
            return !field.empty() && m_change.before && m_change.before->content.value(field) != m_record.content.value(field);
        };
        bool const other_choice = differs(clock.rule_by) || differs(m_made.received);
        bool const other_day = by_field && clock.continues.empty() && *by_field != there.started_at;
        if (!other_day && !(other_choice && there.state != "stopped"))
            return false;
        auto const at = other_day ? *by_field : there.started_at;
        auto const rule = TRY(rule_for(clock));
        if (rule) {
            TRY_VOID(m_clocks.rebase(m_transaction, m_act, m_record.id, clock.id, at, *rule));
            return false;
        }
        if (there.state != "stopped")
            TRY_VOID(m_clocks.stop(m_transaction, m_act, m_record.id, clock.id));
        return true;
    }

    Result<void> stand_still(RegisterClock const& clock, bool paused)
    {
        if (is_in(clock.pauses_in) && !paused)
            return m_clocks.pause(m_transaction, m_act, m_record.id, clock.id, m_made.state(m_record.state)->label.id);
        if (!is_in(clock.pauses_in) && paused)
            return m_clocks.resume(m_transaction, m_act, m_record.id, clock.id);
        return {};
    }

    Result<void> hand_over(RegisterClock const& clock, flow::Clock const& there)
    {
        bool const same_state = m_change.before && m_change.before->state == m_record.state;
        if (same_state || clock.owed_by != definition::Owes::Office || officer() == there.officer)
            return {};
        return m_clocks.assign(m_transaction, m_act, m_record.id, clock.id, officer());
    }

    /// Whoever does the next step: the maker where it is his, otherwise one who holds a role for it.
    PersonId officer()
    {
        if (!m_officer)
            m_officer = find_officer();
        return *m_officer;
    }

    PersonId find_officer()
    {
        SqlText sql { std::string { who_is_next }, { storage::to_value(m_record.unit), storage::to_value(m_act.today), storage::to_value(m_record.id) } };
        bool any = false;
        for (auto const* step : flow::steps_from(m_made, m_record.state)) {
            if (lists(step->by, definition::creator) && m_record.created_by)
                return m_record.created_by;
            sql.add(any ? ", " : "").bind(permission_name(m_made.id, "step", step->id));
            any = true;
        }
        if (!any)
            return {};
        auto const text = sql.text() + std::string { last_before_others };
        auto const rows = m_transaction.query_values(Query { "record.who_is_next", text }, sql.values());
        return rows.empty() ? PersonId {} : rows.front().id<PersonTag>(0);
    }

    RecordClocks& m_keeper;
    flow::Clocks& m_clocks;
    storage::Transaction& m_transaction;
    journal::Act const& m_act;
    RecordChange const& m_change;
    definition::Register const& m_made;
    Record const& m_record;
    std::vector<flow::Clock> m_there;
    std::optional<flow::UnitTimes> m_times;
    std::optional<PersonId> m_officer;
    std::optional<std::vector<flow::PublishedRule>> m_own;
    std::vector<flow::Clocks::Prepared> m_begun;        ///< written together, when all are known
};

}

Result<void> RecordClocks::follow(storage::Transaction& transaction, journal::Act const& act, RecordChange const& change, journal::Entry event)
{
    if (!change.made.clocks.empty() && change.after)
        return Following { *this, transaction, act, change }.all(std::move(event));
    journal::write(transaction, act, event);
    return {};
}

std::optional<flow::PublishedRule> RecordClocks::shared_rule(storage::Reader& reader, definition::RuleName const& name, time::Date day)
{
    std::lock_guard lock { m_mutex };
    if (m_rules.empty())
        m_rules = flow::shared_rules(reader);
    auto const sets = m_rules.find(name.family + "." + name.rule);
    if (sets == m_rules.end())
        return std::nullopt;
    auto const holds = [&](auto const& rule) { return rule.text.from <= day && day <= rule.text.to; };
    auto const found = std::ranges::find_if(sets->second, holds);
    return found == sets->second.end() ? std::nullopt : std::optional { *found };
}

flow::PassedListener passed_listener(definition::Shelf& shelf, Listeners const& listeners)
{
    return [&shelf, &listeners](storage::Transaction& transaction, flow::Clock const& clock) -> Result<void> {
        auto const row = transaction.first(register_of, clock.subject);
        if (!row || listeners.empty())
            return {};
        auto const made = TRY(shelf.find(transaction, row->text(0), static_cast<int>(row->integer(1))));
        auto const record = record_for_program(transaction, *made, clock.subject);
        if (!record)
            return {};
        RecordChange change { *made, &*record, &*record, {} };
        change.clocks_after = flow::clocks_of(transaction, clock.subject);
        for (auto& each : change.clocks_after)
            if (each.id == clock.id)
                each.passed = clock.passed;
        change.clocks_before = change.clocks_after;
        for (auto& each : change.clocks_before)
            if (each.id == clock.id)
                each.passed = !clock.passed;
        auto const act = journal::Act { .at = clock.due_at.value_or(clock.started_at), .today = time::date_at(clock.due_at.value_or(clock.started_at), time::Zone::Wib) };
        for (auto* listener : listeners)
            TRY_VOID(listener->changed(transaction, act, change));
        return {};
    };
}

}
