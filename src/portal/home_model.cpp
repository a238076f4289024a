#include "portal/home_model.hpp"

namespace kpuhub::portal {

void CountRow::describe(view::Visitor& v) const
{
    v.field("label", label);
    v.field("link", link);
    v.field("count", count);
    v.field("urgent", urgent && count > 0);
    v.field("about", about);
}

void AskRow::describe(view::Visitor& v) const
{
    v.field("link", link);
    v.field("title", title);
    v.field("asks", asks);
    v.field("due_on", due_on);
    v.field("late", late);
}

void Reminder::describe(view::Visitor& v) const
{
    v.field("text", text);
    v.field("rows", rows);
}

void QuarterCell::describe(view::Visitor& v) const
{
    v.field("css", css);
    v.field("text", text);
    v.field("late", late);
    v.field("link", link);
}

void QuarterRow::describe(view::Visitor& v) const
{
    v.field("area", area);
    v.list("cells", cells);
}

void OfficeRow::describe(view::Visitor& v) const
{
    v.field("code", code);
    v.field("name", name);
    v.field("link", link);
    v.field("plan", plan);
    v.field("fixed", fixed);
    v.field("units", units);
    v.field("several", several);
    v.field("to_date", to_date);
    v.field("late", late);
    v.field("late_link", late_link);
}

void HomeBlock::describe(view::Visitor& v) const
{
    v.field("kind", kind);
    v.field("first", first);
    v.field("title", title);
    v.field("count", count);
    v.field("lead", lead);
    v.field("named", named);
    v.field("sent", sent);
    v.list("rows", rows);
    v.list("asks", asks);
    v.list("counts", counts);
    v.list("bars", bars);
    v.list("quarters", quarters);
    v.list("offices", offices);
    v.field("reminder", reminder);
    v.field("nothing", nothing);
    v.field("main", main);
    v.field("main_words", main_words);
    v.field("all", all);
    v.field("send", send);
}

void HomePage::describe(view::Visitor& v) const
{
    v.field("as_of", as_of);
    v.field("office", office);
    v.field("sentence", sentence);
    v.field("late_sentence", late_sentence);
    v.list("wide", wide);
    v.list("narrow", narrow);
    v.list("signers", signers);
    v.field("pleno", pleno);
}

}
