#pragma once
#include "codec/document.hpp"
#include <string>
#include <vector>

namespace kpuhub::codec {

/// Decides for the cells of one row which empty ones say something by their colour alone, and gives those the text
/// `filled_cell` (cell_signs.hpp): coloured otherwise than every cell of the row that has text. `fills` are the colours
/// of the cells, in the same order; empty = none or white.
void mark_fills(std::vector<Cell>&, std::vector<std::string> const& fills);

}
