#include "evidence/receipt.hpp"
#include "evidence/evidence_store.hpp"
#include "journal/journal.hpp"
#include "subject/subject.hpp"

namespace kpuhub::evidence {

Result<EvidenceId> bring_receipt(storage::Transaction& transaction, journal::Act const& act, LinkListener& listener, PersonId bringer, UnitId unit, Proof const& typed,
    std::vector<Target> const& targets)
{
    std::vector<SubjectId> subjects;
    for (auto const& target : targets)
        subjects.push_back(target.subject);
    TRY_VOID(subject::lock_all(transaction, subjects));
    auto const proof = TRY(checked(typed));
    auto his = act;
    his.actor = bringer;
    EvidenceId const id { subject::create(transaction, "evidence", unit, std::nullopt, ready_state, act.at).value };
    insert(transaction, his, id, proof);
    journal::write(transaction, act, { "evidence.brought", subject_of(id), unit, { { "kind", std::string { code(proof.kind) } }, { "title", proof.title, true }, { "receipt", "1" } } });
    for (auto const& target : targets) {
        auto const row = find_target(transaction, { act.actor, act.today }, target.subject);
        if (!row || !row->may_read || row->state == "verified" || row->state == "not_applicable")
            continue;
        insert_link(transaction, his, id, target);
        auto const told = listener.linked(transaction, act, { target.subject, row->kind, row->unit, row->state, proofs_of(transaction, target.subject) });
        if (!told) {
            delete_link(transaction, id, target);       // a closed plan: the receipt stays in the box of proofs
            continue;
        }
        journal::write(transaction, act, { "evidence.linked", subject_of(id), unit, { { "subject", std::to_string(target.subject.value) }, { "part", "0" } } });
        journal::write(transaction, act, { "proof.added", target.subject, row->unit,
            { { "evidence", std::to_string(id.value) }, { "part", "0" }, { "title", proof.title, true } } });
    }
    count_links(transaction, id);
    return id;
}

}
