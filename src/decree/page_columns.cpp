#include "decree/page_columns.hpp"
#include <algorithm>
#include <cmath>
#include <map>

namespace kpuhub::decree {

/// Quarter turns of the page's table: how its columns go on.
static int turn_of(codec::Page const& page)
{
    for (std::size_t i = 1; i < page.cells.size(); ++i) {
        auto const& a = page.cells[i - 1];
        auto const& b = page.cells[i];
        if (a.row != b.row || a.column >= b.column)
            continue;
        int const dx = b.box.left + b.box.right - a.box.left - a.box.right;
        int const dy = b.box.top + b.box.bottom - a.box.top - a.box.bottom;
        if (std::abs(dx) >= std::abs(dy))
            return dx >= 0 ? 0 : 2;
        return dy < 0 ? 1 : 3;
    }
    return 0;
}

static Edges edges_of(codec::Box const& box, int turn)
{
    constexpr double whole = 10'000;
    switch (turn) {
    case 1:
        return { whole - box.bottom, whole - box.top };
    case 2:
        return { whole - box.right, whole - box.left };
    case 3:
        return { static_cast<double>(box.top), static_cast<double>(box.bottom) };
    default:
        return { static_cast<double>(box.left), static_cast<double>(box.right) };
    }
}

Edges table_edges(codec::Page const& page)
{
    int const turn = turn_of(page);
    Edges whole { 1e9, -1e9 };
    for (auto const& cell : page.cells) {
        auto const edges = edges_of(cell.box, turn);
        whole = { std::min(whole.left, edges.left), std::max(whole.right, edges.right) };
    }
    return whole;
}

std::vector<double> column_starts(codec::Page const& page, Edges const* usual)
{
    int const turn = turn_of(page);
    std::map<int, std::vector<double>> starts;
    for (auto const& cell : page.cells)
        starts[cell.column].push_back(edges_of(cell.box, turn).left);
    auto [first, last] = table_edges(page);
    if (constexpr double less = 0.97; usual != nullptr && last - first < less * (usual->right - usual->left)) {
        bool const left_lost = std::abs(last - usual->right) < std::abs(first - usual->left);
        (left_lost ? first : last) = left_lost ? last - (usual->right - usual->left) : first + (usual->right - usual->left);
    }
    std::vector<double> shares;
    int column = 1;
    for (auto& [number, all] : starts) {
        std::ranges::sort(all);
        double const share = (all[all.size() / 2] - first) / std::max(1.0, last - first);
        for (; column < number; ++column)
            shares.push_back(share);
        shares.push_back(share);
        ++column;
    }
    return shares;
}

std::size_t nearest(std::vector<double> const& starts, double share)
{
    std::size_t best = 0;
    for (std::size_t i = 1; i < starts.size(); ++i)
        if (std::abs(starts[i] - share) < std::abs(starts[best] - share))
            best = i;
    return best;
}

}
