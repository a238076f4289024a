#pragma once
#include "decree/source_rows.hpp"
#include <set>

namespace kpuhub::decree {

/// How many cells of the row are marks.
std::size_t marks_in(SourceRow const&);

/// A row at the edge of a page that has no marks may have left them on the other page: its empty month cells are not certain.
/// `data` and `first_data`: lines of the rows that are no headings, and of those that stand first on a page but the first one.
void doubt_page_ends(std::vector<SourceRow>&, std::set<int> const& data, std::set<int> const& first_data);

}
