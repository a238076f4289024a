#include "plan/board_model.hpp"

namespace kpuhub::plan {

void BoardMark::describe(view::Visitor& v) const
{
    v.field("css", css);
    v.field("letter", letter);
    v.field("link", link);
    v.field("title", title);
    v.field("words", words);
    v.field("due", due_on);
    v.field("shown", shown);
}

void BoardCell::describe(view::Visitor& v) const
{
    v.field("css", css);
    v.field("span", span);
    v.field("wide", span > 1);
    v.list("marks", marks);
}

void BoardLine::describe(view::Visitor& v) const
{
    v.field("css", css);
    v.field("number", number);
    v.field("text", text);
    v.field("link", link);
    v.field("indicators", indicators);
    v.field("owner", owner);
    v.field("proofs", proofs);
    v.list("cells", cells);
    v.field("unscheduled", unscheduled);
    v.field("uncertain", uncertain);
    std::vector<BoardStep> shown;
    for (auto const& flag : flags)
        shown.push_back({ {}, flag });
    v.list("flags", shown);
    v.field("remark", remark);
    v.field("note", note);
}

void BoardActivity::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("owes_now", owes_now);
    v.list("rows", rows);
}

void BoardArea::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("anchor", anchor);
    v.field("progress", progress);
    v.field("share", Ratio { count.due_verified, count.due });
    v.field("late", count.late);
    v.field("toggle", toggle);
    v.field("toggle_words", toggle_words);
    v.list("activities", activities);
}

void BoardColumn::describe(view::Visitor& v) const
{
    v.field("label", label);
    v.field("below", below);
    v.field("css", css);
    v.field("col", width);
}

void FilterOption::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("label", label);
    v.field("chosen", chosen);
}

void BoardStep::describe(view::Visitor& v) const
{
    v.field("link", link);
    v.field("label", label);
}

void BoardBanner::describe(view::Visitor& v) const
{
    v.field("head", head);
    v.field("body", body);
    v.list("steps", steps);
}

namespace {

struct ViewLink {
    BoardStep const* step = nullptr;
    bool current = false;
    void describe(view::Visitor& v) const
    {
        v.field("link", step ? step->link : view::Link {});
        v.field("label", step ? step->label : view::Sentence {});
        v.field("current", current);
    }
};

}

void BoardPage::describe(view::Visitor& v) const
{
    v.field("year", year);
    v.field("decree", decree);
    v.field("progress", progress);
    v.field("due_progress", due_progress);
    v.field("late", late);
    v.field("late_link", late_link);
    v.field("apart", apart);
    v.field("banner", banner);
    v.field("css", css);
    std::vector<ViewLink> switches;
    for (std::size_t at = 0; at < views.size(); ++at)
        switches.push_back({ &views[at], static_cast<std::int64_t>(at) == chosen_view });
    v.list("views", switches);
    v.field("by_month", chosen_view == 0);
    v.field("action", action);
    v.field("sheet", sheet);
    v.field("csv", csv);
    v.field("clear", clear);
    v.field("view_code", view_code);
    v.field("text", text);
    v.list("areas_to_choose", areas_to_choose);
    v.list("owners", owners);
    v.list("states", states);
    v.list("proofs_to_choose", proofs);
    v.list("months", months);
    v.list("shown_months", shown_months);
    v.list("columns", columns);
    v.field("width", width);
    v.field("cells_width", width - 5);
    v.list("areas", areas);
    v.field("narrowed", narrowed);
    v.field("nothing", nothing);
    v.list("more", more);
}

}
