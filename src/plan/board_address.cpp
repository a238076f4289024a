#include "plan/board_address.hpp"
#include "plan/plan_marks.hpp"
#include "text/escape.hpp"

namespace kpuhub::plan {

std::string_view view_code(BoardView view)
{
    switch (view) {
    case BoardView::Months: return "month";
    case BoardView::Quarters: return "quarter";
    case BoardView::Semesters: break;
    }
    return "semester";
}

/// The wishes as a query, without what is as usual; `view` and `open` are left to the caller.
static std::string wishes(BoardFilter const& filter)
{
    std::string query;
    auto add = [&](std::string_view name, std::string const& value) {
        if (!value.empty() && value != "0")
            query += "&" + std::string(name) + "=" + text::url_part(value);
    };
    add("q", filter.typed);
    add("area", std::to_string(filter.area));
    add("owner", filter.owner);
    add("state", filter.state);
    add("proof", filter.proof);
    add("month", std::to_string(filter.month));
    add("m", std::to_string(filter.shown_month));
    return query;
}

static std::string with_query(std::string address, std::string query)
{
    if (query.empty())
        return address;
    query.front() = '?';
    return address + query;
}

static std::string view_wish(BoardView view)
{
    return view == BoardView::Months ? std::string {} : "&view=" + std::string(view_code(view));
}

std::string toggled_address(PlanHead const& head, BoardFilter const& filter, int area, bool open, std::function<bool(int)> const& open_by_itself)
{
    constexpr int most_areas = 40;
    std::string list;
    for (int each = 1; each <= most_areas; ++each) {
        bool const now = filter.open ? filter.open->contains(each) : open_by_itself(each);
        if (each == area ? !open : now)
            list += (list.empty() ? "" : ".") + std::to_string(each);
    }
    auto const query = view_wish(filter.view) + wishes(filter) + "&open=" + (list.empty() ? "0" : list);
    return with_query(board_address(head.unit_code, head.plan.year), query) + "#a" + std::to_string(area);
}

static void choose_month(std::vector<FilterOption>& options, int chosen)
{
    for (int month = 1; month <= 12; ++month)
        options.push_back({ std::to_string(month), { month_word(month).message_key }, month == chosen });
}

void filter_options(BoardPage& page, BoardFilter const& filter, int month)
{
    for (std::string const state : { "late", "scheduled", "under_way", "submitted", "returned", "verified", "not_applicable", "apart", "unscheduled" })
        page.states.push_back({ state, { "plan.board.state." + state }, filter.state == state });
    for (std::string const proof : { "without", "with" })
        page.proofs.push_back({ proof, { "plan.board.proof." + proof }, filter.proof == proof });
    choose_month(page.months, filter.month);
    choose_month(page.shown_months, month);
    page.text = filter.typed;
}

void board_links(BoardPage& page, PlanHead const& head, BoardFilter const& filter)
{
    auto const board = board_address(head.unit_code, head.plan.year);
    page.action = { board };
    page.clear = { with_query(board, view_wish(filter.view)) };
    page.view_code = filter.view == BoardView::Months ? "" : std::string(view_code(filter.view));
    page.sheet = { with_query(board + "/sheet", view_wish(filter.view) + wishes(filter)) };
    page.csv = { with_query(board + "/sheet", view_wish(filter.view) + wishes(filter) + "&form=csv") };
    page.chosen_view = static_cast<std::int64_t>(filter.view);
    for (auto each : { BoardView::Months, BoardView::Quarters, BoardView::Semesters })
        page.views.push_back({ { with_query(board, view_wish(each) + wishes(filter)) }, { "plan.board.view." + std::string(view_code(each)) } });
    auto late = filter;
    late.state = filter.state == "late" ? "" : "late";
    page.late_link = { with_query(board, view_wish(filter.view) + wishes(late)) };
    bool const closed = head.plan.state == PlanState::Closed;
    if (head.rights.manage && !closed)
        page.more.push_back({ { board + "/schedule" }, { "plan.link.schedule" } });
    page.more.push_back({ { board + "/reminder" }, { "plan.link.reminder" } });
    page.more.push_back({ { board + "/compare" }, { "plan.link.compare" } });
    page.more.push_back({ { "/subjects/" + std::to_string(head.plan.id.value) + "/journal" }, { "plan.link.journal" } });
    constexpr int most_areas = 9;           // the eight, and what stands outside them
    std::string all;
    for (int each = 1; each <= most_areas; ++each)
        all += (all.empty() ? "" : ".") + std::to_string(each);
    page.more.push_back({ { with_query(board, view_wish(filter.view) + wishes(filter) + "&open=" + all) }, { "plan.link.all_areas" } });
    if (head.rights.manage && head.plan.state != PlanState::Draft)
        page.more.push_back({ { board + "/closing" }, { closed ? "plan.step.open_again" : "plan.step.close" } });
    if (head.rights.manage)
        page.more.push_back({ { "/units/" + head.unit_code + "/settings" }, { "portal.settings.link" } });
    page.more.push_back({ { board + "/pleno.pdf" }, { "plan.link.pleno" } });
    page.more.push_back({ { "/units/" + head.unit_code + "/papers" }, { "plan.link.papers" } });
    page.more.push_back({ { "/units/" + head.unit_code + "/plans" }, { "plan.link.plans" } });
}

std::optional<BoardBanner> board_banner(PlanHead const& head, std::int64_t unscheduled, std::int64_t uncertain)
{
    auto const board = board_address(head.unit_code, head.plan.year);
    bool const draft = head.plan.state == PlanState::Draft && head.plan.kind == PlanKind::Office;
    if (head.plan.state == PlanState::Closed)
        return BoardBanner { { "plan.banner.closed" }, { "plan.banner.closed_why" }, {} };
    if (!draft && unscheduled == 0 && uncertain == 0)
        return std::nullopt;
    BoardBanner banner;
    BoardStep const schedule { { board + "/schedule" }, { "plan.step.schedule" } };
    if (unscheduled > 0)
        banner.head = { "plan.banner.unscheduled", { unscheduled } };
    else if (uncertain > 0)
        banner.head = { "plan.banner.uncertain", { uncertain } };
    if (draft) {
        banner.body = banner.head.message_key.empty() ? view::Sentence { "plan.banner.draft_ready" } : banner.head;
        banner.head = { "plan.banner.draft" };
    } else {
        banner.body = { unscheduled > 0 ? "plan.banner.unscheduled_why" : "plan.banner.uncertain_why" };
    }
    if (!head.rights.manage)
        return banner;
    if (unscheduled + uncertain > 0)
        banner.steps.push_back(schedule);
    if (draft) {
        banner.steps.push_back({ { board + "/fixing" }, { "plan.step.fix" } });
        banner.steps.push_back({ { board + "/rows" }, { "plan.step.rows" } });
    }
    return banner;
}

}
