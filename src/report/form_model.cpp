#include "report/form_model.hpp"

namespace kpuhub::report {

void KindOption::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("label", label);
    v.field("about", about);
    v.field("selected", selected);
}

void PeriodOption::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("label", label);
    v.field("selected", selected);
}

void HandoverOption::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("label", label);
}

void NewPage::describe(view::Visitor& v) const
{
    v.field("unit_name", unit_name);
    v.field("action", action);
    v.field("back", back);
    v.list("kinds", kinds);
    v.field("year", view::Year { static_cast<int>(year) });
    v.list("periods", periods);
    v.list("handovers", handovers);
    v.field("errors", errors);
    v.field("wrong", wrong);
}

void FormField::describe(view::Visitor& v) const
{
    v.field("name", name);
    v.field("label", label);
    v.field("value", value);
    v.field("is_lines", is_lines);
    v.field("is_date", is_date);
}

void ReasonField::describe(view::Visitor& v) const
{
    v.field("name", name);
    v.field("title", title);
    v.field("state", state);
    v.field("owner", owner);
    v.field("value", value);
}

void ReportForm::describe(view::Visitor& v) const
{
    v.field("heading", heading);
    v.field("title", title);
    v.field("version", version);
    v.field("action", action);
    v.field("back", back);
    v.list("fields", fields);
    v.list("reasons", reasons);
    v.list("signers", signers);
    v.field("signer_count", signer_count);
    v.field("a4", a4);
    v.field("errors", errors);
    v.field("wrong", wrong);
}

void LaterRow::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("before", before);
    v.field("now", now);
    v.field("note_before", note_before);
    v.field("note_now", note_now);
    v.field("proofs_before", proofs_before);
    v.field("proofs_now", proofs_now);
    v.field("gone", gone);
    v.field("link", link);
}

void LaterPage::describe(view::Visitor& v) const
{
    v.field("heading", heading);
    v.field("title", title);
    v.field("reported_on", reported_on);
    v.field("today", today);
    v.list("rows", rows);
    v.field("same", same);
    v.field("verified_before", verified_before);
    v.field("verified_now", verified_now);
    v.field("late_before", late_before);
    v.field("late_now", late_now);
    v.field("back", back);
}

}
