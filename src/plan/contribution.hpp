#pragma once
#include "indicator/tally.hpp"
#include "plan/bearing.hpp"
#include "plan/plan.hpp"
#include <span>
#include <vector>

namespace kpuhub::plan {

/// The measured figure of this room.
inline constexpr std::string_view plan_progress = "plan_progress";

/// What one deliverable adds, as a pure function of its stored row, its node and its plan. Periods: the year of the plan
/// ("2026") and the month of the due day ("2026-06"). Parts stand under the change area, "a1.late" (a0 = outside), and
/// under all areas together, "t.late":
///   all; due (the due day has ended, or verified before); verified; submitted; returned; under_way;
///   late (never backfilled ones); no_proof (due without any proof);
///   apart: under another authority, tentative, not applicable or with unsettled months; these are in no other part.
/// Progress to date = verified / due, of the year = verified / all.
/// A draft and a model add nothing: a figure counts what an office has fixed.
std::vector<indicator::Contribution> contributions(Plan const&, Node const&, Deliverable const&);

/// What the plan itself adds to its year: "plan.draft" or "plan.fixed" 1, and "a1.unscheduled" for each row that applies,
/// is the office's own and has no months. A model adds nothing.
std::vector<indicator::Contribution> contributions(Plan const&, std::span<Node const>, std::span<Bearer const>);

}
