#include "account/form.hpp"
#include "plan/bound_model.hpp"
#include "plan/edit_work.hpp"
#include "plan/page_office.hpp"
#include "plan/plan_marks.hpp"
#include "plan/plan_pages.hpp"
#include "plan/target_model.hpp"
#include "text/normal.hpp"
#include <algorithm>

namespace kpuhub::plan {

void TargetOption::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("title", title);
    v.field("service", service);
    v.field("service_title", service_title);
    v.field("phrase", phrase);
    v.field("chosen", chosen);
}

void TargetPage::describe(view::Visitor& v) const
{
    v.field("text", text);
    v.field("above", above);
    v.field("by_hand", by_hand);
    v.field("q", q);
    v.list("now", now);
    v.list("proposals", proposals);
    v.list("found", found);
    v.field("more", more);
    v.field("nothing_found", nothing_found);
    v.field("version", version);
    v.field("action", action);
    v.field("back", back);
    v.field("errors", errors);
}

namespace {

struct TargetWork {
    RowEditing row {};
    std::vector<RowTarget> targets;
    std::set<std::string, std::less<>> on {};
    std::shared_ptr<definition::Offer const> offer;
    definition::WordedRow words {};
};

/// The text of the rows above, and the words that the binder looks at.
bool words_above(std::vector<TreeNode> const& nodes, PlanNodeId id, definition::WordedRow& words)
{
    for (auto const& node : nodes) {
        if (node.row.id == id) {
            words.text = node.row.body;
            return true;
        }
        if (!words_above(node.children, id, words))
            continue;
        if (node.row.level == Level::Subactivity)
            words.subactivity = node.row.body;
        else if (node.row.level == Level::Activity)
            words.activity = node.row.body;
        else if (node.row.level == Level::Area)
            words.area = node.row.area_no;
        return true;
    }
    return false;
}

Result<TargetWork> target_work(account::Visit& visit, PlanKind kind)
{
    TargetWork work { TRY(row_editing(visit, kind)), {}, {}, {}, {} };
    if (work.row.node.level != Level::Indicator && work.row.node.level != Level::Subactivity)
        return not_found();
    words_above(work.row.editing.tree.areas, work.row.id, work.words);
    return visit.database.read([&](storage::Reader& reader) -> Result<TargetWork> {
        for (auto& each : targets_of(reader, work.row.editing.head.plan.id))
            if (each.node == work.row.id)
                work.targets.push_back(std::move(each));
        work.offer = definition::offer(reader);
        return std::move(work);
    });
}

TargetOption option_of(TargetWork const& work, definition::BindingTarget const& target, text::Language language)
{
    auto const kind = std::string { to_text(target.kind) };
    TargetOption option { kind + ":" + target.id, target.title.in(language) };
    auto const& head = work.row.editing.head;
    auto lines = bound_lines({ *work.offer, work.on, head.unit_code, head.plan.year }, kind, target.id, language);
    option.service = lines.front().service;
    if (lines.front().title != option.title)
        option.service_title = lines.front().title;
    option.chosen = std::ranges::any_of(work.targets, [&](RowTarget const& each) { return each.kind == kind && each.id == target.id; });
    return option;
}

/// Those whose title holds the text, or that one of the phrases tells of.
bool found_by(definition::BindingTarget const& target, std::string const& wanted)
{
    auto holds = [&](std::string const& text) { return text::normal(text).find(wanted) != std::string::npos; };
    return holds(target.title.id) || holds(target.title.en) || std::ranges::any_of(target.phrases, holds);
}

TargetPage target_page(TargetWork const& work, std::string const& q, text::Language language)
{
    constexpr std::size_t most_proposals = 3, most_found = 30;
    TargetPage page;
    page.text = work.row.node.body;
    page.above = work.words.subactivity;
    page.q = q;
    page.version = work.row.editing.head.plan.version;
    page.action = { work.row.address + "/targets" };
    page.back = { rows_address(work.row.editing.head) + "?area=" + std::to_string(work.row.id.value) + "#r" + std::to_string(work.row.id.value) };
    page.by_hand = std::ranges::any_of(work.targets, [](RowTarget const& each) { return each.how != BoundBy::Import; });
    std::set<std::string> shown;
    auto put = [&](std::vector<TargetOption>& list, TargetOption option) {
        if (shown.insert(option.value).second)
            list.push_back(std::move(option));
    };
    for (auto const& each : work.targets) {
        auto const kind = definition::target_kind(each.kind);
        if (!kind)
            continue;
        if (auto const* target = work.offer->find(*kind, each.id))
            put(page.now, option_of(work, *target, language));
        else
            put(page.now, { each.kind + ":" + each.id, each.id, { "gone", "plan.bound.gone" }, {}, {}, true });
    }
    for (auto const& match : work.offer->binder().matches(work.words)) {
        if (page.proposals.size() == most_proposals)
            break;
        auto option = option_of(work, *match.target, language);
        option.phrase = match.phrase;
        put(page.proposals, std::move(option));
    }
    auto const wanted = text::normal(q);
    for (auto const& target : work.offer->binder().targets()) {
        if (wanted.empty() || !found_by(target, wanted))
            continue;
        if (page.found.size() == most_found) {
            page.more = true;
            break;
        }
        put(page.found, option_of(work, target, language));
    }
    page.nothing_found = !wanted.empty() && page.found.empty();
    return page;
}

http::Response answer(account::Visit& visit, TargetWork const& work, Fault const* fault)
{
    auto const& head = work.row.editing.head;
    auto page = target_page(work, visit.request.query.text("q"), visit.public_frame({}).language);
    if (fault)
        page.errors = view::field_errors(*fault);
    PageOffice const office { head.plan.unit, head.unit_code, head.unit_name };
    auto frame = plan_frame(visit, { "plan.target.title" }, office, head.plan.year, "plans");
    bool const model = head.plan.kind == PlanKind::Model;
    frame.crumbs = { { { model ? "plan.rows.model_title" : "plan.rows.title", { view::Year { head.plan.year } } }, { rows_address(head) } }, { { "plan.target.title" } } };
    if (visit.request.query.text("done") == "1")
        frame.notice = view::Notice { view::Notice::Kind::Done, { "plan.target.saved" } };
    return visit.page("plan/targets", page, frame, fault ? http::status_of(fault->kind) : 200);
}

Result<http::Response> show_targets(account::Visit& visit, PlanKind kind) { return answer(visit, TRY(target_work(visit, kind)), nullptr); }

TargetChoice choice_in(http::Fields const& form, PlanNodeId node)
{
    TargetChoice choice { node, {} };
    for (auto const& [name, value] : form.pairs())
        if (auto colon = value.find(':'); name == "target" && colon != std::string::npos)
            choice.targets.emplace_back(value.substr(0, colon), value.substr(colon + 1));
        else if (name == "target")
            choice.targets.emplace_back(value, std::string {});
    return choice;
}

Result<http::Response> save_targets(account::Visit& visit, PlanKind kind)
{
    auto const work = TRY(target_work(visit, kind));
    auto const& form = visit.request.form;
    auto const act = visit.act();
    auto const plan = work.row.editing.head.plan.id;
    auto saved = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto const version = form.integer("version").value_or(0);
        if (form.text("step") == "reset")
            TRY_VOID(reset_targets(transaction, act, plan, version, work.row.id));
        else
            TRY_VOID(choose_targets(transaction, act, plan, version, choice_in(form, work.row.id)));
        return work.row.address + "/targets?done=1";
    });
    if (saved || visit.request.wants_json || saved.error().kind != FaultKind::Invalid)
        return saved;
    return answer(visit, work, &saved.error());
}

}

void register_target_pages(account::Door const& door, http::Router& router)
{
    for (auto kind : { PlanKind::Office, PlanKind::Model }) {
        std::string const address = kind == PlanKind::Model ? "/units/{unit}/models/{year}/rows/{row}/targets" : "/units/{unit}/plans/{year}/rows/{row}/targets";
        std::string const permission = kind == PlanKind::Model ? "plan.publish_model" : "plan.manage";
        door.get<TargetPage>(router, address, permission, [kind](account::Visit& visit) { return show_targets(visit, kind); });
        door.post(router, address, permission, [kind](account::Visit& visit) { return save_targets(visit, kind); });
    }
}

}
