#pragma once
#include "plan/board_model.hpp"
#include <vector>

namespace kpuhub::plan {

/// Heads of the month, quarter or semester columns; the one of the month shown has the class "kini".
std::vector<BoardColumn> board_columns(BoardView, int month);

/// One cell for each stretch of what is owed, over its months; empty cells between. Quarters and semesters hold what falls due in them.
std::vector<BoardCell> board_cells(Plan const&, Node const&, std::vector<Deliverable const*> const& owed, BoardView, int month,
    time::Date today);

}
