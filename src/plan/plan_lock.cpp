#include "plan/plan_lock.hpp"
#include "plan/plan_create.hpp"
#include "subject/subject.hpp"

namespace kpuhub::plan {

constexpr storage::Query insert_snapshot { "plan.insert_snapshot", R"sql(
    INSERT INTO plan_snapshot (plan_id, revision, reason, taken_at, taken_by, tree) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (plan_id, revision) DO UPDATE SET reason = excluded.reason, taken_at = excluded.taken_at,
        taken_by = excluded.taken_by, tree = excluded.tree )sql" };

Result<Plan> lock_to_manage(storage::Transaction& transaction, journal::Act const& act, PlanId id, std::int64_t shown_version)
{
    auto locked = subject::lock(transaction, subject_of(id), shown_version);
    auto found = plan_for_change(transaction, act.actor, act.today, id);
    if (!found || !found->may_read)
        return not_found();
    TRY_VOID(std::move(locked));
    if (!found->may_manage || (found->plan.kind == PlanKind::Model && !found->may_publish))
        return forbidden("plan.manage.forbidden");
    return found->plan;
}

Result<Plan> lock_to_change(storage::Transaction& transaction, journal::Act const& act, PlanId id, std::int64_t shown_version)
{
    auto plan = TRY(lock_to_manage(transaction, act, id, shown_version));
    if (plan.state == PlanState::Closed)
        return conflict("plan.closed");
    hold_deliverables(transaction, id);
    return plan;
}

void take_snapshot(storage::Transaction& transaction, journal::Act const& act, Plan const& plan, std::string_view reason)
{
    transaction.execute(insert_snapshot, plan.id, plan.revision, reason, act.at, act.actor, to_json(tree_of(transaction, plan.id)));
}

}
