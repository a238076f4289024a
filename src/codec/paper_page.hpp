#pragma once
#include "codec/document.hpp"
#include "codec/paper_grid.hpp"
#include "codec/paper_marks.hpp"
#include "codec/paper_words.hpp"

namespace kpuhub::codec {

/// Regions of a sheet whose writing is to be recognised: each inner list stands side by side on one line.
using Strips = std::vector<std::vector<Area>>;

/// One page of paper on its way to a document: its tables, the ink in their cells, then its words.
class PaperPage {
public:
    /// Finds the tables and takes their lines out of the sheet.
    explicit PaperPage(InkSheet sheet);

    [[nodiscard]] InkSheet const& sheet() const { return m_sheet; }
    /// For a page without a text layer: the cells with writing, and what stands outside the tables.
    [[nodiscard]] Strips cell_strips() const;
    [[nodiscard]] Strips outer_strips() const;
    /// The page with its words (pixels of the sheet). `width` and `height` in points, as the paper is shown.
    [[nodiscard]] Page page(std::vector<PaperWord> words, int width, int height) const;

private:
    struct Table {
        Grid grid;
        std::vector<CellInk> inks;      ///< beside grid.cells
        std::optional<std::pair<int, int>> marks;
    };
    [[nodiscard]] static bool in_marks(Table const&, GridCell const&);
    [[nodiscard]] static bool has_printed_marks(Table const&, std::vector<std::vector<PaperWord>> const&);
    [[nodiscard]] std::vector<std::vector<Area>> label_strips(Table const&) const;
    void add_cells(Page&, Table const&, std::vector<std::vector<PaperWord>> const&, int first_row) const;
    [[nodiscard]] Cell made_cell(GridCell const&, int first_row, std::vector<PaperWord> const&) const;
    [[nodiscard]] std::vector<bool> label_rows(Table const&, std::vector<std::vector<PaperWord>> const&) const;
    void split_at_lines(std::vector<PaperWord>&) const;
    [[nodiscard]] Box box_of(Area const&) const;

    InkSheet m_sheet;
    std::vector<Table> m_tables;
};

}
