#include "plan/verification_model.hpp"
#include "plan/plan_marks.hpp"
#include "plan/progress.hpp"
#include <algorithm>
#include <charconv>
#include <set>

namespace kpuhub::plan {

static std::optional<std::int64_t> number_of(std::string_view text)
{
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc {} && end == text.data() + text.size() ? std::optional { number } : std::nullopt;
}

SheetForm read_sheet_form(http::Fields const& form)
{
    SheetForm sheet;
    sheet.returns = form.text("step") == "return";
    sheet.reason = form.text("reason");
    constexpr std::string_view single = "reason-";
    for (auto const& [name, value] : form.pairs()) {
        if (name == "pick") {
            auto dot = value.find('.');
            auto id = number_of(std::string_view(value).substr(0, dot));
            auto version = dot == std::string::npos ? std::nullopt : number_of(std::string_view(value).substr(dot + 1));
            if (id && version)
                sheet.ticked[{ *id }] = *version;
        } else if (name.starts_with(single)) {
            if (auto id = number_of(std::string_view(name).substr(single.size())); id && !value.empty())
                sheet.reasons[{ *id }] = value;
        }
    }
    return sheet;
}

void SheetProof::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("link", link);
    v.field("is_link", is_link);
}

void SheetLine::describe(view::Visitor& v) const
{
    v.field("id", id);
    v.field("pick", pick);
    v.field("code", code);
    v.field("text", text);
    v.field("link", link);
    v.field("period", period);
    v.field("sender", sender);
    v.field("sent_on", sent_on);
    std::vector<BoardStep> shown;
    for (auto const& flag : flags)
        shown.push_back({ {}, flag });
    v.list("flags", shown);
    v.list("proofs", proofs);
    v.field("more_proofs", more_proofs);
    v.list("proposals", proposals);
    v.field("note", note);
    v.field("ticked", ticked);
    v.field("reason", reason);
}

void SheetDecision::describe(view::Visitor& v) const
{
    v.field("state", state);
    v.field("code", code);
    v.field("text", text);
    v.field("period", period);
    v.field("at", at);
    v.field("link", link);
    v.field("verified", verified);
}

void SheetProposal::describe(view::Visitor& v) const
{
    v.field("text", text);
    v.field("title", title);
    v.field("link", link);
    v.field("due", due);
    v.field("more", more);
}

void SheetPage::describe(view::Visitor& v) const
{
    v.field("count", count);
    v.field("oldest", oldest);
    v.field("returns", returns);
    v.field("errors", errors);
    v.field("trouble", trouble);
    v.list("lines", lines);
    v.field("picked", static_cast<std::int64_t>(lines.size()));
    v.field("reason", reason);
    std::vector<FilterOption> choices;
    for (std::size_t at = 0; at < orders.size(); ++at)
        choices.push_back({ orders[at].link.address, orders[at].label, static_cast<std::int64_t>(at) == order });
    struct Choice {
        FilterOption const* option = nullptr;
        void describe(view::Visitor& w) const
        {
            w.field("link", view::Link { option ? option->value : std::string {} });
            w.field("label", option ? option->label : view::Sentence {});
            w.field("current", option && option->chosen);
        }
    };
    std::vector<Choice> links;
    for (auto const& each : choices)
        links.push_back({ &each });
    v.list("orders", links);
    v.list("decided", decided);
    v.list("proposals", proposals);
    v.field("nothing", nothing);
    v.field("action", view::Link { "/verification" });
}

static SheetLine line_of(WorkLine const& work, SheetParts const& parts, SheetForm const* form)
{
    constexpr std::size_t longest_text = 200;
    constexpr std::size_t longest_note = 160;
    constexpr std::size_t proofs_shown = 3;
    auto const& deliverable = work.deliverable;
    SheetLine line;
    line.id = std::to_string(deliverable.id.value);
    auto version = deliverable.version;
    if (form && form->ticked.contains(deliverable.id)) {
        line.ticked = true;
        version = form->ticked.at(deliverable.id);
    }
    line.pick = line.id + "." + std::to_string(version);
    line.code = row_code({ std::to_string(work.node.area_no), work.activity_number, work.node.number });
    line.text = shortened(work.node.body, longest_text);
    line.link = { deliverable_address(deliverable.id) };
    line.period = period_words(deliverable);
    line.sender = work.sender;
    if (deliverable.submitted_at)
        line.sent_on = time::date_at(*deliverable.submitted_at, work.plan.zone);
    if (backfilled(work.plan, deliverable.due_on))
        line.flags.push_back({ "plan.flag.backfilled" });
    if (auto days = days_late_at_submission(work.plan, work.node, deliverable))
        line.flags.push_back({ "plan.panel.done_late", { *days } });
    line.note = shortened(deliverable.note, longest_note);
    if (auto found = parts.proofs.find(subject_of(deliverable.id)); found != parts.proofs.end()) {
        for (auto const& proof : found->second) {
            if (line.proofs.size() == proofs_shown) {
                ++line.more_proofs;
                continue;
            }
            line.proofs.push_back({ proof.title, { "/evidence/" + std::to_string(proof.id.value) }, proof.kind == evidence::Kind::Link });
        }
    }
    for (auto const& each : parts.proposed)
        if (each.proposal.deliverable == deliverable.id && line.proposals.size() < proofs_shown)
            line.proposals.push_back({ each.proposal.title, { deliverable_address(deliverable.id) + "#usulan" } });
    if (form)
        if (auto found = form->reasons.find(deliverable.id); found != form->reasons.end())
            line.reason = found->second;
    return line;
}

static void sort_lines(WorkLines& waiting, std::string const& order)
{
    if (order == "oldest")
        return;
    std::ranges::stable_sort(waiting.lines, [&](WorkLine const& one, WorkLine const& other) {
        if (order == "sender")
            return one.sender < other.sender;
        return one.node.place < other.node.place;
    });
}

static SheetDecision decision_of(Decision const& each, time::Zone zone)
{
    constexpr std::size_t longest_text = 120;
    auto const& deliverable = each.deliverable;
    bool const verified = deliverable.state == State::Verified;
    return { state_mark(deliverable.state, false), bare_number(each.number), shortened(each.body, longest_text), period_words(deliverable),
        { deliverable.decided_at.value_or(time::Instant {}), zone }, { deliverable_address(deliverable.id) + (verified ? "#buka-kembali" : "") }, verified };
}

/// The rows of the office that nobody sent yet, nearest due day first, each once.
static std::vector<SheetProposal> proposals_of(std::vector<ProposedWork> const& proposed, WorkLines const& waiting)
{
    constexpr std::size_t longest_text = 140, most = 12;
    std::set<DeliverableId> sent;
    for (auto const& work : waiting.lines)
        sent.insert(work.deliverable.id);
    std::map<DeliverableId, std::size_t> place;
    std::vector<SheetProposal> rows;
    for (auto const& each : proposed) {
        if (sent.contains(each.proposal.deliverable))
            continue;
        auto const [at, fresh] = place.try_emplace(each.proposal.deliverable, rows.size());
        if (!fresh && at->second < rows.size())
            ++rows[at->second].more;
        else if (fresh && rows.size() < most)
            rows.push_back({ shortened(each.node.body, longest_text), each.proposal.title, { deliverable_address(each.proposal.deliverable) + "#usulan" }, each.due_on, 0 });
    }
    return rows;
}

SheetPage sheet_page(SheetParts parts, time::Zone zone, std::string const& order, SheetForm const* form, Fault const* fault)
{
    SheetPage page;
    page.count = parts.waiting.total;
    if (!parts.waiting.lines.empty())
        if (auto sent = parts.waiting.lines.front().deliverable.submitted_at)
            page.oldest = time::date_at(*sent, zone);
    sort_lines(parts.waiting, order);
    page.returns = form && form->returns && !form->ticked.empty();
    for (auto const& work : parts.waiting.lines)
        if (!page.returns || form->ticked.contains(work.deliverable.id))
            page.lines.push_back(line_of(work, parts, form));
    if (form)
        page.reason = form->reason;
    if (fault) {
        page.errors = view::field_errors(*fault);
        if (!page.errors)
            page.trouble = view::sentence_of(*fault);
    }
    for (std::string const each : { "area", "oldest", "sender" }) {
        if (each == order)
            page.order = static_cast<std::int64_t>(page.orders.size());
        page.orders.push_back({ { each == "area" ? "/verification" : "/verification?sort=" + each }, { "plan.sheet.order." + each } });
    }
    if (!form)
        page.proposals = proposals_of(parts.proposed, parts.waiting);
    for (auto const& each : parts.decided)
        page.decided.push_back(decision_of(each, zone));
    if (page.count == 0) {
        page.nothing = view::EmptyState { { "plan.sheet.nothing" } };
        if (!parts.decided.empty() && parts.decided.front().deliverable.decided_at)
            page.nothing->body = view::Sentence { "plan.sheet.last", { time::date_at(*parts.decided.front().deliverable.decided_at, zone) } };
    }
    return page;
}

}
