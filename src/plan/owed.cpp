#include "plan/owed.hpp"
#include "definition/calendar_file.hpp"
#include "plan/contribution.hpp"
#include "plan/plan_store.hpp"
#include "plan/progress.hpp"
#include "plan/reschedule.hpp"
#include "subject/subject.hpp"
#include <map>

namespace kpuhub::plan {

void follow_schedule(storage::Transaction& transaction, Plan const& plan, time::Instant now)
{
    if (plan.kind == PlanKind::Model)
        return;
    auto nodes = nodes_of(transaction, plan.id);
    std::vector<Existing> existing;
    for (auto const& [deliverable, touched] : deliverables_of_plan(transaction, plan.id))
        existing.push_back({ deliverable.id, deliverable.node, { deliverable.starts_on, deliverable.ends_on, deliverable.due_on },
            touched });
    auto change = reschedule(existing, wanted_of(plan.year, bearers(nodes, covers_of(transaction, plan.id)), definition::working_calendar()));
    for (auto id : change.removed)
        delete_deliverable(transaction, id);
    for (auto const& move : change.moved)
        move_deliverable(transaction, move.id, move.to.node, move.to.span, plan.zone, now);
    for (auto const& [node, span] : change.added) {
        auto id = subject::create(transaction, "deliverable", plan.unit, counted_month(plan, span.due_on),
            to_text(State::Scheduled), now);
        insert_deliverable(transaction, id, plan.id, node, span, plan.zone, now);
    }
}

std::vector<indicator::Contribution> contributions_of_plan(storage::Reader& reader, Plan const& plan)
{
    if (plan.kind == PlanKind::Model)
        return {};
    auto nodes = nodes_of(reader, plan.id);
    auto added = contributions(plan, nodes, bearers(nodes, covers_of(reader, plan.id)));
    if (plan.state == PlanState::Draft)
        return added;
    std::map<PlanNodeId, Node const*> by_id;
    for (auto const& node : nodes)
        by_id[node.id] = &node;
    for (auto const& [deliverable, touched] : deliverables_of_plan(reader, plan.id)) {
        auto found = by_id.find(deliverable.node);
        if (found == by_id.end())
            continue;
        auto more = contributions(plan, *found->second, deliverable);
        added.insert(added.end(), more.begin(), more.end());
    }
    return added;
}

}
