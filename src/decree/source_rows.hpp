#pragma once
#include "codec/document.hpp"
#include "decree/draft.hpp"
#include <string>
#include <vector>

namespace kpuhub::decree {

/// One line of a text or one row of a sheet, as cells. Texts are split at tabs.
struct SourceRow {
    Source source {};
    std::vector<std::string> cells {};   ///< cleaned of markup; empty strings keep the place
    std::vector<int> down {};            ///< rows that each cell covers (merged cells of a sheet); may be shorter than cells
    std::vector<int> across {};          ///< columns that each cell covers; may be shorter than cells
    bool grid = false;                   ///< of a sheet, a CSV or a Word table: a cell's column is certain
    std::string raw {};                  ///< as in the source
    int blank_before = 0;                ///< empty lines just before
    [[nodiscard]] bool empty() const;
    [[nodiscard]] std::size_t filled() const;
    [[nodiscard]] std::string joined() const;   ///< filled cells with single spaces
};

/// The rows of all pages in order. Lines of a text keep their number; blank lines are counted, not given. A Word document
/// has one numbering throughout, that of `shown_lines`. Cells keep codec::line_separator between their paragraphs.
std::vector<SourceRow> source_rows(codec::Document const&);

/// The lines shown on the review page: a text's own lines, a sheet's rows with tabs.
std::vector<std::string> shown_lines(codec::Document const&);

}
