#include "plan/deliverable_step.hpp"
#include "plan/contribution.hpp"

namespace kpuhub::plan {

Result<DeliverableForWork> lock_deliverable(storage::Transaction& transaction, journal::Act const& act, Shown shown)
{
    hold_deliverable(transaction, shown.id);
    auto found = deliverable_for_work(transaction, act.actor, act.today, shown.id);
    if (!found || !found->may_read)
        return not_found();
    if (found->deliverable.version != shown.version)
        return conflict("subject.changed");
    if (found->plan.state == PlanState::Closed)
        return conflict("plan.closed");
    return *found;
}

void Changes::add(Plan const& plan, Node const& node, Deliverable const& before, Deliverable const& after)
{
    auto& amounts = m_by_unit[plan.unit];
    for (auto const& [key, amount] :
        indicator::difference(contributions(plan, node, before), contributions(plan, node, after)))
        amounts[key] += amount;
}

void Changes::write(storage::Transaction& transaction) const
{
    indicator::apply(transaction, plan_progress, m_by_unit);
}

}
