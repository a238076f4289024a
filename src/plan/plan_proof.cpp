#include "plan/plan_proof.hpp"
#include "plan/checklist.hpp"
#include "plan/deliverable_step.hpp"
#include "subject/subject.hpp"
#include <algorithm>

namespace kpuhub::plan {

constexpr storage::Query write_proofs { "plan.write_proofs", "UPDATE deliverable SET proofs = $2 WHERE subject_id = $1" };
constexpr storage::Query node_of_deliverable { "plan.node_of_deliverable",
    "SELECT node_id FROM deliverable WHERE subject_id = $1" };

Result<void> ProofListener::linked(storage::Transaction& transaction, journal::Act const& act,
    evidence::LinkedSubject const& subject)
{
    if (subject.kind != "deliverable")
        return not_found();
    auto found = deliverable_for_work(transaction, act.actor, act.today, { subject.id.value });
    if (!found || !found->may_read)
        return not_found();
    if (found->plan.state == PlanState::Closed)
        return conflict("plan.closed");
    auto changed = found->deliverable;
    if (changed.state == State::Verified || changed.state == State::NotApplicable)
        return conflict("plan.step.not_now");
    if (changed.state == State::Scheduled && subject.proofs > changed.proofs) {
        changed.state = State::UnderWay;
        subject::set_state(transaction, subject.id, to_text(changed.state));
    }
    changed.proofs = subject.proofs;
    transaction.execute(write_proofs, changed.id, changed.proofs);
    Changes changes;
    changes.add(found->plan, found->node, found->deliverable, changed);
    changes.write(transaction);
    return {};
}

Result<void> ProofListener::parts_belong(storage::Reader& reader, std::span<evidence::Target const> targets)
{
    for (auto const& target : targets) {
        if (!target.part)
            continue;
        auto row = reader.first(node_of_deliverable, target.subject);
        if (!row || !checklist_of(reader, row->id<PlanNodeTag>(0)).contains(target.part))
            return invalid("evidence.part", { { "part", "evidence.part" } });
    }
    return {};
}

}
