#pragma once
#include "journal/act.hpp"
#include "plan/tree.hpp"
#include "storage/database.hpp"

namespace kpuhub::plan {

/// Makes a draft plan of an office and year, or a model (then it needs plan.publish_model and bears no deliverables).
/// Rows without months have no deliverables until their working schedule is set.
/// Errors: NotFound when the actor may not read the unit; Forbidden without plan.manage; Invalid as check(Tree);
/// Conflict "plan.exists" when the office has a plan of that kind and year.
Result<PlanId> create(storage::Transaction&, journal::Act const&, UnitId, int year, PlanKind, Tree const&);

/// A draft from the rows of another plan of the same office, usually last year's: their months hold as printed months,
/// owners, rhythm, authority and common items stay; decree fields start empty.
Result<PlanId> create_from(storage::Transaction&, journal::Act const&, PlanId source, UnitId, int year);

/// Next year's plan. A row that last year's plan leaves unfinished remembers it (Node::carried_from), as create_from does for
/// a plan of an earlier year; OnlyUnfinished takes no other rows.
enum class CarryOver { AllRows, OnlyUnfinished };
Result<PlanId> create_from(storage::Transaction&, journal::Act const&, PlanId source, UnitId, int year, CarryOver);

/// A draft that takes over a published model of a unit above; remembers which.
/// Errors: NotFound when the model is not published or not from above.
Result<PlanId> adopt(storage::Transaction&, journal::Act const&, PlanId model, UnitId, int year);

/// Offers a model to the offices below, or takes the offer back. Errors: Forbidden without plan.publish_model.
Result<void> publish(storage::Transaction&, journal::Act const&, PlanId, std::int64_t shown_version, bool published);

/// The rows of a stored plan as a value, with their ids. Two statements.
Tree tree_of(storage::Reader&, PlanId);
/// The same without what the decree says, for who has the head of the plan already. One statement.
std::vector<TreeNode> areas_of(storage::Reader&, PlanId);

}
