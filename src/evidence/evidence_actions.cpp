#include "evidence/evidence_actions.hpp"
#include "evidence/evidence_store.hpp"
#include "journal/journal.hpp"
#include "subject/subject.hpp"
#include <algorithm>
#include <map>

namespace kpuhub::evidence {

namespace {

constexpr std::size_t most_links = 200;

using Targets = std::map<SubjectId, TargetRow>;

Asker asker_of(journal::Act const& act) { return { act.actor, act.today }; }

std::string number(std::int64_t value) { return std::to_string(value); }

template<typename T>
std::vector<T> without_doubles(std::vector<T> values)
{
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

std::vector<SubjectId> subjects_of(std::vector<Target> const& targets, std::vector<EvidenceId> const& proofs = {})
{
    std::vector<SubjectId> subjects;
    for (auto const& target : targets)
        subjects.push_back(target.subject);
    for (auto id : proofs)
        subjects.push_back(subject_of(id));
    return subjects;
}

/// The rows of the targets, once each, all of them open for this actor.
Result<Targets> open_targets(storage::Transaction& transaction, journal::Act const& act, LinkListener& listener,
    std::vector<Target> const& targets)
{
    Targets rows;
    for (auto const& target : targets) {
        if (rows.contains(target.subject))
            continue;
        auto row = find_target(transaction, asker_of(act), target.subject);
        if (!row || !row->may_read)
            return not_found();
        if (!row->may_bring)
            return forbidden("evidence.bring.forbidden");
        if (row->state == "verified")
            return conflict("evidence.target.verified");
        rows.emplace(target.subject, *row);
    }
    TRY_VOID(listener.parts_belong(transaction, targets));
    return rows;
}

Result<void> tell(storage::Transaction& transaction, journal::Act const& act, LinkListener& listener, SubjectId id, TargetRow const& row)
{
    return listener.linked(transaction, act, { id, row.kind, row.unit, row.state, proofs_of(transaction, id) });
}

/// Writes the links that are new, with an event on each side, and tells the rooms of the targets.
Result<void> add_links(storage::Transaction& transaction, journal::Act const& act, LinkListener& listener,
    std::vector<ProofRow> const& proofs, std::vector<Target> const& targets, Targets const& rows)
{
    std::vector<SubjectId> changed;
    for (auto const& proof : proofs) {
        for (auto const& target : targets) {
            if (!insert_link(transaction, act, proof.id, target))
                continue;
            changed.push_back(target.subject);
            journal::write(transaction, act, { "evidence.linked", subject_of(proof.id), proof.unit,
                { { "subject", number(target.subject.value) }, { "part", number(target.part.value) } } });
            journal::write(transaction, act, { "proof.added", target.subject, rows.at(target.subject).unit,
                { { "evidence", number(proof.id.value) }, { "part", number(target.part.value) }, { "title", proof.title, true } } });
        }
        count_links(transaction, proof.id);
    }
    for (auto subject : without_doubles(std::move(changed)))
        TRY_VOID(tell(transaction, act, listener, subject, rows.at(subject)));
    return {};
}

/// Locks a proof at the version shown; whoever may not see it learns nothing of its version.
Result<ProofRow> lock_shown(storage::Transaction& transaction, journal::Act const& act, EvidenceId id, std::int64_t version)
{
    auto locked = subject::lock(transaction, subject_of(id), version);
    auto proof = find(transaction, asker_of(act), id);
    if (!proof)
        return not_found();
    TRY_VOID(std::move(locked));
    return std::move(*proof);
}

}

Result<EvidenceId> bring(storage::Transaction& transaction, journal::Act const& act, LinkListener& listener, UnitId unit,
    Proof const& typed, std::vector<Target> const& typed_targets)
{
    auto targets = without_doubles(typed_targets);
    if (targets.size() > most_links)
        return invalid("evidence.too_many");
    TRY_VOID(subject::lock_all(transaction, subjects_of(targets)));
    auto rights = rights_in(transaction, asker_of(act), unit);
    if (!rights.may_read)
        return not_found();
    if (!rights.may_bring)
        return forbidden("evidence.bring.forbidden");
    auto proof = TRY(checked(typed));
    if (proof.kind == Kind::Record) {
        auto record = find_target(transaction, asker_of(act), proof.record);
        if (!record || !record->may_read)
            return not_found();
    }
    auto rows = TRY(open_targets(transaction, act, listener, targets));
    bool held = proof.kind == Kind::File && proof.file.held;
    EvidenceId id { subject::create(transaction, "evidence", unit, std::nullopt, held ? held_state : ready_state, act.at).value };
    insert(transaction, act, id, proof);
    journal::write(transaction, act, { "evidence.brought", subject_of(id), unit,
        { { "kind", std::string(code(proof.kind)) }, { "title", proof.title, true }, { "media_type", proof.file.media_type },
            { "sha256", proof.file.original_hash }, { "held", held ? "1" : "0" } } });
    ProofRow brought;
    brought.id = id;
    brought.unit = unit;
    brought.title = proof.title;
    TRY_VOID(add_links(transaction, act, listener, { brought }, targets, rows));
    return id;
}

Result<void> link(storage::Transaction& transaction, journal::Act const& act, LinkListener& listener,
    std::vector<EvidenceId> const& typed_proofs, std::vector<Target> const& typed_targets)
{
    auto ids = without_doubles(typed_proofs);
    auto targets = without_doubles(typed_targets);
    if (ids.empty() || targets.empty())
        return invalid("evidence.nothing_chosen");
    if (ids.size() > most_links || targets.size() > most_links || ids.size() * targets.size() > most_links)
        return invalid("evidence.too_many");
    TRY_VOID(subject::lock_all(transaction, subjects_of(targets, ids)));
    std::vector<ProofRow> proofs;
    for (auto id : ids) {
        auto proof = find(transaction, asker_of(act), id);
        if (!proof)
            return not_found();
        proofs.push_back(std::move(*proof));
    }
    auto rows = TRY(open_targets(transaction, act, listener, targets));
    return add_links(transaction, act, listener, proofs, targets, rows);
}

Result<void> unlink(storage::Transaction& transaction, journal::Act const& act, LinkListener& listener, EvidenceId id,
    Target const& target)
{
    TRY_VOID(subject::lock_all(transaction, { subject_of(id), target.subject }));
    auto proof = find(transaction, asker_of(act), id);
    auto row = find_target(transaction, asker_of(act), target.subject);
    auto writer = linked_by(transaction, id, target);
    if (!proof || !row || !row->may_read || !writer)
        return not_found();
    bool own = row->may_bring && (proof->brought_by == act.actor || *writer == act.actor);
    if (!own && !row->may_work_any)
        return forbidden("evidence.change.forbidden");
    if (row->state == "verified")
        return conflict("evidence.target.verified");
    delete_link(transaction, id, target);
    count_links(transaction, id);
    journal::write(transaction, act, { "evidence.unlinked", subject_of(id), proof->unit,
        { { "subject", number(target.subject.value) }, { "part", number(target.part.value) } } });
    journal::write(transaction, act, { "proof.removed", target.subject, row->unit,
        { { "evidence", number(id.value) }, { "part", number(target.part.value) }, { "title", proof->title, true } } });
    return tell(transaction, act, listener, target.subject, *row);
}

Result<void> correct(storage::Transaction& transaction, journal::Act const& act, EvidenceId id, std::int64_t version,
    Correction const& correction)
{
    auto row = TRY(lock_shown(transaction, act, id, version));
    if (!row.may_change)
        return forbidden("evidence.change.forbidden");
    Proof typed { .kind = row.kind, .title = correction.title, .address = row.address, .paper = row.paper, .record = row.record,
        .file = row.file, .effective_on = correction.effective_on, .covers_from = correction.covers_from,
        .covers_to = correction.covers_to };
    auto proof = TRY(checked(std::move(typed)));
    update(transaction, id, proof);
    auto iso = [](std::optional<time::Date> date) { return date ? date->iso() : std::string {}; };
    journal::write(transaction, act, { "evidence.corrected", subject_of(id), row.unit,
        { { "title", proof.title, true }, { "effective_on", iso(proof.effective_on) }, { "covers_from", iso(proof.covers_from) },
            { "covers_to", iso(proof.covers_to) } } });
    return {};
}

Result<void> release(storage::Transaction& transaction, journal::Act const& act, EvidenceId id, std::int64_t version, Audience audience)
{
    auto row = TRY(lock_shown(transaction, act, id, version));
    if (!row.may_release)
        return forbidden("evidence.release.forbidden");
    bool to_public = audience == Audience::Public;
    if (to_public && !row.ready())
        return invalid("evidence.release.held");
    if (to_public && row.links == 0)
        return invalid("evidence.release.unlinked");
    set_released(transaction, id, to_public);
    journal::write(transaction, act, { to_public ? "evidence.released" : "evidence.hidden", subject_of(id), row.unit });
    return {};
}

Result<void> discard(storage::Transaction& transaction, journal::Act const& act, EvidenceId id, std::int64_t version)
{
    auto row = TRY(lock_shown(transaction, act, id, version));
    if (!row.may_change)
        return forbidden("evidence.change.forbidden");
    if (row.links > 0)
        return conflict("evidence.discard.linked");
    subject::set_state(transaction, subject_of(id), discarded_state);
    journal::write(transaction, act, { "evidence.discarded", subject_of(id), row.unit });
    return {};
}

}
