#include "account/form.hpp"
#include "campaign/campaign_pages.hpp"
#include "definition/duty_file.hpp"
#include "organization/access.hpp"
#include "organization/duty.hpp"
#include "organization/unit_access.hpp"
#include "campaign/duty_model.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace kpuhub::campaign {

void DutyPerson::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("name", name);
    v.field("post_title", post_title);
    v.field("subdivision", subdivision);
    v.field("obliged", obliged);
    v.field("by_rule", by_rule);
    v.field("reason", reason);
    v.field("noted_from", noted_from);
}

void DutyPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("hint", hint);
    v.field("source", source);
    v.field("confidence", confidence);
    v.field("unit_name", unit_name);
    v.list("people", people);
    v.field("obliged", obliged);
    v.field("of", of);
    v.field("may_change", may_change);
    v.field("from", from);
    v.field("reason", reason);
    v.field("action", action);
    v.field("list", list);
    v.field("nothing", nothing);
    v.field("errors", errors);
}

namespace {

Result<DutyPage> make_page(account::Visit& visit)
{
    auto const& who = visit.reader;
    auto const* duty = definition::duty_named(visit.request.parameter("duty"));
    if (!duty)
        return not_found();
    auto const language = visit.public_frame({}).language;
    return visit.database.read([&](storage::Reader& reader) -> Result<DutyPage> {
        auto const [unit, may] = TRY(organization::unit_for(reader, who.person, who.today, visit.request.parameter("unit"), { "people.read", "duty.manage", {} }));
        DutyPage page { duty->title.in(language), duty->hint.in(language), duty->source, { duty->confidence, "campaign.confidence." + duty->confidence }, unit.name };
        for (auto const& line : organization::duty_lines(reader, who.person, unit.id, duty->id, who.today)) {
            page.people.push_back({ std::to_string(line.person.value), line.name, line.post_title, line.subdivision_name, line.obliged, line.by_rule, line.reason, line.noted_from });
            page.obliged += line.obliged ? 1 : 0;
        }
        page.of = static_cast<std::int64_t>(page.people.size());
        page.may_change = may[1];
        page.from = who.today.iso();
        page.action = { fmt::format("/units/{}/duties/{}", unit.code, duty->id) };
        page.list = { fmt::format("/units/{}/campaigns", unit.code) };
        if (page.people.empty())
            page.nothing = view::EmptyState { { "campaign.duty.nobody" }, view::Sentence { "campaign.duty.nobody_why" }, { fmt::format("/units/{}/people", unit.code) }, { "campaign.duty.to_people" } };
        return page;
    });
}

http::Response shown(account::Visit& visit, DutyPage const& page, int status)
{
    auto frame = visit.frame(view::plain(page.title + ", " + page.unit_name), "registers");
    frame.crumbs = { { { "campaign.list.heading" }, page.list }, { view::plain(page.title), {} } };
    if (auto const saved = visit.request.query.integer("saved"))
        frame.notice = view::Notice { view::Notice::Kind::Done, { "campaign.duty.saved", { *saved } } };
    return visit.page("campaign/duty", page, frame, status);
}

Result<http::Response> show(account::Visit& visit) { return shown(visit, TRY(make_page(visit)), 200); }

Result<http::Response> take(account::Visit& visit)
{
    auto const act = visit.act();
    auto const unit = TRY(visit.database.read([&](storage::Reader& reader) { return organization::unit_for(reader, act.actor, act.today, visit.request.parameter("unit"), "people.read"); }));
    auto outcome = [&]() -> Result<http::Response> {
        auto const from = TRY(account::day_in(visit.request, "from", act.today));
        organization::DutyChoice choice { visit.request.parameter("duty"), {}, from, visit.request.form.text("reason") };
        for (auto const& person : visit.request.form.all("person"))
            choice.obliged.push_back({ account::number_of(person) });
        return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
            auto const changed = TRY(organization::note_duties(transaction, act, unit.id, choice));
            return fmt::format("/units/{}/duties/{}?saved={}", unit.code, choice.duty, changed);
        });
    }();
    if (outcome || outcome.error().kind != FaultKind::Invalid || visit.request.wants_json)
        return outcome;
    auto page = TRY(make_page(visit));
    page.errors = view::field_errors(outcome.error());
    page.reason = visit.request.form.text("reason");
    page.from = visit.request.form.text("from");
    auto const ticked = visit.request.form.all("person");
    for (auto& person : page.people)
        person.obliged = std::ranges::find(ticked, person.value) != ticked.end();
    return shown(visit, page, http::status_of(FaultKind::Invalid));
}

}

void register_duty_pages(account::Door const& door, http::Router& router)
{
    door.get<DutyPage>(router, "/units/{unit}/duties/{duty}", "people.read", show);
    door.post(router, "/units/{unit}/duties/{duty}", "duty.manage", take);
}

}
