#include "codec/fill_marks.hpp"
#include "codec/cell_signs.hpp"
#include <set>

namespace kpuhub::codec {

void mark_fills(std::vector<Cell>& cells, std::vector<std::string> const& fills)
{
    std::set<std::string> of_text;
    bool text = false;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (!cells[i].text.empty()) {
            text = true;
            of_text.insert(fills[i]);
        }
    if (!text)
        return;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (cells[i].text.empty() && !fills[i].empty() && !of_text.contains(fills[i]))
            cells[i].text = filled_cell;
}

}
