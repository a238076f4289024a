#include "report/package_model.hpp"
#include "organization/unit.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::report {

std::vector<Tab> tabs(std::string const& unit_code, Place current)
{
    auto const unit = "/units/" + unit_code;
    return { { { "report.tab.packages" }, { unit + "/packages" }, current == Place::Packages }, { { "report.tab.requests" }, { unit + "/requests" }, current == Place::Requests },
        { { "report.tab.offices" }, { unit + "/offices" }, current == Place::Offices } };
}

view::Choice period_choice(std::string const& code) { return { code, "report.period." + code }; }
view::Choice recipient_choice(std::string const& code) { return { code, "report.recipient." + code }; }

std::vector<std::string> recipients_for(storage::Reader& reader, UnitId unit, time::Date today)
{
    auto const path = organization::path_to(reader, unit, today);
    std::vector<std::string> codes;
    for (auto const& recipient : recipients())
        if (recipient.level == "own" || std::ranges::any_of(path, [&](auto const& above) { return above.id != unit && above.level == recipient.level; }))
            codes.push_back(recipient.code);
    return codes;
}

static std::int64_t kilobytes(std::int64_t bytes) { return (bytes + 1023) / 1024; }

static DeliveryLine line_of(Delivery const& delivery, Package const& package, bool latest, time::Zone zone)
{
    auto const state = std::string { to_text(delivery.state) };
    DeliveryLine line;
    line.recipient = recipient_choice(delivery.recipient);
    line.state = { state, "report.delivery." + state };
    line.office = delivery.unit_name;
    line.receipt_number = delivery.receipt_number;
    line.received_by = delivery.received_by;
    line.decided_by = delivery.decided_by;
    line.reason = delivery.reason;
    if (delivery.received_at)
        line.received_at = view::Moment { *delivery.received_at, zone };
    if (delivery.decided_at)
        line.decided_at = view::Moment { *delivery.decided_at, zone };
    line.round = delivery.round;
    line.version = package.version;
    bool const open = latest && delivery.may_receive;
    line.may_receive = open && delivery.state == DeliveryState::Sent;
    line.may_accept = open && delivery.state == DeliveryState::Received;
    line.may_return = line.may_receive || line.may_accept;
    auto const address = fmt::format("/packages/{}/{}/", package.id.value, delivery.recipient);
    line.to_receipt = { address + "receipt" };
    line.to_return = { address + "return" };
    line.to_acceptance = { address + "acceptance" };
    if (delivery.evidence)
        line.proof = { fmt::format("/evidence/{}", delivery.evidence.value) };
    return line;
}

static RoundLine line_of(Round const& round, PackageParts const& parts, std::vector<std::string>& shown, time::Zone zone)
{
    auto const address = fmt::format("/packages/{}/rounds/{}", parts.package.id.value, round.round);
    RoundLine line { round.round, { round.sent_at, zone }, round.sent_by_name, round.note, round.archive_hash, kilobytes(round.archive_bytes), {} };
    if (!round.archive_hash.empty())
        line.archive = { address + "/archive" };
    for (auto const& delivery : parts.deliveries) {
        if (delivery.round != round.round)
            continue;
        bool const latest = std::ranges::find(shown, delivery.recipient) == shown.end();
        shown.push_back(delivery.recipient);
        line.deliveries.push_back(line_of(delivery, parts.package, latest, zone));
    }
    for (auto const& file : round.files)
        if (file.hash.empty())
            line.elsewhere.push_back({ file.title, {}, {}, 0, {} });
        else
            line.files.push_back({ file.title, file.path, file.hash, kilobytes(file.bytes), { fmt::format("{}/files/{}", address, file.place) } });
    return line;
}

static void fill_ticks(PackagePage& page, PackageParts const& parts)
{
    for (auto const& paper : parts.papers)
        if (paper.state == paper::State::Signed)
            page.papers.push_back({ std::to_string(paper.id.value), paper.title, paper.number, std::ranges::find(parts.chosen.papers, paper.id) != parts.chosen.papers.end() });
    for (auto const& row : parts.chosen.rows)
        page.rows.push_back({ std::to_string(row.id.value), row.text, {}, true, row.due_on });
    for (auto const& row : parts.open_rows)
        if (std::ranges::none_of(parts.chosen.rows, [&](BoundRow const& bound) { return subject_of(bound.id) == row.target.subject; }))
            page.rows.push_back({ std::to_string(row.target.subject.value), row.title, row.number, false, row.due_on });
    for (auto const& code : parts.addressable) {
        auto const last = std::ranges::find(parts.deliveries, code, &Delivery::recipient);
        if (last == parts.deliveries.end() || last->state == DeliveryState::Returned || (page.failed && last->state == DeliveryState::Packing))
            page.recipients.push_back({ code, recipient_choice(code), true });
    }
}

PackagePage package_page(PackageParts const& parts, std::string const& search, time::Zone zone)
{
    auto const& package = parts.package;
    auto const state = std::string { to_text(package.state) };
    auto const address = fmt::format("/packages/{}", package.id.value);
    PackagePage page;
    page.period = period_choice(package.period);
    page.state = { state, "report.state." + state };
    page.year = view::Year { package.year };
    page.unit_name = package.unit_name;
    page.note = package.note;
    page.search = search;
    page.version = package.version;
    page.with_plan = package.with_plan;
    page.with_proofs = package.with_proofs;
    bool const failed = package.state == PackageState::Packing && parts.job && (parts.job->state == "failed" || parts.job->state == "cancelled");
    page.packing = package.state == PackageState::Packing && !failed;
    if (failed)
        page.failed = view::Sentence { parts.job->fault.empty() ? "report.package.cancelled" : parts.job->fault };
    if (parts.job) {
        page.step = parts.job->done_steps;
        page.steps = parts.job->all_steps;
    }
    page.may_edit = package.may_send && !page.packing;
    page.self = { address };
    page.list = { fmt::format("/units/{}/packages?year={}", package.unit_code, package.year) };
    page.to_contents = { address + "/contents" };
    page.to_sending = { address + "/sending" };
    page.to_papers = { fmt::format("/units/{}/papers", package.unit_code) };
    fill_ticks(page, parts);
    std::vector<std::string> shown;
    for (auto const& round : parts.rounds)
        page.rounds.push_back(line_of(round, parts, shown, zone));
    return page;
}

}
