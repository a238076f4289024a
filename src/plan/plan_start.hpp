#pragma once
#include "journal/act.hpp"
#include "plan/plan_create.hpp"
#include "text/messages.hpp"

namespace kpuhub::plan {

/// The eight change areas without any row, for a plan written by hand.
Tree empty_tree(text::Messages const&, int year);

/// The program's own model plan (definitions/plan_shapes/model_plan.yaml) as rows of an office; owners are its sub-divisions of the
/// usual keys. Errors: Invalid when the file is faulty.
Result<Tree> shape_tree(storage::Reader&, text::Messages const&, UnitId, int year, time::Date today);

/// How a plan is begun: "empty", "shape", "plan:7" (rows of another plan of the office), "unfinished:7" (only what
/// that one left unfinished), "model:9" (a published model).
/// Errors: Invalid for another word; those of the actions.
Result<PlanId> start_plan(storage::Transaction&, journal::Act const&, text::Messages const&, UnitId, int year, PlanKind, std::string_view from);

}
