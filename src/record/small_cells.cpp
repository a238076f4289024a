#include "record/small_cells.hpp"
#include <algorithm>

namespace kpuhub::record {

bool suppress_small(std::vector<CountCell>& cells, int below)
{
    std::int64_t total = 0, hidden = 0;
    for (auto& cell : cells) {
        total += cell.amount;
        cell.shown = cell.amount == 0 || cell.amount >= below;
        hidden += cell.shown ? 0 : 1;
    }
    if (total > 0 && total < below) {
        for (auto& cell : cells)
            cell.shown = false;
        return false;
    }
    if (hidden != 1)
        return true;
    CountCell* next = nullptr;
    for (auto& cell : cells)
        if (cell.shown && cell.amount > 0 && (!next || cell.amount < next->amount))
            next = &cell;
    if (next)
        next->shown = false;
    return true;
}

}
