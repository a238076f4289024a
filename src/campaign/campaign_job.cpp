#include "campaign/campaign_job.hpp"
#include "campaign/campaign_store.hpp"
#include "organization/duty.hpp"
#include "record/record_owed.hpp"
#include "subject/subject.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace kpuhub::campaign {

using nlohmann::json;

constexpr std::int64_t people_at_once = 25;     // some 10 statements each: the writer is held for a few milliseconds

void enqueue_asking(storage::Transaction& transaction, journal::Act const& act, SubjectId campaign)
{
    job::enqueue(transaction, "campaign.ask", json { { "campaign", campaign.value } }.dump(), campaign, act.actor, act.at);
}

void enqueue_order(storage::Transaction& transaction, journal::Act const& act, UnitId unit, NewCampaign const& wanted)
{
    json payload { { "unit", unit.value }, { "matter", wanted.matter }, { "period", wanted.period }, { "due_on", wanted.due_on.iso() } };
    job::enqueue(transaction, "campaign.order", payload.dump(), {}, act.actor, act.at);
}

/// Who came under the duty during the year files his first one by another rule; never earlier than the others.
static time::Date due_of(storage::Reader& reader, Asking const& asking, Campaign const& campaign, organization::DutyHolder const& holder, time::Date today)
{
    auto const year = time::Date::of(std::stoi(campaign.period), 1, 1);
    if (!campaign.kind->newcomer || holder.since <= year)
        return campaign.due_on;
    return std::max(campaign.due_on, rule_day(reader, asking.calendars, campaign.unit, *campaign.kind->newcomer, holder.since, today).value_or(campaign.due_on));
}

static record::Content content_of(Campaign const& campaign, organization::DutyHolder const& holder, time::Date due_on)
{
    auto const& kind = *campaign.kind;
    record::Content content;
    for (auto const& [field, value] : kind.set)
        content.values[field] = value;
    content.values[kind.person_field] = storage::to_value(holder.person);
    content.values[kind.period_field] = campaign.period;
    if (!kind.due_field.empty())
        content.values[kind.due_field] = storage::to_value(due_on);
    return content;
}

Result<std::int64_t> ask_some(storage::Transaction& transaction, journal::Act const& act, Asking const& asking, SubjectId id, std::int64_t most)
{
    TRY_VOID(subject::lock_all(transaction, { id }));
    auto const campaign = campaign_by_id(transaction, id, act.today);
    if (!campaign || !campaign->kind)
        return not_found();
    if (!campaign->open())
        return 0;
    auto const known = asked_people(transaction, id);
    std::set<PersonId> const asked { known.begin(), known.end() };
    auto const unit = TRY(organization::unit_by_id(transaction, campaign->unit, act.today));
    auto const made = TRY(record::newest_register(transaction, asking.desk.shelf, campaign->kind->register_id));
    std::int64_t done = 0;
    for (auto const& holder : organization::duty_holders(transaction, campaign->unit, campaign->kind->duty, act.today)) {
        if (asked.contains(holder.person))
            continue;
        if (done == most)
            return done;
        auto const due_on = due_of(transaction, asking, *campaign, holder, act.today);
        auto const record = TRY(record::open_for(transaction, act, asking.desk, { unit, *made, holder.person, content_of(*campaign, holder, due_on), { { campaign->kind->person_field, holder.name } } }));
        insert_person(transaction, id, holder.person, record, due_on);
        ++done;
    }
    set_all_asked(transaction, id, true);
    return done;
}

namespace {

/// The office's own day: in the east it begins before that of the capital, and with it the duties noted today.
Result<time::Zone> zone_of(Asking const& asking, SubjectId campaign)
{
    auto const today = time::date_at(asking.clock.now(), time::Zone::Wib);
    return asking.database.read([&](storage::Reader& reader) -> Result<time::Zone> {
        auto const found = campaign_by_id(reader, campaign, today);
        if (!found)
            return not_found();
        return TRY(organization::unit_by_id(reader, found->unit, today)).zone;
    });
}

/// Asks everybody of one campaign in small writes. `told` gives false when the job was taken away.
Result<void> ask_all(Asking const& asking, job::Workshop const& workshop, SubjectId campaign, PersonId by, std::function<bool(std::int64_t)> const& told)
{
    auto const zone = TRY(zone_of(asking, campaign));
    for (std::int64_t done = 0;;) {
        if (workshop.stopping())
            return job::stopped();
        auto const now = asking.clock.now();
        auto const act = journal::make_act(by, now, time::date_at(now, zone));
        auto const asked = TRY(asking.database.write([&](storage::Transaction& transaction) { return ask_some(transaction, act, asking, campaign, people_at_once); }));
        done += asked;
        if (!told(done))
            return conflict("job.taken");
        if (asked < people_at_once)
            return {};
    }
}

Result<void> progress(Asking const& asking, job::Job const& job, std::int64_t done, std::int64_t all)
{
    auto const held = TRY(asking.database.write([&](storage::Transaction& transaction) -> Result<bool> { return job::progress(transaction, job, done, all, asking.clock.now()); }));
    if (!held)
        return conflict("job.taken");
    return {};
}

Result<void> order_below(Asking const& asking, job::Workshop const& workshop, job::Job const& job)
{
    auto const payload = json::parse(job.payload);
    UnitId const from { payload["unit"].get<std::int64_t>() };
    NewCampaign wanted { payload["matter"], payload["period"], time::Date::from_iso(payload["due_on"].get<std::string>()).value_or(time::Date {}) };
    auto const today = time::date_at(asking.clock.now(), time::Zone::Wib);
    auto const units = TRY(asking.database.read([&](storage::Reader& reader) -> Result<std::vector<organization::Unit>> {
        return units_to_ask(reader, from, wanted.matter, wanted.period, today);
    }));
    std::int64_t done = 0;
    for (auto const& unit : units) {
        if (workshop.stopping())
            return job::stopped();
        auto const act = journal::make_act(job.started_by, asking.clock.now(), today);
        // one that is open already was begun by the office itself or before an interruption
        auto const campaign = TRY(asking.database.write([&](storage::Transaction& transaction) -> Result<SubjectId> {
            if (auto const open = open_campaign(transaction, unit.id, wanted.matter, wanted.period))
                return *open;
            return start_in(transaction, act, unit.id, wanted, from);
        }));
        TRY_VOID(ask_all(asking, workshop, campaign, job.started_by, [](std::int64_t) { return true; }));
        TRY_VOID(progress(asking, job, ++done, static_cast<std::int64_t>(units.size())));
    }
    return {};
}

}

void register_asking(job::Workshop& workshop, Asking const& asking)
{
    workshop.add("campaign.ask", [asking, &workshop](job::Job const& job) -> Result<void> {
        SubjectId const campaign { json::parse(job.payload)["campaign"].get<std::int64_t>() };
        return ask_all(asking, workshop, campaign, job.started_by, [&](std::int64_t done) { return progress(asking, job, done, 0).has_value(); });
    });
    workshop.add("campaign.order", [asking, &workshop](job::Job const& job) { return order_below(asking, workshop, job); });
}

}
