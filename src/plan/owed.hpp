#pragma once
#include "indicator/tally.hpp"
#include "plan/plan.hpp"
#include "storage/database.hpp"

namespace kpuhub::plan {

/// Makes the deliverables of a plan follow its schedule, keeping work (see reschedule). For a model: nothing.
/// The caller holds the plan and its deliverables.
void follow_schedule(storage::Transaction&, Plan const&, time::Instant now);

/// What a whole plan adds to its figures, read from its rows (three statements).
std::vector<indicator::Contribution> contributions_of_plan(storage::Reader&, Plan const&);

}
