#include "account/form.hpp"
#include "campaign/campaign_model.hpp"
#include "campaign/campaign_pages.hpp"
#include "definition/duty_file.hpp"
#include "job/job.hpp"
#include "organization/access.hpp"
#include "organization/unit_access.hpp"
#include "view/words.hpp"
#include <array>
#include <fmt/format.h>

namespace kpuhub::campaign {

namespace {

CampaignLine line_of(Line const& line, time::Date today, text::Language language)
{
    CampaignLine made { { fmt::format("/campaigns/{}", line.id.value) }, {}, title_of(*line.kind, line.period, language), line.due_on, line.closed };
    if (line.mine)
        made.own = { fmt::format("/c/{}", line.id.value) };
    made.filed = line.counts.filed;
    made.asked = line.counts.asked;
    made.share = line.counts.share();
    made.late = !line.closed && line.due_on < today && line.counts.filed < line.counts.asked;
    return made;
}

/// The form of a new campaign, with the last day that each rule gives for this year.
void dress_form(storage::Reader& reader, account::Visit const& visit, Surroundings const& around, organization::Unit const& unit, CampaignsPage& page)
{
    auto const& form = visit.request.form;
    auto const language = visit.public_frame({}).language;
    auto const today = visit.reader.today;
    page.period = form.text("period").empty() ? std::to_string(today.year()) : form.text("period");
    page.due_on = form.text("due_on");
    auto const chosen = form.text("matter");
    auto const days = shipped_days(reader, around.calendars, unit.id, time::Date::of(today.year(), 1, 1), today);
    for (auto const& kind : definition::embedded_campaigns()) {
        Choice choice { kind.matter, kind.title.in(language), {}, chosen == kind.matter };
        if (auto const day = days.find(kind.matter); day != days.end())
            choice.hint = view::Sentence { day->second < today ? "campaign.rule_past" : "campaign.rule_day", { day->second } };
        page.matters.push_back(std::move(choice));
    }
    auto const scope = form.text("scope");
    if (page.may_order)
        for (auto const* each : { "own", "both", "below" })
            page.scopes.push_back({ each, visit.door.renderer().words({ std::string { "campaign.scope." } + each }, language), {}, scope == each || (scope.empty() && std::string_view { each } == "own") });
}

Result<CampaignsPage> make_page(account::Visit& visit, Surroundings const& around)
{
    auto const& who = visit.reader;
    auto const language = visit.public_frame({}).language;
    return visit.database.read([&](storage::Reader& reader) -> Result<CampaignsPage> {
        auto const unit = TRY(organization::unit_for(reader, who.person, who.today, visit.request.parameter("unit"), "plan.read"));
        auto const [run, order, people] = organization::may_each(reader, who.person, who.today, unit.id, { "campaign.run", "campaign.order", "people.read" });
        CampaignsPage page { unit.name };
        page.may_start = run || order;
        page.may_order = order;
        for (auto const& line : campaigns_of(reader, who.person, who.today, unit.id))
            (line.closed ? page.closed : page.running).push_back(line_of(line, who.today, language));
        auto const address = "/units/" + unit.code;
        page.action = { address + "/campaigns" };
        if (people)
            for (auto const& duty : definition::embedded_duties())
                page.duties.push_back({ { address + "/duties/" + duty.id }, duty.title.in(language) });
        if (unit.level != "regency")
            for (auto const& kind : definition::embedded_campaigns())
                page.below.push_back({ { fmt::format("{}/campaigns/{}/{}", address, kind.matter, who.today.year()) }, title_of(kind, std::to_string(who.today.year()), language) });
        if (page.running.empty() && page.closed.empty())
            page.nothing = view::EmptyState { { "campaign.none" }, view::Sentence { page.may_start ? "campaign.none_start" : "campaign.none_why" } };
        if (page.may_start)
            dress_form(reader, visit, around, unit, page);
        return page;
    });
}

http::Response shown(account::Visit& visit, CampaignsPage const& page, int status)
{
    auto frame = visit.frame({ "campaign.list.title", { page.unit_name } }, "registers");
    frame.crumbs = { { { "record.registers" }, { "/units/" + visit.request.parameter("unit") + "/registers" } }, { { "campaign.list.heading" }, {} } };
    if (visit.request.query.text("ordered") == "1")
        frame.notice = view::Notice { view::Notice::Kind::Done, { "campaign.ordered" } };
    return visit.page("campaign/list", page, frame, status);
}

Result<http::Response> show_list(account::Visit& visit, Surroundings const& around) { return shown(visit, TRY(make_page(visit, around)), 200); }

/// What was asked for; without a day the rule's last day. Errors: Invalid when that has passed or there is no rule.
Result<NewCampaign> wanted_in(account::Visit& visit, Surroundings const& around, organization::Unit const& unit)
{
    auto const& form = visit.request.form;
    auto const scope = form.text("scope");
    NewCampaign wanted { form.text("matter"), form.text("period"), {}, scope != "below", scope == "below" || scope == "both" };
    wanted.due_on = TRY(account::day_in(visit.request, "due_on", time::Date {}));
    auto const* kind = definition::campaign_of(wanted.matter);
    auto const year = time::Date::from_iso(wanted.period + "-01-01");
    if (!form.text("due_on").empty() || !kind || !year)
        return wanted;
    auto const today = visit.reader.today;
    auto const day = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::optional<time::Date>> { return rule_day(reader, around.calendars, unit.id, kind->deadline, *year, today); }));
    if (!day || *day < today)
        return invalid("campaign.wrong", { { "due_on", "campaign.due_needed" } });
    wanted.due_on = *day;
    return wanted;
}

Result<http::Response> take_start(account::Visit& visit, Surroundings const& around)
{
    auto const act = visit.act();
    auto const unit = TRY(visit.database.read([&](storage::Reader& reader) -> Result<organization::Unit> {
        auto found = TRY(organization::unit_for(reader, act.actor, act.today, visit.request.parameter("unit"), "plan.read"));
        auto const [run, order, read] = organization::may_each(reader, act.actor, act.today, found.id, { "campaign.run", "campaign.order", "plan.read" });
        if (!run && !order)
            return forbidden("campaign.forbidden.run");
        return found;
    }));
    auto outcome = [&]() -> Result<http::Response> {
        auto const wanted = TRY(wanted_in(visit, around, unit));
        return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
            auto const own = TRY(start(transaction, act, unit.id, wanted));
            return own ? fmt::format("/campaigns/{}", own->value) : fmt::format("/units/{}/campaigns?ordered=1", unit.code);
        });
    }();
    if (outcome || (outcome.error().kind != FaultKind::Invalid && outcome.error().kind != FaultKind::Conflict) || visit.request.wants_json)
        return outcome;
    auto page = TRY(make_page(visit, around));
    page.errors = view::field_errors(outcome.error());
    if (!page.errors)
        page.wrong = view::sentence_of(outcome.error());
    return shown(visit, page, http::status_of(outcome.error().kind));
}

}

void register_list_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<CampaignsPage>(router, "/units/{unit}/campaigns", "plan.read", [around](account::Visit& visit) { return show_list(visit, around); });
    door.post(router, "/units/{unit}/campaigns", "campaign.run", [around](account::Visit& visit) { return take_start(visit, around); });
}

void register_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    register_list_pages(door, router, around);
    register_campaign_pages(door, router, around);
    register_own_pages(door, router, around);
    register_matrix_pages(door, router);
    register_duty_pages(door, router);
}

}
