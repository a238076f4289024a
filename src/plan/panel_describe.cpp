#include "plan/panel_model.hpp"

namespace kpuhub::plan {

void PanelLine::describe(view::Visitor& v) const
{
    v.field("id", id);
    v.field("anchor", anchor);
    v.field("number", number);
    v.field("text", text);
    v.field("share", share);
    v.field("figure", figure);
    v.field("document", document);
    v.field("numerator", numerator);
    v.field("denominator", denominator);
    v.list("answers", answers);
    v.field("fulfilled", fulfilled);
    v.field("value", value);
    v.field("done", done);
    v.field("todo", todo);
    v.field("error", error);
    v.field("saved", saved);
    v.field("written", written);
    v.field("evidence", proofs);
    v.field("add_proof", add_proof);
}

void SharedLine::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("link", link);
    v.field("what", what);
    v.field("unit_name", unit_name);
}

void PanelEvent::describe(view::Visitor& v) const
{
    v.field("css", css);
    v.field("at", at);
    v.field("who", who);
    v.field("on_behalf", on_behalf);
    v.field("what", what);
    v.field("reason", reason);
}

void PanelComment::describe(view::Visitor& v) const
{
    v.field("who", who);
    v.field("at", at);
    v.field("body", body);
}

static std::vector<BoardStep> labels(std::vector<view::Sentence> const& sentences)
{
    std::vector<BoardStep> made;
    for (auto const& each : sentences)
        made.push_back({ {}, each });
    return made;
}

void PanelPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("code", code);
    v.field("full_text", full_text);
    v.field("period", period);
    v.field("due_on", due_on);
    v.field("when", when);
    v.field("state", state);
    v.list("flags", labels(flags));
    v.field("version", version);
    v.field("errors", errors);
    v.field("conflict", conflict);
    v.list("lines", lines);
    v.field("fulfilled_lines", fulfilled);
    v.field("lines_in_all", static_cast<std::int64_t>(lines.size()));
    v.field("note", note);
    v.field("saved_note", saved_note);
    v.field("evidence", proofs);
    v.list("bound", bound);
    v.list("proposals", proposals);
    v.field("proposals_in_all", static_cast<std::int64_t>(proposals.size()));
    v.list("shared", shared);
    v.field("takes_shared", takes_shared);
    v.field("shared_in_all", static_cast<std::int64_t>(shared.size()));
    v.field("due_rule", due_rule);
    v.field("due_off", due_off);
    v.field("owner", owner);
    v.field("source", source);
    v.field("remark", remark);
    v.list("verifiers", labels(verifiers));
    v.field("nobody_verifies", nobody_verifies);
    v.field("schedule", schedule);
    v.field("previous", previous);
    v.field("next", next);
    v.list("history", history);
    v.list("comments", comments);
    v.field("comments_in_all", static_cast<std::int64_t>(comments.size()));
    v.field("comment", comment);
    v.field("reason", reason);
    v.field("return_reason", return_reason);
    v.list("missing", labels(missing));
    v.field("may_work", may_work);
    v.field("may_withdraw", may_withdraw);
    v.field("may_decide", may_decide);
    v.field("may_reopen", may_reopen);
    v.field("may_leave_out", may_leave_out);
    v.field("may_comment", may_comment);
    v.field("closed_words", closed_words);
    for (auto [name, step] : { std::pair { "to_items", "items" }, { "to_submission", "submission" }, { "to_withdrawal", "submission/withdrawal" },
             { "to_verification", "verification" }, { "to_return", "return" }, { "to_reopening", "reopening" },
             { "to_not_applicable", "not-applicable" }, { "to_comments", "comments" }, { "to_proposals", "proposals" } })
        v.field(name, view::Link { address + "/" + step });
    v.field("journal", view::Link { "/subjects/" + (address.empty() ? std::string {} : address.substr(address.rfind('/') + 1)) + "/journal" });
}

}
