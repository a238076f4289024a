#include "campaign/campaign_model.hpp"

namespace kpuhub::campaign {

void CampaignLine::describe(view::Visitor& v) const
{
    v.field("link", link);
    v.field("own", own);
    v.field("title", title);
    v.field("due_on", due_on);
    v.field("closed", closed);
    v.field("late", late);
    v.field("filed", filed);
    v.field("asked", asked);
    v.field("share", share);
}

void Choice::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("label", label);
    v.field("hint", hint);
    v.field("chosen", chosen);
}

void NamedLink::describe(view::Visitor& v) const
{
    v.field("link", link);
    v.field("name", name);
}

void CampaignsPage::describe(view::Visitor& v) const
{
    v.field("unit_name", unit_name);
    v.list("running", running);
    v.list("ended", closed);
    v.field("may_start", may_start);
    v.field("may_order", may_order);
    v.list("matters", matters);
    v.list("scopes", scopes);
    v.field("new_period", period);
    v.field("new_due_on", due_on);
    v.list("duties", duties);
    v.list("below", below);
    v.field("order_done", order_done);
    v.field("order_all", order_all);
    v.field("action", action);
    v.field("nothing", nothing);
    v.field("errors", errors);
    v.field("wrong", wrong);
}

void PersonLine::describe(view::Visitor& v) const
{
    v.field("name", name);
    v.field("post_title", post_title);
    v.field("subdivision", subdivision);
    v.field("link", link);
    v.field("meaning", meaning);
    v.field("state", state);
    v.list("facts", facts);
    v.field("due_on", due_on);
    v.field("late", late);
    v.field("own_day", own_day);
    v.field("reminded_on", reminded_on);
    v.field("item", item);
}

void FilterLink::describe(view::Visitor& v) const
{
    v.field("link", link);
    v.field("label", label);
    v.field("count", count);
    v.field("current", current);
}

void CampaignPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("unit_name", unit_name);
    v.field("lead", lead);
    v.field("ordered_by", ordered_by);
    v.field("due_on", due_on);
    v.field("closed_on", closed_on);
    v.field("late", late);
    v.field("asking", asking);
    v.field("reads_names", reads_names);
    v.field("may_run", may_run);
    v.field("may_accept", may_accept);
    v.field("version", version);
    v.field("asked", asked);
    v.field("filed", filed);
    v.field("accepted", accepted);
    v.field("missing", missing);
    v.field("exempt", exempt);
    v.field("left", left);
    v.field("share", share);
    v.field("complete", complete);
    v.list("shows", shows);
    v.list("subdivisions", subdivisions);
    v.list("people", people);
    v.list("apart", apart);
    v.list("newcomers", newcomers);
    v.field("reminder", reminder);
    v.field("reachable", reachable);
    v.field("own", own);
    v.field("to_reminders", to_reminders);
    v.field("to_acceptance", to_acceptance);
    v.field("to_people", to_people);
    v.field("to_closing", to_closing);
    v.field("to_reopening", to_reopening);
    v.field("sheet", sheet);
    v.field("csv", csv);
    v.field("paper", paper);
    v.field("next", next);
    v.field("earlier", before);
    v.field("left_over", left_over);
    v.field("to_accept", to_accept);
    v.field("nothing", nothing);
    v.field("errors", errors);
    v.field("wrong", wrong);
}

void BranchLine::describe(view::Visitor& v) const
{
    v.field("code", code);
    v.field("name", name);
    v.field("link", link);
    v.field("several", several);
    v.field("none", none);
    v.field("units", units);
    v.field("running", running);
    v.field("asked", asked);
    v.field("filed", filed);
    v.field("accepted", accepted);
    v.field("share", share);
    v.field("complete", complete);
}

void MatrixPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("unit_name", unit_name);
    v.list("branches", branches);
    v.field("units", units);
    v.field("running", running);
    v.field("asked", asked);
    v.field("filed", filed);
    v.field("accepted", accepted);
    v.field("share", share);
    v.field("complete", complete);
    v.list("years", years);
    v.field("sheet", sheet);
    v.field("csv", csv);
    v.field("list", list);
    v.field("nothing", nothing);
}

}
