#pragma once
#include "decree/shape.hpp"
#include "decree/source_rows.hpp"
#include "decree/words.hpp"
#include <span>

namespace kpuhub::decree {

/// What a cell of a linear text is, judged by its numbering and its width (the columns of a plan differ in width).
enum class LinearKind { Area, Activity, Subactivity, Item, Text };

/// One table cell put together from its lines. The columns are gone: only the order and the widths are left.
struct LinearCell {
    LinearKind kind = LinearKind::Text;
    std::string text;             ///< with its marker
    Marker mark;
    std::vector<Source> lines;
    int page = 0;
};

/// The table's lines as cells. Lines of the repeated header are left out; `outside` takes lines that belong to no cell.
std::vector<LinearCell> linear_cells(std::span<SourceRow const>, Shape const&, std::vector<SourceRow>& outside);

bool is_month_line(std::string_view, Shape const&);
bool is_header_line(std::string_view, Shape const&);

}
