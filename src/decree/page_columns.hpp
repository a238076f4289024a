#pragma once
#include "codec/document.hpp"
#include <vector>

namespace kpuhub::decree {

/// Left and right edge of a cell along its row, in ten-thousandths; a page may lie on its side.
struct Edges {
    double left = 0;
    double right = 0;
};

/// The left and the right edge of a page's table.
Edges table_edges(codec::Page const&);

/// Where the columns of a page begin, as shares of the table's width; by column number from 0. Of a table that is narrower
/// than the `usual` one, because columns at one side were not found, by the edge that both have.
std::vector<double> column_starts(codec::Page const&, Edges const* usual = nullptr);

/// The start that is nearest to a share.
std::size_t nearest(std::vector<double> const& starts, double share);

}
