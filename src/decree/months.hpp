#pragma once
#include "decree/header.hpp"
#include "decree/row_items.hpp"

namespace kpuhub::decree {

/// The months of one row, and whether its marks can be trusted.
/// Certain: twelve labelled cells and every mark under one of them, texts in their columns. Where more cells than months
/// stand under the heading, only a run from the first cell of at most a quarter is certain: later marks may have been pushed.
Months months_of(RowItems const&, Layout const&, int cells_in_row);

/// Several rows of one sub-activity together.
Months together(std::vector<Months> const&);

}
