#pragma once
#include "plan/plan.hpp"
#include "storage/database.hpp"
#include <map>

namespace kpuhub::plan {

/// The success indicators that a deliverable of this row asks: itself, those under it, those that cover it.
std::map<PlanNodeId, std::optional<IndicatorKind>> checklist_of(storage::Reader&, PlanNodeId bearer);

}
