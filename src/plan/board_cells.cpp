#include "plan/board_cells.hpp"
#include "plan/plan_marks.hpp"
#include "plan/progress.hpp"
#include <algorithm>

namespace kpuhub::plan {

constexpr int months_of_year = 12;
constexpr int quarter_months = 3;
constexpr int semester_months = 6;

static std::vector<BoardColumn> month_columns(int month)
{
    std::vector<BoardColumn> columns;
    for (int each = 1; each <= months_of_year; ++each)
        columns.push_back({ { "plan.month.short." + std::to_string(each) }, {}, each == month ? "m kini" : "m", "c-m" });
    return columns;
}

static std::vector<BoardColumn> period_columns(int length, int month, std::string const& kind)
{
    std::vector<BoardColumn> columns;
    for (int first = 1; first <= months_of_year; first += length) {
        bool const now = month >= first && month < first + length;
        auto number = std::to_string((first - 1) / length + 1);
        columns.push_back({ { "plan.column." + kind + "." + number }, view::Sentence { "plan.column." + kind + ".months." + number },
            now ? "kini" : "", length == semester_months ? "c-q c-s" : "c-q" });
    }
    return columns;
}

std::vector<BoardColumn> board_columns(BoardView view, int month)
{
    switch (view) {
    case BoardView::Months: return month_columns(month);
    case BoardView::Quarters: return period_columns(quarter_months, month, "quarter");
    case BoardView::Semesters: break;
    }
    return period_columns(semester_months, month, "semester");
}

static BoardMark mark_of(Plan const& plan, Node const& node, Deliverable const& deliverable, time::Date today)
{
    auto state = state_mark(deliverable.state, late(plan, node, deliverable, today));
    BoardMark mark { state.css, state.letter, { deliverable_address(deliverable.id) }, {}, state.words, deliverable.due_on };
    bool const open = deliverable.state == State::Scheduled || deliverable.state == State::UnderWay;
    bool const elsewhere = node.authority != Authority::Office || !node.applies;
    if (open && elsewhere) {
        mark.css = "N";
        mark.letter = "–";
        mark.words = node.applies ? *authority_words(node.authority) : view::Sentence { "plan.flag.not_applicable" };
    }
    view::Choice const words { std::string(to_text(deliverable.state)), mark.words.message_key };
    std::string key = "plan.board.cell";
    if (backfilled(plan, deliverable.due_on))
        key = "plan.board.cell_backfilled";
    else if (days_late_at_submission(plan, node, deliverable))
        key = "plan.board.cell_done_late";
    mark.title = { key, { words, deliverable.due_on } };
    if (key == "plan.board.cell_done_late")
        mark.title.arguments.emplace_back(*days_late_at_submission(plan, node, deliverable));
    return mark;
}

static std::string cell_class(std::string base, int first, int last, int month)
{
    if (first <= month && month <= last)
        base += " kini";
    if ((first - 1) % quarter_months == 0)
        base += " q1";
    return base;
}

static std::vector<BoardCell> month_cells(Plan const& plan, Node const& node, std::vector<Deliverable const*> owed, int month, time::Date today)
{
    std::ranges::sort(owed, {}, [](Deliverable const* each) { return each->starts_on; });
    std::vector<BoardCell> cells;
    int free = 1;
    for (std::size_t at = 0; at < owed.size();) {
        int first = std::max<int>(static_cast<int>(owed[at]->starts_on.month()), free);
        int last = std::max<int>(static_cast<int>(owed[at]->ends_on.month()), first);
        BoardCell cell;
        // what overlaps (a schedule that changed while work stood) shares one cell
        for (; at < owed.size() && static_cast<int>(owed[at]->starts_on.month()) <= last; ++at) {
            last = std::max<int>(last, static_cast<int>(owed[at]->ends_on.month()));
            cell.marks.push_back(mark_of(plan, node, *owed[at], today));
        }
        first = std::min(first, months_of_year);
        for (; free < first; ++free)
            cells.push_back({ cell_class("e", free, free, 0), 1 });
        cell.css = cell_class("b", first, last, month);
        cell.span = last - first + 1;
        for (auto& mark : cell.marks)
            mark.shown = first <= month && month <= last;
        free = last + 1;
        cells.push_back(std::move(cell));
    }
    for (; free <= months_of_year; ++free)
        cells.push_back({ cell_class("e", free, free, 0), 1 });
    return cells;
}

static std::vector<BoardCell> period_cells(Plan const& plan, Node const& node, std::vector<Deliverable const*> const& owed, int length,
    int month, time::Date today)
{
    std::vector<BoardCell> cells;
    for (int first = 1; first <= months_of_year; first += length) {
        BoardCell cell;
        for (auto const* each : owed) {
            int const due = each->due_on.year() > plan.year ? months_of_year : static_cast<int>(each->due_on.month());
            if (due < first || due >= first + length)
                continue;
            cell.marks.push_back(mark_of(plan, node, *each, today));
            cell.marks.back().shown = true;
        }
        bool const now = month >= first && month < first + length;
        cell.css = cell.marks.empty() ? (now ? "q e q1 kini0" : "q e q1") : (now ? "q q1 kini" : "q q1");
        cells.push_back(std::move(cell));
    }
    return cells;
}

std::vector<BoardCell> board_cells(Plan const& plan, Node const& node, std::vector<Deliverable const*> const& owed, BoardView view,
    int month, time::Date today)
{
    if (view == BoardView::Months)
        return month_cells(plan, node, owed, month, today);
    return period_cells(plan, node, owed, view == BoardView::Quarters ? quarter_months : semester_months, month, today);
}

}
