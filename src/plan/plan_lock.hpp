#pragma once
#include "journal/act.hpp"
#include "plan/plan_store.hpp"

namespace kpuhub::plan {

/// The first statements of every action on a whole plan: locks it, then finds it and what the actor may do.
/// Errors: NotFound when he may not read it; then Conflict when the version is not the one shown; then Forbidden without
/// plan.manage, for a model also without plan.publish_model.
Result<Plan> lock_to_manage(storage::Transaction&, journal::Act const&, PlanId, std::int64_t shown_version);

/// The same for a plan whose rows change: refuses a closed one, and locks its deliverables.
Result<Plan> lock_to_change(storage::Transaction&, journal::Act const&, PlanId, std::int64_t shown_version);

/// Keeps the rows as they stand now under the plan's present revision.
void take_snapshot(storage::Transaction&, journal::Act const&, Plan const&, std::string_view reason);

}
