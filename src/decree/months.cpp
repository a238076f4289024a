#include "decree/months.hpp"
#include <algorithm>
#include <numeric>
#include <set>

namespace kpuhub::decree {

namespace {

constexpr int quarter = 3;

bool run_from_first(std::vector<int> const& positions)
{
    for (std::size_t i = 0; i < positions.size(); ++i)
        if (positions[i] != static_cast<int>(i) + 1)
            return false;
    return true;
}

/// The likeliest months of marks that cannot be trusted: the run that goes past December ends in December.
std::vector<int> likely(std::vector<int> positions, int shift)
{
    std::set<int> months;
    for (auto& position : positions)
        position = std::max(1, position - shift);
    if (positions.size() >= 12) {
        for (int month = std::min(12, positions.front()); month <= 12; ++month)
            months.insert(month);
        return { months.begin(), months.end() };
    }
    std::size_t i = 0;
    while (i < positions.size()) {
        std::size_t end = i;
        while (end + 1 < positions.size() && positions[end + 1] == positions[end] + 1)
            ++end;
        int const past = std::max(0, positions[end] - 12);
        for (; i <= end; ++i)
            months.insert(std::clamp(positions[i] - past, 1, 12));
    }
    return { months.begin(), months.end() };
}

/// Marks under quarters, semesters, weeks or a part of the year: the column says all months of its period.
Months months_of_periods(RowItems const& row, Layout const& layout)
{
    Months out;
    std::set<int> months;
    out.certain = !row.displaced;
    for (int const column : row.marks) {
        auto const found = layout.periods.find(column);
        if (found == layout.periods.end())
            out.certain = false;
        else
            months.insert(found->second.begin(), found->second.end());
    }
    out.months.assign(months.begin(), months.end());
    out.positions = out.months;
    if (out.positions.empty() && !row.marks.empty())
        out.positions = { 1 };
    return out;
}

}

Months months_of(RowItems const& row, Layout const& layout, int cells_in_row)
{
    Months out;
    if (row.told && row.marks.empty()) {
        out.months = out.positions = row.told->months;
        out.certain = row.told->certain;
        return out;
    }
    if (!layout.periods.empty())
        return months_of_periods(row, layout);
    for (int const column : row.marks)
        out.positions.push_back(column - layout.month_first + 1);
    bool const as_wide_as_header = layout.exact() && cells_in_row <= layout.width;
    if (out.positions.empty()) {
        out.certain = as_wide_as_header && !row.displaced;
        return out;
    }
    bool const inside = out.positions.front() >= 1 && out.positions.back() <= 12;
    if (as_wide_as_header)
        out.certain = inside && !row.displaced;
    else
        out.certain = !row.displaced && layout.labels == 12 && layout.month_cells > 12 && out.positions.size() <= quarter && run_from_first(out.positions);
    if (out.certain)
        out.months = out.positions;
    else
        out.months = likely(out.positions, row.shift);
    return out;
}

Months together(std::vector<Months> const& rows)
{
    Months out;
    std::set<int> months;
    std::set<int> positions;
    bool const marked = std::ranges::any_of(rows, [](auto& row) { return !row.positions.empty(); });
    out.certain = !rows.empty();
    for (auto const& row : rows) {
        months.insert(row.months.begin(), row.months.end());
        positions.insert(row.positions.begin(), row.positions.end());
        out.unclear = out.unclear || row.unclear;
        if (!marked || !row.positions.empty() || row.unclear)
            out.certain = out.certain && row.certain;
    }
    out.months.assign(months.begin(), months.end());
    out.positions.assign(positions.begin(), positions.end());
    return out;
}

}
