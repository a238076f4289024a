#pragma once
#include "plan/tree.hpp"
#include <string>

namespace kpuhub::plan {

// Moving rows in a tree in memory, with what stands under them. Indicators keep covering the sub-activities that they covered,
// as long as these stand in the same activity. False when there is no such row, or no such row may stand there.

/// Whether the number as printed stays with the row, or rows are numbered by where they stand.
enum class Numbering { Keep, Follow };

/// Before the child at that position of the new parent (none = among the areas); beyond the end = last. The position counts
/// without the row itself.
bool move_row(Tree&, PlanNodeId row, PlanNodeId parent, std::size_t position, Numbering);

/// One place up (-1) or down (+1) among the rows of its level under the same parent.
bool shift_row(Tree&, PlanNodeId row, int by, Numbering);

/// Whether a row of this level may stand under one of that level; none = at the top.
bool may_stand_under(Level child, std::optional<Level> parent);

/// The number of the n-th row (from 1) in the manner of another: "1." gives "2.", "a)" gives "b)", "II" gives "III",
/// "1.2.4" gives "1.2.5". Empty when the manner is not known.
std::string number_like(std::string_view printed, int n);

}
