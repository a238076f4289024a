#include "record/small_cells.hpp"
#include <algorithm>
#include <set>

namespace kpuhub::record {

namespace {

using Cells = std::vector<CountCell>;

void hide_all(Cells& cells)
{
    for (auto& cell : cells)
        cell.shown = false;
}

/// True when who knows the sum of the cells, and this code, finds none of the hidden ones. The choice of what to hide looks at amounts alone:
/// two hidden cells of different amounts could change places and the same would be published.
bool covered(Cells const& cells, int below)
{
    std::int64_t hidden = 0, sum = 0;
    std::set<std::int64_t> amounts;
    for (auto const& cell : cells)
        if (!cell.shown) {
            ++hidden;
            sum += cell.amount;
            amounts.insert(cell.amount);
        }
    return hidden == 0 || (amounts.size() >= 2 && sum >= 2 * below && sum >= 2 * hidden);
}

}

bool suppress_small(std::vector<CountCell>& cells, int below)
{
    std::int64_t total = 0;
    for (auto& cell : cells) {
        total += cell.amount;
        cell.shown = cell.amount == 0 || cell.amount >= below;
    }
    if (total > 0 && total < below) {
        hide_all(cells);
        return false;
    }
    while (!covered(cells, below)) {
        std::int64_t next = 0;
        for (auto const& cell : cells)
            if (cell.shown && cell.amount > 0 && (next == 0 || cell.amount < next))
                next = cell.amount;
        if (next == 0) {
            hide_all(cells);        // the zeros too: what is left over would be too narrow
            break;
        }
        for (auto& cell : cells)    // those of one amount together: which of them came first would tell
            cell.shown = cell.shown && cell.amount != next;
    }
    return true;
}

bool suppress_small(std::vector<CountGroup>& groups, std::vector<CountCell>& cells, int below)
{
    bool const told = suppress_small(cells, below);
    for (auto& group : groups) {
        group.sum.amount = 0;
        for (auto at : group.members)
            group.sum.amount += cells[at].amount;
        group.sum.shown = std::ranges::all_of(group.members, [&](auto at) { return cells[at].shown; });
    }
    return told;
}

bool may_be_told(std::int64_t amount, std::int64_t below) { return amount == 0 || amount >= below; }

bool parts_may_be_told(std::int64_t part, std::int64_t whole, std::int64_t below)
{
    return may_be_told(part, below) && may_be_told(whole - part, below);
}

}
