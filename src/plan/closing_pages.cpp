#include "plan/closing_model.hpp"
#include "plan/page_office.hpp"
#include "plan/plan_close.hpp"
#include "plan/plan_marks.hpp"
#include "plan/plan_pages.hpp"
#include <algorithm>

namespace kpuhub::plan {

void ClosingRow::describe(view::Visitor& v) const
{
    v.field("text", text);
    v.field("owner", owner);
    v.field("open", open);
    v.field("submitted", submitted);
    v.field("unscheduled", unscheduled);
    v.field("apart", apart);
    v.field("link", link);
}

void ClosingPage::describe(view::Visitor& v) const
{
    v.field("year", year);
    v.field("next_year", next_year);
    v.field("decree", decree);
    v.field("closed", closed);
    v.field("version", version);
    v.list("rows", rows);
    v.field("rows_in_all", static_cast<std::int64_t>(rows.size()));
    v.field("open_in_all", open);
    v.field("waiting", waiting);
    v.field("reason", reason);
    v.list("next_sources", next_sources);
    v.field("action", action);
    v.field("board", board);
    v.field("plans", plans);
    v.field("next_board", next_board);
    v.field("next_there", has_next);
    v.field("errors", errors);
    v.field("trouble", trouble);
}

namespace {

struct Closing {
    PlanHead head {};
    std::vector<UnfinishedRow> rows;
    bool has_next = false;
};

Result<Closing> closing(account::Visit& visit)
{
    auto const& who = visit.reader;
    auto const year = TRY(page_year(visit));
    return visit.database.read([&](storage::Reader& reader) -> Result<Closing> {
        auto office = TRY(page_office(reader, visit));
        Closing found { TRY(find_plan(reader, who.person, who.today, office.id, year)), {}, false };
        if (!found.head.rights.manage)
            return forbidden("plan.manage.forbidden");
        found.rows = unfinished_rows(reader, found.head.plan.id);
        found.has_next = find_plan(reader, who.person, who.today, office.id, year + 1).has_value();
        return found;
    });
}

ClosingPage page_of(Closing const& found, account::Visit const& visit)
{
    constexpr std::size_t longest = 160;
    auto const& plan = found.head.plan;
    auto const board = board_address(found.head.unit_code, plan.year);
    ClosingPage page;
    page.year = { plan.year };
    page.next_year = { plan.year + 1 };
    page.decree = decree_words(plan);
    page.closed = plan.state == PlanState::Closed;
    page.version = plan.version;
    page.action = { board + (page.closed ? "/closing/end" : "/closing") };
    page.board = { board };
    page.plans = { "/units/" + found.head.unit_code + "/plans" };
    page.next_board = { board_address(found.head.unit_code, plan.year + 1) };
    page.has_next = found.has_next;
    page.reason = visit.request.form.text("reason");
    bool carries = false;
    for (auto const& row : found.rows) {
        ClosingRow line { bare_number(row.number) + (row.number.empty() ? "" : " ") + shortened(row.body, longest), row.owner, row.open,
            row.submitted, row.open == 0, row.apart, {} };
        line.link = { row.first ? deliverable_address(row.first) : board + "/schedule?show=unscheduled" };
        carries = carries || !row.apart;
        page.open += row.open;
        page.waiting += row.submitted;
        page.rows.push_back(std::move(line));
    }
    auto const id = std::to_string(plan.id.value);
    if (!found.has_next) {
        page.next_sources.push_back({ "plan:" + id, { "plan.carry.all_rows", { view::Year { plan.year } } }, true });
        if (carries)
            page.next_sources.push_back({ "unfinished:" + id, { "plan.carry.only_unfinished", { view::Year { plan.year } } }, false });
    }
    return page;
}

http::Response answer(account::Visit& visit, Closing const& found, Fault const* fault)
{
    auto page = page_of(found, visit);
    if (fault) {
        page.errors = view::field_errors(*fault);
        if (!page.errors)
            page.trouble = view::sentence_of(*fault);
    }
    PageOffice const office { found.head.plan.unit, found.head.unit_code, found.head.unit_name };
    auto const title = page.closed ? "plan.closing.closed_title" : "plan.closing.title";
    auto frame = plan_frame(visit, { title, { page.year } }, office, found.head.plan.year, "plans");
    frame.crumbs = { { { "plan.board.title", { page.year } }, page.board }, { { title, { page.year } } } };
    if (visit.request.query.text("done") == "closed" && page.closed)
        frame.notice = view::Notice { view::Notice::Kind::Done, { "plan.closing.done" } };
    return visit.page("plan/closing", page, frame, fault ? http::status_of(fault->kind) : 200);
}

Result<http::Response> show_closing(account::Visit& visit)
{
    auto const found = TRY(closing(visit));
    if (found.head.plan.state == PlanState::Draft)
        return http::see_other(board_address(found.head.unit_code, found.head.plan.year) + "/fixing");
    return answer(visit, found, nullptr);
}

Result<http::Response> finish(account::Visit& visit, Closing const& found, Result<http::Response> outcome)
{
    if (outcome || visit.request.wants_json || (outcome.error().kind != FaultKind::Invalid && outcome.error().kind != FaultKind::Conflict))
        return outcome;
    if (outcome.error().kind == FaultKind::Conflict)
        return answer(visit, TRY(closing(visit)), &outcome.error());
    return answer(visit, found, &outcome.error());
}

Result<http::Response> close_plan(account::Visit& visit)
{
    auto const found = TRY(closing(visit));
    auto const act = visit.act();
    return finish(visit, found, visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(close(transaction, act, found.head.plan.id, visit.request.form.integer("version").value_or(0)));
        return board_address(found.head.unit_code, found.head.plan.year) + "/closing?done=closed";
    }));
}

Result<http::Response> open_again(account::Visit& visit)
{
    auto const found = TRY(closing(visit));
    auto const act = visit.act();
    auto const& form = visit.request.form;
    return finish(visit, found, visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(reopen_plan(transaction, act, found.head.plan.id, form.integer("version").value_or(0), form.text("reason")));
        return board_address(found.head.unit_code, found.head.plan.year);
    }));
}

}

void register_closing_pages(account::Door const& door, http::Router& router)
{
    std::string const plan = "/units/{unit}/plans/{year}/closing";
    door.get<ClosingPage>(router, plan, "plan.manage", show_closing);
    door.post(router, plan, "plan.manage", close_plan);
    door.post(router, plan + "/end", "plan.manage", open_again);
}

}
