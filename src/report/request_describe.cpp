#include "report/request_model.hpp"

namespace kpuhub::report {

void AskedLine::describe(view::Visitor& v) const
{
    v.field("link", link);
    v.field("title", title);
    v.field("office", office);
    v.field("due_on", due_on);
    v.field("state", state);
    v.field("late", late);
    v.field("detail", detail);
}

void OfficeTick::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("name", name);
    v.field("ticked", ticked);
}

void RequestsPage::describe(view::Visitor& v) const
{
    v.field("unit_name", unit_name);
    v.list("tabs", tab_links);
    v.list("asked", asked);
    v.list("asking", asking);
    v.field("may_ask", may_ask);
    v.list("offices", offices);
    v.field("new_title", title);
    v.field("new_body", body);
    v.field("new_measure", measure);
    v.field("new_due_on", due_on);
    v.list("wants", wants);
    v.list("scopes", scopes);
    v.field("action", action);
    v.field("errors", errors);
}

void AnswerCell::describe(view::Visitor& v) const
{
    v.field("office", office);
    v.field("code", code);
    v.field("state", state);
    v.field("answered_at", answered_at);
    v.field("answered_by", answered_by);
    v.field("value", value);
    v.field("share", share);
    v.field("note", note);
    v.field("late", late);
    v.field("link", link);
    v.field("material", material);
}

void RequestPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("body", body);
    v.field("measure", measure);
    v.field("unit_name", unit_name);
    v.field("wants", wants);
    v.field("due_on", due_on);
    v.field("closed", closed);
    v.field("may_act", may_act);
    v.field("version", version);
    v.field("offices", offices);
    v.field("answered", answered);
    v.field("not_available", not_available);
    v.field("open", open);
    v.list("answers", answers);
    v.field("with_sum", has_sum);
    v.field("sum", sum);
    v.field("sum_share", sum_share);
    v.field("reminder", reminder);
    v.field("list", list);
    v.field("xlsx", xlsx);
    v.field("csv", csv);
    v.field("to_reminders", to_reminders);
    v.field("to_closing", to_closing);
    v.field("errors", errors);
    v.field("wrong", wrong);
}

void CommentLine::describe(view::Visitor& v) const
{
    v.field("person", person);
    v.field("body", body);
    v.field("at", at);
}

void AnswerPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("request_body", body);
    v.field("measure", measure);
    v.field("asking", asking);
    v.field("unit_name", unit_name);
    v.field("wants", wants);
    v.field("state", state);
    v.field("due_on", due_on);
    v.field("closed", closed);
    v.field("may_answer", may_answer);
    v.field("late", late);
    v.field("not_available", not_available);
    v.field("wants_paper", wants_paper);
    v.field("wants_share", wants_share);
    v.field("version", version);
    v.field("numerator", numerator);
    v.field("denominator", denominator);
    v.field("address", address);
    v.field("note", note);
    v.field("file_name", file_name);
    v.field("answered_by", answered_by);
    v.field("answered_at", answered_at);
    v.list("papers", papers);
    v.list("comments", comments);
    v.field("action", action);
    v.field("list", list);
    v.field("file", file);
    v.field("paper", paper);
    v.field("link", link);
    v.field("paper_title", paper_title);
    v.field("errors", errors);
    v.field("wrong", wrong);
}

}
