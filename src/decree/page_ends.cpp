#include "codec/reading_rules.hpp"
#include "decree/page_ends.hpp"
#include <algorithm>
#include <limits>

namespace kpuhub::decree {

std::size_t marks_in(SourceRow const& row)
{
    return static_cast<std::size_t>(std::ranges::count(row.cells, std::string { "√" }));
}

/// Whether the merged cell of a mark covers this row as well.
static bool under_mark(std::vector<SourceRow> const& rows, std::size_t at)
{
    for (std::size_t r = at; r-- > 0 && rows[r].source.page == rows[at].source.page;)
        for (std::size_t i = 0; i < rows[r].cells.size(); ++i)
            if (rows[r].cells[i] == "√" && rows[r].source.line + rows[r].down[i] > rows[at].source.line)
                return true;
    return false;
}

void doubt_page_ends(std::vector<SourceRow>& rows, std::set<int> const& data, std::set<int> const& first_data)
{
    std::size_t first = std::numeric_limits<std::size_t>::max();
    std::size_t last = 0;
    for (auto const& row : rows)
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (row.cells[i] == "√") {
                first = std::min(first, i);
                last = std::max(last, i);
            }
    bool marked_before = false;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        auto& row = rows[r];
        auto const other_page = [&](std::size_t at) { return at < rows.size() && rows[at].source.page != row.source.page && rows[at].cells.size() > 2; };
        bool const first_here = first_data.contains(row.source.line);
        bool const goes_on = first_here && marked_before && row.filled() < 2;      // the marks stand with the row's beginning
        bool const edge = data.contains(row.source.line) && (other_page(r + 1) || (first_here && !goes_on)) && !under_mark(rows, r);
        marked_before = data.contains(row.source.line) ? marks_in(row) > 0 || under_mark(rows, r) : marked_before;
        if (!edge || marks_in(row) > 0 || row.cells.size() < 3)
            continue;
        for (std::size_t i = first; i <= last && i < row.cells.size(); ++i)
            if (row.cells[i].empty() && row.boxes[i] != codec::Box {} && row.confidence[i] < 0)
                row.confidence[i] = codec::reading::doubtful_mark;
    }
}

}
