#pragma once
#include "codec/paper_rules.hpp"

namespace kpuhub::codec {

/// A cell of a drawn table; rows and columns count from 0.
struct GridCell {
    int row = 0;
    int column = 0;
    int row_span = 1;
    int column_span = 1;
    Area area {};               ///< inside its lines
    friend bool operator==(GridCell const&, GridCell const&) = default;
};

struct Grid {
    Area area {};
    int rows = 0;
    int columns = 0;
    std::vector<GridCell> cells {};     ///< by row and column; merged cells stand once
};

/// Takes what is left of the upright lines out of low rows, whose pieces of line are too short to be found one by one.
void clear_low_rows(InkSheet&, Grid const&);

/// The tables of a page from top to bottom. A missing piece of a line merges the cells beside it; a broken line does not.
std::vector<Grid> find_grids(InkSheet const&, Ruling const&);

}
