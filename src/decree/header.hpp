#pragma once
#include "decree/shape.hpp"
#include "decree/source_rows.hpp"
#include <map>

namespace kpuhub::decree {

/// Where the columns of the plan table stand, as one printed header says it. Columns count from 0.
struct Layout {
    std::map<Column, int> at {};
    int month_first = -1;             ///< -1: no month columns
    int month_cells = 0;              ///< cells under the months heading, up to the next heading or the end of the row
    std::array<int, 12> month_at {};  ///< column of each month by its label
    int labels = 0;                   ///< how many months are labelled
    int width = 0;
    /// Twelve cells for twelve months: a mark's column says its month.
    [[nodiscard]] bool exact() const { return labels == 12 && month_cells == 12; }
    [[nodiscard]] int column(Column) const;   ///< -1 when absent
};

bool is_header(SourceRow const&, Shape const&);
/// Rows of a header: the headings, then maybe the labels of the months and the numbers of the columns.
/// Gives the layout and how many rows from `first` on belong to it.
std::pair<Layout, std::size_t> read_header(std::vector<SourceRow> const&, std::size_t first, Shape const&);
/// A row that only numbers the columns: (1) (2) (3) or 1 2 3.
bool is_column_numbers(SourceRow const&);

}
