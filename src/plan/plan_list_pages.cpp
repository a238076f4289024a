#include "organization/access.hpp"
#include "definition/plan_years.hpp"
#include "plan/board.hpp"
#include "plan/board_model.hpp"
#include "plan/page_office.hpp"
#include "plan/plan_list_model.hpp"
#include "plan/plan_marks.hpp"
#include "plan/plan_pages.hpp"
#include "plan/plan_start.hpp"
#include "view/renderer.hpp"

namespace kpuhub::plan {

void PlanLine::describe(view::Visitor& v) const
{
    v.field("year", year);
    v.field("title", title);
    v.field("decree", decree);
    v.field("link", link);
    v.field("model", model);
    v.field("published", published);
    v.field("may_publish", may_publish);
    v.field("publication", publication);
    v.field("version", version);
    v.list("steps", steps);
}

void PlanList::describe(view::Visitor& v) const
{
    v.field("office", office);
    v.list("plans", plans);
    v.field("may_manage", may_manage);
    v.field("may_publish", may_publish);
    v.field("action", action);
    v.field("imports", imports);
    v.field("next_year", next_year);
    v.list("sources", sources);
    v.field("errors", errors);
    v.field("trouble", trouble);
    v.field("as_model", as_model);
    v.field("nothing", nothing);
}

namespace {

struct Found {
    PageOffice office {};
    std::vector<PlanHead> plans {};
    std::vector<PlanHead> models {};
    bool may_manage = false;
    bool may_publish = false;
};

Result<Found> find(account::Visit& visit)
{
    auto const& who = visit.reader;
    return visit.database.read([&](storage::Reader& reader) -> Result<Found> {
        Found found { TRY(page_office(reader, visit)) };
        auto const [reads, manages, publishes] = organization::may_each(reader, who.person, who.today, found.office.id,
            { "plan.read", "plan.manage", "plan.publish_model" });
        if (!reads)
            return not_found();
        found.plans = plans_of(reader, who.person, who.today, found.office.id);
        found.models = models_for(reader, found.office.id, who.today);
        found.may_manage = manages;
        found.may_publish = publishes;
        return found;
    });
}

PlanLine line_of(PlanHead const& head, Found const& found)
{
    auto const& plan = head.plan;
    PlanLine line;
    auto const board = board_address(found.office.code, plan.year);
    line.year = { plan.year };
    line.title = plan.title;
    line.decree = decree_words(plan);
    line.model = plan.kind == PlanKind::Model;
    line.published = plan.published;
    line.may_publish = line.model && found.may_publish;
    line.publication = { board + "/publication" };
    line.version = plan.version;
    if (line.model) {
        if (line.may_publish)
            line.steps.push_back({ { "/units/" + found.office.code + "/models/" + std::to_string(plan.year) + "/rows" }, { "plan.step.models" } });
        return line;
    }
    line.link = { board };
    if (found.may_manage && plan.state != PlanState::Closed) {
        line.steps.push_back({ { board + "/schedule" }, { "plan.step.schedule" } });
        line.steps.push_back({ { board + "/rows" }, { plan.state == PlanState::Draft ? "plan.step.rows" : "plan.step.revise" } });
        if (plan.state == PlanState::Draft)
            line.steps.push_back({ { board + "/fixing" }, { "plan.step.fix" } });
    }
    if (found.may_manage && plan.state != PlanState::Draft)
        line.steps.push_back({ { board + "/closing" }, { plan.state == PlanState::Closed ? "plan.step.open_again" : "plan.step.close" } });
    line.steps.push_back({ { board + "/decree" }, { "plan.step.decree" } });
    line.steps.push_back({ { board + "/compare" }, { "plan.link.compare" } });
    line.steps.push_back({ { "/subjects/" + std::to_string(plan.id.value) + "/journal" }, { "plan.link.journal" } });
    return line;
}

http::Response list_answer(account::Visit& visit, Found const& found, Fault const* fault)
{
    auto const& form = visit.request.form;
    PlanList page;
    page.office = found.office.name;
    for (auto const& head : found.plans)
        page.plans.push_back(line_of(head, found));
    page.may_manage = found.may_manage;
    page.may_publish = found.may_publish;
    page.action = { "/units/" + found.office.code + "/plans" };
    page.imports = { "/units/" + found.office.code + "/imports" };
    page.next_year = form.text("year").empty() ? std::to_string(visit.reader.today.year() + (visit.reader.today.month() > 9 ? 1 : 0)) : form.text("year");
    page.as_model = form.find("model").has_value();
    auto chosen = form.text("from");
    auto offer = [&](std::string value, view::Sentence label) {
        bool const now = chosen.empty() ? page.sources.empty() : chosen == value;
        page.sources.push_back({ std::move(value), std::move(label), now });
    };
    for (auto const& head : found.plans)
        if (head.plan.kind == PlanKind::Office)
            offer("plan:" + std::to_string(head.plan.id.value), { "plan.start.from_plan", { view::Year { head.plan.year } } });
    for (auto const& head : found.plans)
        if (head.plan.kind == PlanKind::Office && head.plan.state != PlanState::Draft && std::to_string(head.plan.year + 1) == page.next_year)
            offer("unfinished:" + std::to_string(head.plan.id.value), { "plan.carry.only_unfinished", { view::Year { head.plan.year } } });
    for (auto const& head : found.models)
        offer("model:" + std::to_string(head.plan.id.value), { "plan.start.from_model", { head.unit_name, view::Year { head.plan.year } } });
    offer("shape", { "plan.start.from_shape" });
    offer("empty", { "plan.start.from_empty" });
    if (fault) {
        page.errors = view::field_errors(*fault);
        if (!page.errors)
            page.trouble = view::sentence_of(*fault);
    } else if (page.plans.empty()) {
        page.nothing = view::EmptyState { { "plan.list.nothing" }, view::Sentence { found.may_manage ? "plan.none.why" : "plan.none.ask" } };
    }
    auto frame = visit.frame({ "plan.list.title" }, "plans");
    frame.office = found.office.name;
    frame.office_code = found.office.code;
    return visit.page("plan/list", page, frame, fault ? http::status_of(fault->kind) : 200);
}

Result<http::Response> show_list(account::Visit& visit)
{
    return list_answer(visit, TRY(find(visit)), nullptr);
}

Result<http::Response> start(account::Visit& visit)
{
    auto found = TRY(find(visit));
    auto const& form = visit.request.form;
    auto const year = static_cast<int>(form.integer("year").value_or(0));
    auto const kind = form.find("model") ? PlanKind::Model : PlanKind::Office;
    auto const act = visit.act();
    auto answer = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        if (!definition::plan_years().hold(year))
            return invalid("plan.year.wrong", { { "year", "plan.year.wrong" } });
        TRY(start_plan(transaction, act, visit.door.renderer().messages(), found.office.id, year, kind, form.text("from")));
        return kind == PlanKind::Model ? "/units/" + found.office.code + "/plans" : board_address(found.office.code, year);
    });
    if (answer || visit.request.wants_json)
        return answer;
    auto const fault = answer.error().kind;
    if (fault != FaultKind::Invalid && fault != FaultKind::Conflict)
        return answer;
    return list_answer(visit, found, &answer.error());
}

Result<http::Response> publish_model(account::Visit& visit)
{
    auto const year = TRY(page_year(visit));
    auto const act = visit.act();
    auto const& form = visit.request.form;
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto office = TRY(page_office(transaction, visit));
        auto head = TRY(find_plan(transaction, act.actor, act.today, office.id, year, PlanKind::Model));
        TRY_VOID(publish(transaction, act, head.plan.id, form.integer("version").value_or(0), form.text("published") == "1"));
        return "/units/" + office.code + "/plans";
    });
}

}

void register_list_pages(account::Door const& door, http::Router& router)
{
    door.get<PlanList>(router, "/units/{unit}/plans", "plan.read", show_list);
    door.post(router, "/units/{unit}/plans", "plan.manage", start);
    door.post(router, "/units/{unit}/plans/{year}/publication", "plan.publish_model", publish_model);
}

}
