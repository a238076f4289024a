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
    std::vector<codec::Box> boxes {};    ///< of each cell, on paper; else empty
    std::vector<int> confidence {};      ///< of each cell, on paper; else empty. -1 = not recognised from a picture
    std::string raw {};                  ///< as in the source
    int blank_before = 0;                ///< empty lines just before
    /// Where one of its cells stands.
    [[nodiscard]] Source at(int column) const;
    /// Percent; -1 when the text was not recognised from a picture.
    [[nodiscard]] int confidence_at(int column) const;
    /// Whether it has texts that were recognised from a picture.
    [[nodiscard]] bool recognised() const;
    [[nodiscard]] bool empty() const;
    [[nodiscard]] std::size_t filled() const;
    [[nodiscard]] std::string joined() const;   ///< filled cells with single spaces
};

/// The rows of all pages in order. Lines of a text keep their number; blank lines are counted, not given. A Word document
/// has one numbering throughout, that of `shown_lines`. Cells keep codec::line_separator between their paragraphs.
std::vector<SourceRow> source_rows(codec::Document const&);

/// The lines shown on the review page: a text's own lines, the rows of a sheet or of tables on paper with tabs.
std::vector<std::string> shown_lines(codec::Document const&);

/// The sheets or the pages of paper that the lines come from; empty for texts, CSV and Word.
std::vector<SourcePage> source_pages(codec::Document const&);

}
