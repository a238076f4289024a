#include "record/retention_model.hpp"

namespace kpuhub::record {

void OverGroupRow::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("year", year);
    v.field("records", records);
    v.field("rule", rule);
    v.field("link", link);
}

void EndingGroupRow::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("last_day", last_day);
    v.field("records", records);
}

void DecisionRow::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("year", year);
    v.field("state", state);
    v.field("what", what);
    v.field("by", by);
    v.field("reason", reason);
    v.field("outcome", outcome);
    v.field("judged_at", judged_at);
    v.field("judged_by", judged_by);
    v.field("version", version);
    v.field("judge", judge);
    v.field("may_approve", may_approve);
    v.field("waits", waits);
}

void RetentionPage::describe(view::Visitor& v) const
{
    v.field("office", office);
    v.list("groups", groups);
    v.list("ending", ending);
    v.field("ending_days", ending_days);
    v.field("ending_more", ending_more);
    v.list("decisions", decisions);
    v.field("in_all", in_all);
    v.field("back", back);
    v.field("nothing", nothing);
}

void OverRecordRow::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("state", state);
    v.field("ended_on", ended_on);
}

void RetentionGroupPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("year", year);
    v.field("rule", rule);
    v.field("legal_basis", legal_basis);
    v.field("records", records);
    v.field("taken", taken);
    v.field("after_closing", after_closing);
    v.list("rows", rows);
    v.field("next", next);
    v.field("back", back);
    v.field("decide", decide);
    v.field("may_decide", may_decide);
    v.field("may_destroy", may_destroy);
    v.field("fate", fate);
    v.field("reason", reason);
    v.field("keep_until", keep_until);
    v.field("errors", errors);
    v.field("nothing", nothing);
}

}
