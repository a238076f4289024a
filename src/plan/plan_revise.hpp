#pragma once
#include "journal/act.hpp"
#include "plan/board.hpp"
#include "plan/tree.hpp"
#include "storage/database.hpp"

namespace kpuhub::plan {

/// Makes the rows of a plan what the tree says: rows with an id stay the same row wherever they now stand and whatever they
/// say, rows without one are new, rows that the tree leaves out are taken out but kept for comparison. Work on rows that
/// stay is kept; deliverables follow. A fixed plan gets the next revision, with the reason and a snapshot; a draft is
/// simply edited (the reason may be empty). Returns the revision.
/// Errors: as lock_to_change (plan_lock.hpp); Invalid as check(Tree), "plan.reason.missing", or an id that is not of this plan.
Result<std::int64_t> revise(storage::Transaction&, journal::Act const&, PlanId, std::int64_t shown_version,
    std::string const& reason, Tree const&);

/// The rows of a plan that find_plan has given to the reader, as they stand now or at a kept revision. One statement.
/// Errors: NotFound when no such revision was kept.
Result<std::vector<TreeNode>> areas_at(storage::Reader&, PlanHead const&, std::optional<std::int64_t> revision);

// Small steps on a tree in memory, for forms that change one row. Nothing / false when there is no such row.
TreeNode* row_in(Tree&, PlanNodeId);
bool take_out(Tree&, PlanNodeId);
/// Under the parent (none = as an area), before the child at that position; beyond the end = last.
bool put_in(Tree&, PlanNodeId parent, std::size_t position, TreeNode);

}
