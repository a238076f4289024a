#include "plan/proposal.hpp"
#include "account/access.hpp"
#include "evidence/evidence_actions.hpp"
#include "journal/journal.hpp"
#include "plan/checklist.hpp"
#include "plan/plan_deliver.hpp"
#include "plan/plan_proof.hpp"
#include "plan/plan_store.hpp"
#include "plan/proposal_sql.hpp"
#include <algorithm>

namespace kpuhub::plan {

using storage::Query;

namespace {

constexpr Query add_record { "plan.note_provable", R"sql(
    INSERT INTO provable_record (record_id, register, unit_id, day, title) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (record_id) DO UPDATE SET register = excluded.register, unit_id = excluded.unit_id, day = excluded.day, title = excluded.title )sql" };
constexpr Query add_record_target { "plan.note_provable_target", R"sql(
    INSERT INTO provable_target (record_id, kind, target) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING )sql" };
constexpr Query drop_record_targets { "plan.forget_provable_targets", "DELETE FROM provable_target WHERE record_id = $1" };
constexpr Query drop_record { "plan.forget_provable", "DELETE FROM provable_record WHERE record_id = $1" };

constexpr Query of_deliverable { "plan.proposals_for", "SELECT DISTINCT " KPUHUB_PROPOSAL_COLUMNS KPUHUB_PROPOSALS_OF_DELIVERABLE
    " WHERE d.subject_id = $1 AND " KPUHUB_PROPOSED " ORDER BY r.day DESC, r.record_id DESC, t.node_id" };
constexpr Query of_office { "plan.proposals_in", "SELECT DISTINCT " KPUHUB_PROPOSAL_COLUMNS ", d.due_on," KPUHUB_NODE_COLUMNS KPUHUB_PROPOSALS_OF_OFFICE
    " AND r.unit_id = $3 AND " KPUHUB_PROPOSED " AND " KPUHUB_MAY("sd.unit_id", "'plan.read'")
    " AND ($4 = 0 OR EXISTS (SELECT 1 FROM appointment a JOIN post o ON o.id = a.post_id WHERE a.person_id = $1"
    "   AND a.valid_from <= $2 AND a.valid_to >= $2 AND (o.id = n.owner_post_id OR o.subdivision_id = n.owner_subdivision_id)))"
    " ORDER BY d.due_on, n.place, d.subject_id, r.record_id LIMIT $5" };
constexpr Query dismiss { "plan.dismiss_proposal", R"sql(
    INSERT INTO proposal_dismissal (node_id, record_id, dismissed_by, dismissed_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING )sql" };
constexpr Query proof_of_record { "plan.proof_of_record", R"sql(
    SELECT e.subject_id FROM evidence e JOIN subject s ON s.id = e.subject_id
     WHERE e.record_id = $1 AND s.unit_id = $2 AND s.state = 'ready' ORDER BY e.subject_id LIMIT 1 )sql" };

ProofProposal read_proposal(storage::Row const& row)
{
    return { row.id<DeliverableTag>(0), row.id<PlanNodeTag>(1), row.id<SubjectTag>(2), row.optional_date(3).value_or(time::Date {}), row.text(4) };
}

/// The deliverable, held and open for this actor, and the proposal on it.
struct OpenProposal {
    DeliverableForWork work {};
    ProofProposal proposal {};
};
Result<OpenProposal> open_proposal(storage::Transaction& transaction, journal::Act const& act, DeliverableId id, PlanNodeId node, SubjectId record)
{
    hold_deliverable(transaction, id);
    auto found = deliverable_for_work(transaction, act.actor, act.today, id);
    if (!found || !found->may_read)
        return not_found();
    if (!found->owns_it && !found->may_work_any)
        return forbidden("plan.work.forbidden");
    if (found->plan.state == PlanState::Closed)
        return conflict("plan.closed");
    for (auto const& each : proposals_for(transaction, id))
        if (each.node == node && each.record == record)
            return OpenProposal { *found, each };
    return conflict("plan.proposal.gone");
}

}

void note_provable(storage::Transaction& transaction, ProvableRecord const& made)
{
    transaction.execute(add_record, made.record, made.register_id, made.unit, made.day, made.title);
    transaction.execute(drop_record_targets, made.record);
    for (auto const& [kind, target] : made.targets)
        transaction.execute(add_record_target, made.record, kind, target);
}

void forget_provable(storage::Transaction& transaction, SubjectId record)
{
    transaction.execute(drop_record_targets, record);
    transaction.execute(drop_record, record);
}

std::vector<ProofProposal> proposals_for(storage::Reader& reader, DeliverableId id)
{
    std::vector<ProofProposal> found;
    for (auto const& row : reader.query(of_deliverable, id))
        found.push_back(read_proposal(row));
    return found;
}

std::vector<ProposedWork> proposals_in(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, bool own, int limit)
{
    constexpr std::size_t due_column = 5;
    std::vector<ProposedWork> found;
    for (auto const& row : reader.query(of_office, person, today, unit, own, limit))
        found.push_back({ read_proposal(row), read_node(row, due_column + 1), row.optional_date(due_column).value_or(time::Date {}) });
    return found;
}

Result<void> confirm_proposal(storage::Transaction& transaction, journal::Act const& act, DeliverableId id, PlanNodeId node, SubjectId record)
{
    auto const open = TRY(open_proposal(transaction, act, id, node, record));
    auto const unit = open.work.plan.unit;
    auto const asked = checklist_of(transaction, open.work.node.id);
    auto const item = asked.find(node);
    evidence::Target const target { subject_of(id), item == asked.end() ? PlanNodeId {} : node };
    ProofListener listener;
    if (auto there = transaction.first(proof_of_record, record, unit)) {
        TRY_VOID(evidence::link(transaction, act, listener, { there->id<EvidenceTag>(0) }, { target }));
    } else {
        evidence::Proof proof;
        proof.kind = evidence::Kind::Record;
        proof.title = open.proposal.title;
        proof.record = record;
        proof.effective_on = open.proposal.day;
        TRY(evidence::bring(transaction, act, listener, unit, proof, { target }));
    }
    bool const document = item != asked.end() && item->second.value_or(IndicatorKind::Document) == IndicatorKind::Document;
    if (!document || open.work.deliverable.state == State::Submitted)
        return {};
    auto const now = deliverable_for_work(transaction, act.actor, act.today, id);
    if (!now)
        return not_found();
    return write_items(transaction, act, { id, now->deliverable.version }, { { node, Answer::Reported, true } });
}

Result<void> dismiss_proposal(storage::Transaction& transaction, journal::Act const& act, DeliverableId id, PlanNodeId node, SubjectId record)
{
    auto const open = TRY(open_proposal(transaction, act, id, node, record));
    transaction.execute(dismiss, node, record, act.actor, act.at);
    journal::write(transaction, act, { "proposal.dismissed", subject_of(id), open.work.plan.unit,
        { { "record", std::to_string(record.value) }, { "row", std::to_string(node.value) }, { "title", open.proposal.title, true } } });
    return {};
}

}
