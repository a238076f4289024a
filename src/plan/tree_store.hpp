#pragma once
#include "plan/plan.hpp"
#include "plan/tree.hpp"
#include "storage/database.hpp"

namespace kpuhub::plan {

// How a tree becomes rows. Private to the room.

/// Writes the tree as the rows of the plan: updates rows with an id, adds those without, takes out the others (removed_at).
void save_tree(storage::Transaction&, Plan const&, Tree const&, time::Instant at);

/// What hangs on rows taken out waits for no day any more.
void quiet_removed(storage::Transaction&, PlanId);

}
