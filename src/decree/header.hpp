#pragma once
#include "decree/month_words.hpp"
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
    std::map<int, std::vector<int>> periods {};   ///< months by column where a column is no single month of twelve: quarters, weeks, a part of a year
    int words_at = -1;                ///< column that tells the months in words; -1: none
    std::string words_heading {};
    Period bare = Period::None;       ///< of which period a bare number in them speaks
    std::map<int, std::string> extra {};          ///< columns that are kept under their heading
    std::map<int, int> spans {};      ///< columns under one heading (number and text apart), where more than one
    /// Twelve cells for twelve months: a mark's column says its month.
    [[nodiscard]] bool exact() const { return labels == 12 && month_cells == 12; }
    [[nodiscard]] bool in_months(int column) const { return month_first >= 0 && words_at < 0 && column >= month_first && column < month_first + month_cells; }
    [[nodiscard]] int column(Column) const;   ///< -1 when absent
};

bool is_header(SourceRow const&, Shape const&);
/// Rows of a header: the headings, then maybe the labels of the months and the numbers of the columns.
/// Gives the layout and how many rows from `first` on belong to it.
std::pair<Layout, std::size_t> read_header(std::vector<SourceRow> const&, std::size_t first, Shape const&);
/// The layouts of all headers of a scan; none of a document that was not recognised from pictures.
std::vector<Layout> recognised_layouts(std::vector<SourceRow> const&, Shape const&);
/// A heading of a repeated header may be misread: the layout of a header of the same table that names more of its columns, or the
/// layout itself.
Layout fullest_layout(Layout const&, std::vector<Layout> const& others);
/// A row that only numbers the columns: (1) (2) (3) or 1 2 3.
bool is_column_numbers(SourceRow const&);

}
