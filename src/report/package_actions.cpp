#include "evidence/receipt.hpp"
#include "job/job.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"
#include "organization/unit.hpp"
#include "paper/series.hpp"
#include "report/package_pack.hpp"
#include "report/package_store.hpp"
#include "subject/subject.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::report {

constexpr std::size_t most_note_bytes = 4'000;

/// The first statements of a sender's action: locks the package, then finds it; the right comes before the version.
static Result<Package> for_sender(storage::Transaction& transaction, journal::Act const& act, PackageId id, std::int64_t shown_version)
{
    auto lock = subject::lock(transaction, subject_of(id), shown_version);
    auto package = TRY(find_package(transaction, act.actor, act.today, id));
    if (!package.may_send)
        return forbidden("report.send.forbidden");
    TRY_VOID(std::move(lock));
    return package;
}

Result<PackageId> create(storage::Transaction& transaction, journal::Act const& act, UnitId unit, int year, std::string_view period)
{
    if (!organization::may(transaction, act.actor, act.today, unit, "plan.read"))
        return not_found();
    if (!organization::may(transaction, act.actor, act.today, unit, "report.send"))
        return forbidden("report.send.forbidden");
    if (period_kind(period) == nullptr || year < 2000 || year > 2100)
        return invalid("report.period_wrong", { { "period", "report.period_wrong" } });
    if (auto const there = package_of_period(transaction, unit, year, period))
        return *there;
    PackageId const id { subject::create(transaction, "report_package", unit, std::to_string(year), to_text(PackageState::Draft), act.at).value };
    insert_package(transaction, act, id, unit, year, period);
    journal::write(transaction, act, { "package.started", subject_of(id), unit, { { "year", std::to_string(year) }, { "period", std::string { period } } } });
    return id;
}

Result<void> save(storage::Transaction& transaction, journal::Act const& act, PackageId id, std::int64_t shown_version, Contents const& contents)
{
    auto const package = TRY(for_sender(transaction, act, id, shown_version));
    if (package.state == PackageState::Packing)
        return conflict("report.package.packing");
    if (contents.note.size() > most_note_bytes)
        return invalid("report.note_long", { { "note", "report.note_long" } });
    write_contents(transaction, id, contents);
    for (auto const paper : contents.papers)
        if (!add_paper(transaction, id, package.unit, paper))
            return not_found();
    for (auto const row : contents.rows)
        if (!add_row(transaction, id, package.unit, row))
            return not_found();
    journal::write(transaction, act, { "package.saved", subject_of(id), package.unit,
        { { "papers", std::to_string(contents.papers.size()) }, { "rows", std::to_string(contents.rows.size()) } } });
    return {};
}

/// The office addressed; nothing when the sender is itself of that level.
static std::optional<UnitId> addressed(std::vector<organization::Unit> const& path, Recipient const& recipient)
{
    if (recipient.level == "own")
        return path.back().id;
    for (std::size_t i = 0; i + 1 < path.size(); ++i)
        if (path[i].level == recipient.level)
            return path[i].id;
    return std::nullopt;
}

/// A round whose job failed gives way to the new one.
static Result<std::int64_t> next_round(storage::Transaction& transaction, Package const& package)
{
    if (package.state != PackageState::Packing)
        return package.round + 1;
    auto const job = job::latest_of(transaction, subject_of(package.id));
    if (job && job->state != "failed" && job->state != "cancelled")
        return conflict("report.package.packing");
    drop_round(transaction, package.id, package.round);
    return package.round;
}

Result<void> send(storage::Transaction& transaction, journal::Act const& act, PackageId id, std::int64_t shown_version, std::vector<std::string> const& recipients)
{
    auto const package = TRY(for_sender(transaction, act, id, shown_version));
    auto const round = TRY(next_round(transaction, package));
    if (recipients.empty())
        return invalid("report.send.nobody", { { "recipient", "report.send.nobody" } });
    if (!package.with_plan && !package.with_proofs && chosen_in(transaction, id).papers.empty())
        return invalid("report.send.empty", { { "recipient", "report.send.empty" } });
    auto const deliveries = deliveries_of(transaction, act.actor, act.today, id);
    auto const path = organization::path_to(transaction, package.unit, act.today);
    insert_round(transaction, act, id, round, package.note);
    std::string named;
    for (auto const& code : recipients) {
        auto const* recipient = recipient_of(code);
        auto const unit = recipient == nullptr ? std::nullopt : addressed(path, *recipient);
        if (!unit)
            return not_found();
        auto const last = std::ranges::find(deliveries, code, &Delivery::recipient);       // the latest round stands first
        if (last != deliveries.end() && last->state != DeliveryState::Returned)
            return conflict("report.send.open");
        insert_delivery(transaction, id, round, code, *unit);
        named += (named.empty() ? "" : " ") + code;
    }
    subject::set_state(transaction, subject_of(id), to_text(PackageState::Packing));
    job::enqueue(transaction, packing_job, fmt::format(R"({{"round":{}}})", round), subject_of(id), act.actor, act.at);
    journal::write(transaction, act, { "package.sending", subject_of(id), package.unit, { { "round", std::to_string(round) }, { "recipients", named } } });
    return {};
}

namespace {

/// A package with the last delivery to one recipient, open for the actor.
struct Handled {
    Package package;
    Delivery delivery;
};

Result<Handled> for_receiver(storage::Transaction& transaction, journal::Act const& act, PackageId id, std::int64_t shown_version, std::string_view recipient)
{
    auto lock = subject::lock(transaction, subject_of(id), shown_version);
    auto package = TRY(find_package(transaction, act.actor, act.today, id));
    auto const deliveries = deliveries_of(transaction, act.actor, act.today, id);
    auto const last = std::ranges::find(deliveries, recipient, &Delivery::recipient);
    if (last == deliveries.end())
        return not_found();
    if (!last->may_receive)
        return forbidden("report.receive.forbidden");
    TRY_VOID(std::move(lock));
    return Handled { std::move(package), *last };
}

evidence::Proof receipt_proof(Package const& package, Delivery const& delivery, std::string const& number, time::Date on)
{
    auto const* period = period_kind(package.period);
    evidence::Proof proof;
    proof.kind = evidence::Kind::Reference;
    proof.title = fmt::format("Tanda terima {} dari {}: paket laporan {} {}", number, delivery.unit_name, period->title, package.year);
    proof.paper = { "Tanda terima", number, on };
    proof.effective_on = on;
    proof.covers_from = time::Date::of(package.year, period->first_month, 1);
    proof.covers_to = time::end_of_month(package.year, period->last_month);
    return proof;
}

}

Result<void> receive(storage::Transaction& transaction, journal::Act const& act, evidence::LinkListener& listener, PackageId id, std::int64_t shown_version, std::string_view recipient)
{
    auto const [package, delivery] = TRY(for_receiver(transaction, act, id, shown_version, recipient));
    if (delivery.state != DeliveryState::Sent)
        return conflict("report.delivery.closed");
    auto const number = TRY(paper::take_number(transaction, act, delivery.unit, "receipt", act.today, subject_of(id)));
    std::vector<evidence::Target> targets;
    for (auto const& row : chosen_in(transaction, id).rows)
        targets.push_back({ subject_of(row.id), {} });
    auto const rounds = rounds_of(transaction, id);
    auto const sent = std::ranges::find(rounds, delivery.round, &Round::round);
    auto const bringer = sent != rounds.end() && sent->sent_by ? sent->sent_by : act.actor;
    auto const proof = TRY(evidence::bring_receipt(transaction, act, listener, bringer, package.unit, receipt_proof(package, delivery, number.text, act.today), targets));
    write_receipt(transaction, act, id, delivery, number, proof);
    journal::write(transaction, act, { "package.received", subject_of(id), package.unit,
        { { "recipient", delivery.recipient }, { "round", std::to_string(delivery.round) }, { "number", number.text } } });
    return {};
}

Result<void> give_back(storage::Transaction& transaction, journal::Act const& act, PackageId id, std::int64_t shown_version, std::string_view recipient, std::string reason)
{
    auto const [package, delivery] = TRY(for_receiver(transaction, act, id, shown_version, recipient));
    if (delivery.state != DeliveryState::Sent && delivery.state != DeliveryState::Received)
        return conflict("report.delivery.closed");
    if (reason.empty() || reason.size() > most_note_bytes)
        return invalid("report.return.reason", { { "reason", "report.return.reason" } });
    write_decision(transaction, act, id, delivery, DeliveryState::Returned, reason);
    journal::write(transaction, act, { "package.returned", subject_of(id), package.unit,
        { { "recipient", delivery.recipient }, { "round", std::to_string(delivery.round) }, { "reason", reason } } });
    return {};
}

Result<void> accept(storage::Transaction& transaction, journal::Act const& act, PackageId id, std::int64_t shown_version, std::string_view recipient)
{
    auto const [package, delivery] = TRY(for_receiver(transaction, act, id, shown_version, recipient));
    if (delivery.state != DeliveryState::Received)
        return conflict("report.delivery.closed");
    write_decision(transaction, act, id, delivery, DeliveryState::Accepted, {});
    journal::write(transaction, act, { "package.accepted", subject_of(id), package.unit, { { "recipient", delivery.recipient }, { "round", std::to_string(delivery.round) } } });
    return {};
}

}
