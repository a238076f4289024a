#include "plan/plan_pages.hpp"
#include "plan/plan_verify.hpp"
#include "plan/verification_model.hpp"

namespace kpuhub::plan {

namespace {

constexpr int lines_shown = 200;

Result<SheetParts> parts_of(account::Visit& visit)
{
    constexpr int decisions_shown = 7, proposals_read = 200;
    constexpr std::chrono::hours a_week { 24 * 7 };
    auto const& who = visit.reader;
    return visit.database.read([&](storage::Reader& reader) -> Result<SheetParts> {
        SheetParts parts;
        auto [waiting, proofs] = waiting_with_proofs(reader, who.person, who.today, who.unit, lines_shown);
        parts.waiting = std::move(waiting);
        parts.proofs = std::move(proofs);
        parts.proposed = proposals_in(reader, who.person, who.today, who.unit, false, proposals_read);
        parts.decided = recent_decisions(reader, who.person, who.unit, visit.now.plus(-a_week), decisions_shown);
        return parts;
    });
}

std::optional<view::Notice> notice_of(http::Fields const& query)
{
    auto count = [&](std::string_view name) { return query.integer(name).value_or(0); };
    std::optional<view::Notice> notice;
    if (auto verified = count("verified"); verified > 0)
        notice = view::Notice { view::Notice::Kind::Done, { "plan.sheet.verified", { verified } } };
    else if (auto returned = count("returned"); returned > 0)
        notice = view::Notice { view::Notice::Kind::Done, { "plan.sheet.returned", { returned } } };
    if (notice && count("left") > 0)
        notice->body = view::Sentence { "plan.sheet.left", { count("left") } };
    return notice;
}

http::Response sheet_answer(account::Visit& visit, SheetParts parts, SheetForm const* form, Fault const* fault)
{
    auto page = sheet_page(std::move(parts), visit.reader.zone, visit.request.query.text("sort").empty() ? "area" : visit.request.query.text("sort"), form, fault);
    auto frame = visit.frame({ page.returns ? "plan.sheet.return_title" : "plan.sheet.title" }, "verification");
    frame.notice = notice_of(visit.request.query);
    if (page.count > 0)
        frame.dock.reset();
    return visit.page("plan/verification", page, frame, fault ? http::status_of(fault->kind) : 200);
}

Result<http::Response> show_sheet(account::Visit& visit)
{
    return sheet_answer(visit, TRY(parts_of(visit)), nullptr, nullptr);
}

Result<std::string> decide(storage::Transaction& transaction, journal::Act const& act, SheetForm const& form)
{
    std::vector<Ruling> sheet;
    for (auto const& [id, version] : form.ticked) {
        auto single = form.reasons.find(id);
        auto reason = !form.returns ? std::string {} : single != form.reasons.end() ? single->second : form.reason;
        sheet.push_back({ { id, version }, std::move(reason) });
    }
    auto rulings = TRY(form.returns ? send_back(transaction, act, std::move(sheet)) : verify(transaction, act, std::move(sheet)));
    auto place = std::string { "/verification?" } + (form.returns ? "returned=" : "verified=") + std::to_string(rulings.decided.size());
    if (!rulings.skipped.empty())
        place += "&left=" + std::to_string(rulings.skipped.size());
    return place;
}

Result<http::Response> decide_sheet(account::Visit& visit)
{
    auto const form = read_sheet_form(visit.request.form);
    auto const act = visit.act();
    auto answer = visit.once([&](storage::Transaction& transaction) { return decide(transaction, act, form); });
    if (answer || visit.request.wants_json)
        return answer;
    auto const kind = answer.error().kind;
    if (kind != FaultKind::Invalid && kind != FaultKind::Conflict)
        return answer;
    return sheet_answer(visit, TRY(parts_of(visit)), &form, &answer.error());
}

}

void register_verification_pages(account::Door const& door, http::Router& router)
{
    door.get<SheetPage>(router, "/verification", "plan.verify", show_sheet);
    door.post(router, "/verification", "plan.verify", decide_sheet);
}

}
