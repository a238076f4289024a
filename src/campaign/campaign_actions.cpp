#include "campaign/campaign_job.hpp"
#include "campaign/campaign_store.hpp"
#include "flow/clock.hpp"
#include "job/job.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"
#include "organization/duty.hpp"
#include "outbox/outbox.hpp"
#include "record/record_owed.hpp"
#include "subject/subject.hpp"
#include "view/words.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace kpuhub::campaign {

constexpr int most_years_ahead = 1;

static bool is_year(std::string_view text)
{
    return text.size() == 4 && text.starts_with("20") && std::ranges::all_of(text, [](char sign) { return sign >= '0' && sign <= '9'; });
}

static Result<void> checked(NewCampaign const& wanted, time::Date today)
{
    std::vector<FieldFault> wrong;
    if (!definition::campaign_of(wanted.matter))
        wrong.push_back({ "matter", "campaign.matter_unknown" });
    if (!is_year(wanted.period))
        wrong.push_back({ "period", "campaign.period_wrong" });
    else if (std::stoi(wanted.period) > today.year() + most_years_ahead)
        wrong.push_back({ "period", "campaign.period_wrong" });
    if (wanted.due_on < today)
        wrong.push_back({ "due_on", "campaign.due_past" });
    if (!wanted.own && !wanted.below)
        wrong.push_back({ "scope", "campaign.nobody" });
    if (!wrong.empty())
        return invalid("campaign.wrong", std::move(wrong));
    return {};
}

Result<SubjectId> start_in(storage::Transaction& transaction, journal::Act const& act, UnitId unit, NewCampaign const& wanted, UnitId ordered_by)
{
    auto const& kind = *definition::campaign_of(wanted.matter);
    auto const id = subject::create(transaction, "campaign", unit, wanted.period, "open", act.at, kind.version);
    if (!insert_campaign(transaction, act, id, unit, kind, wanted, ordered_by))
        return conflict("campaign.open_already");
    record::use_for_campaign(transaction, act, kind.register_id, unit);
    journal::write(transaction, act, { "campaign.started", id, unit, { { "matter", wanted.matter }, { "period", wanted.period }, { "due_on", wanted.due_on.iso() } } });
    return id;
}

Result<std::optional<SubjectId>> start(storage::Transaction& transaction, journal::Act const& act, UnitId unit, NewCampaign const& wanted)
{
    auto const may = organization::may_each(transaction, act.actor, act.today, unit, { "plan.read", "campaign.run", "campaign.order" });
    if (!may[0])
        return not_found();
    if (!may[1] && !may[2])
        return forbidden("campaign.forbidden.run");
    if ((wanted.own && !may[1]) || (wanted.below && !may[2]))
        return forbidden(wanted.own && !may[1] ? "campaign.forbidden.run" : "campaign.forbidden.order");
    TRY_VOID(checked(wanted, act.today));
    std::optional<SubjectId> own;
    if (wanted.own) {
        own = TRY(start_in(transaction, act, unit, wanted, {}));
        enqueue_asking(transaction, act, *own);
    }
    if (wanted.below) {
        enqueue_order(transaction, act, unit, wanted);
        journal::write(transaction, act, { "campaign.ordered", own.value_or(SubjectId {}), unit, { { "matter", wanted.matter }, { "period", wanted.period }, { "due_on", wanted.due_on.iso() } } });
    }
    return own;
}

/// The first statements of each action: locks the campaign, then finds it.
static Result<Campaign> locked(storage::Transaction& transaction, journal::Act const& act, SubjectId id, std::optional<std::int64_t> version = std::nullopt)
{
    auto lock = version ? subject::lock(transaction, id, *version) : subject::lock_all(transaction, { id });
    auto found = TRY(find_campaign(transaction, act.actor, act.today, id));
    TRY_VOID(std::move(lock));
    return found;
}

static Result<Campaign> of_runner(storage::Transaction& transaction, journal::Act const& act, SubjectId id, std::optional<std::int64_t> version)
{
    auto found = locked(transaction, act, id, version);
    if (!found && found.error().kind == FaultKind::Conflict) {
        auto const seen = TRY(find_campaign(transaction, act.actor, act.today, id));
        if (!seen.may_run)
            return forbidden("campaign.forbidden.run");
    }
    auto campaign = TRY(std::move(found));
    if (!campaign.may_run)
        return forbidden("campaign.forbidden.run");
    return campaign;
}

static Result<Campaign> to_run(storage::Transaction& transaction, journal::Act const& act, SubjectId id, std::optional<std::int64_t> version = std::nullopt)
{
    auto campaign = TRY(of_runner(transaction, act, id, version));
    if (!campaign.open())
        return conflict("campaign.closed_already");
    return campaign;
}

Result<void> ask_newcomers(storage::Transaction& transaction, journal::Act const& act, SubjectId id)
{
    auto const campaign = TRY(to_run(transaction, act, id));
    set_all_asked(transaction, id, false);
    enqueue_asking(transaction, act, id);
    journal::write(transaction, act, { "campaign.widened", id, campaign.unit, {} });
    return {};
}

Result<Reminded> remind(storage::Transaction& transaction, journal::Act const& act, SubjectId id, Mailing const& mailing)
{
    constexpr std::int64_t minute_ms = 60'000;
    auto const campaign = TRY(to_run(transaction, act, id));
    Reminded reminded;
    for (auto const& each : people_to_remind(transaction, id, act.today)) {
        if (each.address.empty()) {
            ++reminded.without_address;
            continue;
        }
        if (each.today_already) {
            ++reminded.today_already;
            continue;
        }
        std::string const arguments[] = { campaign.kind->title.in(each.language), campaign.period, view::long_date(each.due_on, each.language), campaign.unit_name,
            fmt::format("{}/c/{}", mailing.public_url, id.value) };
        outbox::put(transaction, { fmt::format("campaign:{}:{}:{}", id.value, each.person.value, act.today.iso()), fmt::format("campaign:{}", each.person.value), each.person, each.address,
            mailing.messages.text("campaign.mail.heading", each.language, arguments), mailing.messages.text("campaign.mail.body", each.language, arguments), fmt::format("/c/{}", id.value) },
            act.at, { definition::embedded_warnings().grouped_within_minutes * minute_ms });
        set_reminded(transaction, id, each.person, act.today);
        ++reminded.mailed;
    }
    journal::write(transaction, act, { "campaign.reminded", id, campaign.unit, { { "mailed", std::to_string(reminded.mailed) }, { "without_address", std::to_string(reminded.without_address) } } });
    return reminded;
}

Result<std::int64_t> accept(storage::Transaction& transaction, journal::Act const& act, record::Desk const& desk, SubjectId id, std::vector<Accepted> const& accepted)
{
    constexpr std::size_t most = 200;
    auto const campaign = TRY(locked(transaction, act, id));
    if (!campaign.may_accept)
        return forbidden("campaign.forbidden.accept");
    if (accepted.empty() || accepted.size() > most)
        return invalid("campaign.wrong", { { "item", accepted.empty() ? "campaign.none_ticked" : "campaign.many_ticked" } });
    std::set<SubjectId> records;
    for (auto const& person : people_of(transaction, act.actor, act.today, id))
        records.insert(person.record);
    auto sorted = accepted;
    std::ranges::sort(sorted, {}, &Accepted::record);
    for (auto const& each : sorted) {
        if (!records.contains(each.record))
            return not_found();
        TRY_VOID(record::do_step(transaction, act, desk, { each.record, each.version, campaign.kind->accept_step }));
    }
    return static_cast<std::int64_t>(sorted.size());
}

Result<void> close(storage::Transaction& transaction, journal::Act const& act, SubjectId id, std::int64_t shown_version)
{
    auto const campaign = TRY(to_run(transaction, act, id, shown_version));
    auto const counts = count_people(transaction, act.today, id);
    set_closed(transaction, id, act.today);
    subject::set_state(transaction, id, "closed");
    journal::write(transaction, act, { "campaign.closed", id, campaign.unit, { { "filed", std::to_string(counts.filed) }, { "asked", std::to_string(counts.asked) } } });
    return {};
}

Result<void> reopen(storage::Transaction& transaction, journal::Act const& act, SubjectId id, std::int64_t shown_version)
{
    auto const campaign = TRY(of_runner(transaction, act, id, shown_version));
    if (campaign.open())
        return conflict("campaign.open_now");
    if (!set_open(transaction, id))
        return conflict("campaign.open_already");
    subject::set_state(transaction, id, "open");
    if (!campaign.all_asked)
        enqueue_asking(transaction, act, id);
    journal::write(transaction, act, { "campaign.reopened", id, campaign.unit, { { "closed_on", campaign.closed_on->iso() } } });
    return {};
}

std::vector<Newcomer> newcomers(storage::Reader& reader, Campaign const& campaign, std::vector<Person> const& people, time::Date today)
{
    std::vector<Newcomer> found;
    for (auto const& holder : organization::duty_holders(reader, campaign.unit, campaign.kind->duty, today))
        if (std::ranges::find(people, holder.person, &Person::id) == people.end())
            found.push_back({ holder.person, holder.name, holder.post_title });
    return found;
}

static std::optional<time::Date> last_day(time::DeadlineRule const& rule, time::Date from, flow::UnitTimes const& times)
{
    auto const deadline = time::compute(rule, time::start_of_day(from, times.zone), {}, times.office());
    if (!deadline || !deadline->due)
        return std::nullopt;
    return time::date_at(deadline->due->plus(std::chrono::milliseconds { -1 }), times.zone);
}

std::map<std::string, time::Date> shipped_days(storage::Reader& reader, flow::CalendarShelf& shelf, UnitId unit, time::Date from, time::Date today)
{
    static auto const rules = definition::embedded_clock_rules().value();
    auto const times = shelf.of(reader, unit, today);
    std::map<std::string, time::Date> days;
    for (auto const& kind : definition::embedded_campaigns())
        for (auto const& rule : rules)
            if (rule.family == kind.deadline.family && rule.name == kind.deadline.rule && rule.from <= from && from <= rule.to)
                if (auto const day = last_day(rule.rule, from, times))
                    days[kind.matter] = *day;
    return days;
}

std::optional<time::Date> rule_day(storage::Reader& reader, flow::CalendarShelf& shelf, UnitId unit, definition::RuleName const& name, time::Date from, time::Date today)
{
    auto const times = shelf.of(reader, unit, today);
    auto const rule = flow::rule_in_force(reader, name.family, name.rule, from);
    if (!rule)
        return std::nullopt;
    return last_day(rule->text.rule, from, times);
}

}
