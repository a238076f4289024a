#include "decree/review_model.hpp"

namespace kpuhub::decree {

void MonthChip::describe(view::Visitor& v) const { v.field("month", month); }

void RowLine::describe(view::Visitor& v) const
{
    v.field("path", path);
    v.field("text", text);
    v.field("edit", edit);
    v.list("months", months);
    v.field("certain", certain);
    v.field("marks", marks);
    v.field("confidence", confidence);
    v.field("page", page);
    v.field("mark", mark);
}

void GroupBlock::describe(view::Visitor& v) const
{
    v.field("code", code);
    v.field("title", title);
    v.field("why", why);
    v.field("rows", rows);
    v.field("first", first);
    v.field("open", open);
    v.field("change", change);
    v.field("button", button);
    v.list("months", months);
    v.field("takes_text", takes_text);
    v.field("takes_number", takes_number);
    v.field("value", value);
    v.field("look", look);
    v.list("lines", lines);
    v.list("details", details);
}

void StepLine::describe(view::Visitor& v) const
{
    v.field("step", step);
    v.field("title", title);
    v.field("rows", rows);
    v.field("person", person);
    v.field("at", at);
}

void SourceLine::describe(view::Visitor& v) const
{
    v.field("number", number);
    v.field("text", text);
    v.field("marked", marked);
    v.field("sheet", sheet);
}

void DraftRow::describe(view::Visitor& v) const
{
    v.field("css", css);
    v.field("number", number);
    v.field("text", text);
    v.field("link", link);
    v.list("months", months);
    v.field("uncertain", uncertain);
    v.field("below", below);
}

void ReviewPage::describe(view::Visitor& v) const
{
    v.field("version", version);
    v.field("file_name", file_name);
    v.field("number", number);
    v.field("unit_name", unit_name);
    v.field("areas", areas);
    v.field("subactivities", subactivities);
    v.field("indicators", indicators);
    v.field("changed_by", changed_by);
    v.field("changed_at", changed_at);
    v.field("decided", decided);
    v.field("all", all);
    v.list("groups", groups);
    v.list("notes", notes);
    v.list("steps", steps);
    v.list("source", source);
    v.field("source_range", source_range);
    v.field("paper", paper);
    v.list("rows", rows);
    v.field("year", view::Year { static_cast<int>(year) });
    v.field("self", self);
    v.field("decisions", decisions);
    v.field("undo", undo);
    v.field("fix", fix);
    v.field("file", file);
    v.field("discard", discard);
    v.field("may_manage", may_manage);
}

}
