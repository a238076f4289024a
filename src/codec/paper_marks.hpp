#pragma once
#include "codec/paper_grid.hpp"
#include <optional>
#include <string>
#include <utility>

namespace kpuhub::codec {

/// What stands in a cell when it is looked at as a drawing.
struct CellInk {
    Area area {};               ///< of the ink, in pixels of the sheet
    double mass = 0;            ///< black pixels
    double longest = 0;         ///< longer side of its largest connected part, in pixels
    int parts = 0;              ///< connected parts that are no specks
    double light = 255;         ///< brightness of the cell's ground
};

/// The rules must have been removed from the sheet.
CellInk ink_in(InkSheet const&, Area const& cell);

/// The longest run of narrow columns of like width (first, last): there months or quarters are marked. Nothing under three.
std::optional<std::pair<int, int>> mark_columns(Grid const&);

/// Whether the texts of the cells of such a run are its headings: words, numbers or roman numbers that count up, letters.
bool are_labels(std::vector<std::string> const& texts);

/// A mark that is printed as a letter or sign, in any of the symbol fonts; nothing for numbers, dashes and words.
/// The certainty in percent.
std::optional<int> printed_mark(std::string_view text);

/// A decision on the ink of one cell. `text` is "√" or empty; the confidence -1 says: certainly nothing.
struct Mark {
    std::string text {};
    int confidence = -1;
    friend bool operator==(Mark const&, Mark const&) = default;
};

/// Decides for all mark cells of a table together: what a mark looks like is learnt from most of them.
class MarkJudge {
public:
    MarkJudge(double dpi, std::vector<CellInk> const& cells);
    /// `row_light`: brightness of the ground of the row's other cells.
    [[nodiscard]] Mark judge(CellInk const&, Area const& cell, double row_light) const;

private:
    double m_dpi;
    double m_smallest;          ///< pixels
    double m_usual_mass = 0;
    double m_usual_light = 255;
};

}
