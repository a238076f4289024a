#pragma once
#include "decree/draft.hpp"
#include "decree/shape.hpp"
#include "decree/source_rows.hpp"
#include <utility>

namespace kpuhub::decree {

/// Where the table of a linear text (the text layer of a PDF, no columns left) begins and ends, as row indices; equal when
/// there is none.
std::pair<std::size_t, std::size_t> linear_table(std::vector<SourceRow> const&, Shape const&);

/// Reads the cells of a linear text into the tree.
void read_linear(Draft&, std::vector<SourceRow> const&, std::size_t first, std::size_t end, Shape const&);

}
