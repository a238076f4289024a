#include "report/package_model.hpp"

namespace kpuhub::report {

void Tab::describe(view::Visitor& v) const
{
    v.field("label", label);
    v.field("link", link);
    v.field("current", current);
}

void PackageLine::describe(view::Visitor& v) const
{
    v.field("link", link);
    v.field("period", period);
    v.field("state", state);
    v.field("office", office);
    v.field("detail", detail);
}

void PackageOption::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("label", label);
    v.field("chosen", chosen);
}

void PackagesPage::describe(view::Visitor& v) const
{
    v.field("unit_name", unit_name);
    v.field("year", year);
    v.list("tabs", tab_links);
    v.list("own", own);
    v.list("waiting", waiting);
    v.field("waiting_in_all", static_cast<std::int64_t>(waiting.size()));
    v.list("periods", period_options);
    v.field("may_send", may_send);
    v.field("receives", receives);
    v.field("action", action);
    v.field("earlier", earlier);
    v.field("later", later);
    v.field("errors", errors);
}

void TickLine::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("label", label);
    v.field("detail", detail);
    v.field("ticked", ticked);
    v.field("due_on", due_on);
}

void RecipientTick::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("label", label);
    v.field("ticked", ticked);
}

void DeliveryLine::describe(view::Visitor& v) const
{
    v.field("recipient", recipient);
    v.field("state", state);
    v.field("office", office);
    v.field("receipt_number", receipt_number);
    v.field("received_by", received_by);
    v.field("received_at", received_at);
    v.field("decided_by", decided_by);
    v.field("decided_at", decided_at);
    v.field("reason", reason);
    v.field("delivery_round", round);
    v.field("delivery_version", version);
    v.field("may_receive", may_receive);
    v.field("may_return", may_return);
    v.field("may_accept", may_accept);
    v.field("to_receipt", to_receipt);
    v.field("to_return", to_return);
    v.field("to_acceptance", to_acceptance);
    v.field("proof", proof);
}

void FileLine::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("path", path);
    v.field("hash", hash);
    v.field("kilobytes", kilobytes);
    v.field("link", link);
}

void RoundLine::describe(view::Visitor& v) const
{
    v.field("round", round);
    v.field("sent_at", sent_at);
    v.field("sent_by", sent_by);
    v.field("round_note", note);
    v.field("hash", hash);
    v.field("kilobytes", kilobytes);
    v.field("archive", archive);
    v.list("deliveries", deliveries);
    v.list("files", files);
    v.list("elsewhere", elsewhere);
    v.field("elsewhere_in_all", static_cast<std::int64_t>(elsewhere.size()));
}

void PackagePage::describe(view::Visitor& v) const
{
    v.field("period", period);
    v.field("state", state);
    v.field("year", year);
    v.field("unit_name", unit_name);
    v.field("note", note);
    v.field("search", search);
    v.field("version", version);
    v.field("step", step);
    v.field("steps", steps);
    v.field("with_plan", with_plan);
    v.field("with_proofs", with_proofs);
    v.field("may_edit", may_edit);
    v.field("packing", packing);
    v.field("failed", failed);
    v.list("papers", papers);
    v.list("rows", rows);
    v.list("recipients", recipients);
    v.list("rounds", rounds);
    v.field("self", self);
    v.field("list", list);
    v.field("to_contents", to_contents);
    v.field("to_sending", to_sending);
    v.field("to_papers", to_papers);
    v.field("errors", errors);
    v.field("wrong", wrong);
}

}
