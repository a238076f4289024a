#include "plan/page_office.hpp"
#include "plan/plan_marks.hpp"
#include "plan/plan_pages.hpp"
#include "plan/schedule_model.hpp"

namespace kpuhub::plan {

namespace {

Result<ScheduleParts> parts_of(account::Visit& visit)
{
    auto const& who = visit.reader;
    auto const year = TRY(page_year(visit));
    return visit.database.read([&](storage::Reader& reader) -> Result<ScheduleParts> {
        auto office = TRY(page_office(reader, visit));
        ScheduleParts parts { TRY(board(reader, who.person, who.today, office.id, year)), {} };
        if (!parts.board.head.rights.manage)
            return forbidden("plan.manage.forbidden");
        parts.owners = organization::owners_in(reader, who.person, office.id, who.today);
        return parts;
    });
}

std::string show_of(account::Visit const& visit)
{
    auto show = visit.request.query.text("show");
    return show == "unscheduled" || show == "uncertain" || show == "unowned" ? show : "all";
}

http::Response answer(account::Visit& visit, ScheduleParts const& parts, ScheduleForm const& form, Fault const* fault)
{
    auto const& head = parts.board.head;
    PageOffice const office { head.plan.unit, head.unit_code, head.unit_name };
    auto frame = plan_frame(visit, { "plan.schedule.title", { view::Year { head.plan.year } } }, office, head.plan.year);
    auto page = schedule_page(parts, show_of(visit), form, fault, frame.language);
    frame.crumbs = { { { "plan.board.title", { view::Year { head.plan.year } } }, page.board }, { { "plan.link.schedule" } } };
    if (auto set = visit.request.query.integer("set"); set && *set >= 0)
        frame.notice = view::Notice { view::Notice::Kind::Done, { "plan.schedule.done", { *set } } };
    frame.dock.reset();
    return visit.page("plan/schedule", page, frame, fault ? http::status_of(fault->kind) : 200);
}

Result<http::Response> show_schedule(account::Visit& visit)
{
    return answer(visit, TRY(parts_of(visit)), {}, nullptr);
}

Result<http::Response> set_schedule(account::Visit& visit)
{
    auto parts = TRY(parts_of(visit));
    auto const form = read_schedule_form(visit.request.form);
    auto const act = visit.act();
    auto const show = show_of(visit);
    auto outcome = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto setting = TRY(setting_of(form));
        std::vector<PlanNodeId> rows;
        for (auto id : form.rows)
            rows.push_back({ id });
        auto changed = TRY(set_rows(transaction, act, parts.board.head.plan.id, form.version, rows, setting));
        return board_address(parts.board.head.unit_code, parts.board.head.plan.year) + "/schedule?set=" + std::to_string(changed)
            + (show == "all" ? "" : "&show=" + show);
    });
    if (outcome || visit.request.wants_json)
        return outcome;
    auto const kind = outcome.error().kind;
    if (kind != FaultKind::Invalid && kind != FaultKind::Conflict)
        return outcome;
    if (kind == FaultKind::Conflict)
        parts = TRY(parts_of(visit));
    return answer(visit, parts, form, &outcome.error());
}

}

void register_schedule_pages(account::Door const& door, http::Router& router)
{
    door.get<SchedulePage>(router, "/units/{unit}/plans/{year}/schedule", "plan.manage", show_schedule);
    door.post(router, "/units/{unit}/plans/{year}/schedule", "plan.manage", set_schedule);
}

}
