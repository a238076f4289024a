#pragma once
#include "decree/source_rows.hpp"

namespace kpuhub::decree {

/// Whether the document was read from pages of paper (PDF, scan, picture).
bool is_paper(codec::Document const&);

/// The tables of all pages as one stream of rows: columns of each page under those of the widest one, a text that goes on over
/// the page joined to its beginning, page numbers left out; lines outside the tables stay where they stand.
std::vector<SourceRow> paper_rows(codec::Document const&);

}
