#pragma once
#include "codec/document.hpp"
#include "codec/paper_words.hpp"
#include <vector>

namespace kpuhub::codec {

/// A page with a text layer on which no lines are drawn.
struct OpenPage {
    std::size_t number = 0;     ///< its place in the document, from 0
    PageWords words {};         ///< in points, upright
};

/// Finds a table without drawn lines that goes over these pages: its columns are the strips between which nothing is printed,
/// its rows begin with a number of a list, with a gap, or with a cell to their left. Marks that stand on no row's first line
/// have a confidence that asks. Pages that take part get cells, and their lines are those outside; others stay as they are.
void read_open_tables(std::vector<Page>& pages, std::vector<OpenPage> const& open);

}
