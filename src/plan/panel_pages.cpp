#include "evidence/evidence_store.hpp"
#include "account/form.hpp"
#include "plan/page_office.hpp"
#include "plan/panel_form.hpp"
#include "plan/panel_model.hpp"
#include "plan/plan_deliver.hpp"
#include "plan/plan_marks.hpp"
#include "plan/plan_pages.hpp"
#include "plan/plan_verify.hpp"
#include <algorithm>

namespace kpuhub::plan {

namespace {

constexpr int events_shown = 30;

Result<PanelParts> parts_of(account::Visit& visit, DeliverableId id)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<PanelParts> {
        PanelParts parts;
        parts.panel = TRY(panel(reader, visit.reader.person, visit.reader.today, id));
        parts.proofs = evidence::of_subject(reader, { visit.reader.person, visit.reader.today }, subject_of(id));
        parts.history = subject::history(reader, subject_of(id), events_shown);
        parts.shared = shared_proofs(reader, visit.reader.today, parts.panel);
        if (!parts.shared.sources.empty())
            for (auto& event : shared_events(reader, visit.reader.today, parts.panel, events_shown))
                parts.shared_events.emplace_back(parts.shared.sources[{ event.subject.value }], std::move(event));
        return parts;
    });
}

std::optional<view::Notice> notice_of(http::Fields const& query)
{
    static constexpr std::string_view known[] = { "saved", "submitted", "withdrawn", "verified", "returned", "reopened", "commented", "left_out", "confirmed", "dismissed" };
    auto done = query.text("done");
    if (std::ranges::find(known, done) == std::end(known))
        return std::nullopt;
    return view::Notice { view::Notice::Kind::Done, { "plan.done." + done } };
}

http::Response panel_answer(account::Visit& visit, PanelParts const& parts, PanelForm const* typed, Fault const* fault)
{
    auto page = panel_page(parts, visit.reader, visit.public_frame({}).language, typed, fault);
    auto const& plan = parts.panel.head.plan;
    PageOffice const office { plan.unit, parts.panel.head.unit_code, parts.panel.head.unit_name };
    auto frame = plan_frame(visit, view::plain(page.code + " " + shortened(page.title, 60)), office, plan.year);
    auto const board = board_address(office.code, plan.year);
    frame.crumbs = { { { "plan.board.title", { view::Year { plan.year } } }, { board } },
        { view::plain(shortened(parts.panel.area_text, 70)), { board } } };
    if (!parts.panel.activity_text.empty())
        frame.crumbs.push_back({ view::plain(shortened(parts.panel.activity_text, 70)) });
    frame.notice = notice_of(visit.request.query);
    if (page.may_work || page.may_decide || page.may_withdraw)
        frame.dock.reset();
    return visit.page("plan/panel", page, frame, fault ? http::status_of(fault->kind) : 200);
}

Result<DeliverableId> deliverable_of(account::Visit const& visit)
{
    return DeliverableId { TRY(account::number_in(visit.request, "id")) };
}

Result<http::Response> show_panel(account::Visit& visit)
{
    auto parts = TRY(parts_of(visit, TRY(deliverable_of(visit))));
    return panel_answer(visit, parts, nullptr, nullptr);
}

using Step = std::function<Result<void>(storage::Transaction&, journal::Act const&, Panel const&, PanelForm const&)>;

/// Reads the panel and the form, runs the step; a form sent back shows what was typed beside what is saved now.
Result<http::Response> run_step(account::Visit& visit, std::string_view done, Step const& step)
{
    auto const id = TRY(deliverable_of(visit));
    auto parts = TRY(parts_of(visit, id));
    auto typed = read_panel_form(visit.request.form, parts.panel);
    auto const act = visit.act();
    auto answer = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(step(transaction, act, parts.panel, typed));
        return deliverable_address(id) + "?done=" + std::string(done);
    });
    if (answer || visit.request.wants_json)
        return answer;
    auto const kind = answer.error().kind;
    if (kind != FaultKind::Invalid && kind != FaultKind::Conflict)
        return answer;
    if (kind == FaultKind::Conflict)
        parts = TRY(parts_of(visit, id));
    return panel_answer(visit, parts, &typed, &answer.error());
}

/// Writes what differs from what is saved; gives the version that stands afterwards.
Result<Shown> save_typed(storage::Transaction& transaction, journal::Act const& act, Panel const& panel, PanelForm const& typed)
{
    if (!typed.faults.empty())
        return invalid("plan.item.invalid", typed.faults);
    Shown shown { panel.deliverable.id, typed.version };
    if (!typed.items.empty()) {
        TRY_VOID(write_items(transaction, act, shown, typed.items));
        ++shown.version;
    }
    if (typed.note && *typed.note != panel.deliverable.note) {
        TRY_VOID(write_note(transaction, act, shown, *typed.note));
        ++shown.version;
    }
    return shown;
}

Result<http::Response> save(account::Visit& visit)
{
    return run_step(visit, "saved", [](auto& transaction, auto const& act, auto const& panel, auto const& typed) -> Result<void> {
        TRY(save_typed(transaction, act, panel, typed));
        return {};
    });
}

Result<http::Response> send(account::Visit& visit)
{
    return run_step(visit, "submitted", [](auto& transaction, auto const& act, auto const& panel, auto const& typed) -> Result<void> {
        auto shown = TRY(save_typed(transaction, act, panel, typed));
        return submit(transaction, act, shown, std::nullopt);
    });
}

Result<http::Response> take_back(account::Visit& visit)
{
    return run_step(visit, "withdrawn", [](auto& transaction, auto const& act, auto const& panel, auto const& typed) {
        return withdraw(transaction, act, { panel.deliverable.id, typed.version });
    });
}

Result<http::Response> verify_one(account::Visit& visit)
{
    return run_step(visit, "verified", [](auto& transaction, auto const& act, auto const& panel, auto const& typed) -> Result<void> {
        TRY(verify(transaction, act, { { { panel.deliverable.id, typed.version }, {} } }));
        return {};
    });
}

Result<http::Response> return_one(account::Visit& visit)
{
    return run_step(visit, "returned", [](auto& transaction, auto const& act, auto const& panel, auto const& typed) -> Result<void> {
        TRY(send_back(transaction, act, { { { panel.deliverable.id, typed.version }, typed.reason } }));
        return {};
    });
}

Result<http::Response> reopen_one(account::Visit& visit)
{
    return run_step(visit, "reopened", [](auto& transaction, auto const& act, auto const& panel, auto const& typed) {
        return reopen(transaction, act, { panel.deliverable.id, typed.version }, typed.reason);
    });
}

Result<http::Response> leave_out(account::Visit& visit)
{
    return run_step(visit, "left_out", [](auto& transaction, auto const& act, auto const& panel, auto const& typed) {
        return mark_not_applicable(transaction, act, { panel.deliverable.id, typed.version }, typed.reason);
    });
}

Result<http::Response> add_comment(account::Visit& visit)
{
    return run_step(visit, "commented", [](auto& transaction, auto const& act, auto const& shown, auto const& typed) -> Result<void> {
        auto now = TRY(panel(transaction, act.actor, act.today, shown.deliverable.id));
        if (!now.head.rights.comment)
            return forbidden("plan.comment.forbidden");
        if (now.head.plan.state == PlanState::Closed)
            return conflict("plan.closed");
        return subject::add_comment(transaction, act, subject_of(now.deliverable.id), now.head.plan.unit, typed.comment);
    });
}

}

void register_panel_pages(account::Door const& door, http::Router& router)
{
    door.get<PanelPage>(router, "/deliverables/{id}", "plan.read", show_panel);
    door.post(router, "/deliverables/{id}/items", "plan.work", save);
    door.post(router, "/deliverables/{id}/submission", "plan.work", send);
    door.post(router, "/deliverables/{id}/submission/withdrawal", "plan.work", take_back);
    door.post(router, "/deliverables/{id}/verification", "plan.verify", verify_one);
    door.post(router, "/deliverables/{id}/return", "plan.verify", return_one);
    door.post(router, "/deliverables/{id}/reopening", "plan.verify", reopen_one);
    door.post(router, "/deliverables/{id}/not-applicable", "plan.manage", leave_out);
    door.post(router, "/deliverables/{id}/comments", "plan.comment", add_comment);
}

}
