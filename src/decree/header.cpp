#include "decree/header.hpp"
#include "decree/words.hpp"
#include <algorithm>

namespace kpuhub::decree {

namespace {

int month_labels(SourceRow const& row, Shape const& shape, std::array<int, 12>& at, int from)
{
    at.fill(-1);
    int count = 0;
    int last = 0;
    for (std::size_t i = static_cast<std::size_t>(std::max(0, from)); i < row.cells.size(); ++i) {
        int const month = shape.month_of(row.cells[i]);
        if (month > last) {
            at.at(static_cast<std::size_t>(month) - 1) = static_cast<int>(i);
            last = month;
            ++count;
        }
    }
    return count;
}

bool text_before(SourceRow const& row, int column)
{
    for (int i = 0; i < column && i < static_cast<int>(row.cells.size()); ++i)
        if (!row.cells[static_cast<std::size_t>(i)].empty())
            return true;
    return false;
}

void measure(Layout& layout)
{
    if (layout.labels >= 6) {
        int first = -1;
        int month = 0;
        for (; month < 12 && first < 0; ++month)
            first = layout.month_at.at(static_cast<std::size_t>(month));
        layout.month_first = layout.labels == 12 ? layout.month_at[0] : std::max(0, first - (month - 1));
    } else if (auto const months = layout.column(Column::Months); months >= 0)
        layout.month_first = months;
    if (layout.month_first < 0)
        return;
    int end = layout.width;
    for (auto const& [column, at] : layout.at)
        if (column != Column::Months && at > layout.month_first)
            end = std::min(end, at);
    layout.month_cells = end - layout.month_first;
    if (layout.labels == 0 && layout.month_cells == 12) {
        layout.labels = 12;
        for (int i = 0; i < 12; ++i)
            layout.month_at.at(static_cast<std::size_t>(i)) = layout.month_first + i;
    }
    // Most of twelve cells are labelled and each stands in its place: a label that cannot be read does not matter.
    bool in_place = layout.labels >= 6 && layout.labels < 12 && layout.month_cells == 12;
    for (int i = 0; i < 12 && in_place; ++i)
        in_place = layout.month_at.at(static_cast<std::size_t>(i)) < 0 || layout.month_at.at(static_cast<std::size_t>(i)) == layout.month_first + i;
    for (int i = 0; i < 12 && in_place; ++i)
        layout.month_at.at(static_cast<std::size_t>(i)) = layout.month_first + i;
    if (in_place)
        layout.labels = 12;
    for (int i = 1; i < 12 && layout.labels == 12; ++i)
        if (layout.month_at.at(static_cast<std::size_t>(i)) != layout.month_first + i)
            layout.labels = 11;
}

}

int Layout::column(Column column) const
{
    auto const found = at.find(column);
    return found == at.end() ? -1 : found->second;
}

bool is_header(SourceRow const& row, Shape const& shape)
{
    std::map<Column, int> seen;
    for (auto const& cell : row.cells)
        if (auto const column = shape.column_of(cell))
            ++seen[*column];
    auto const text_columns = seen.count(Column::Area) + seen.count(Column::Activity) + seen.count(Column::Subactivity) + seen.count(Column::Indicator);
    return text_columns >= 2 && seen.size() >= 3;
}

bool is_column_numbers(SourceRow const& row)
{
    int expected = 0;
    for (auto const& cell : row.cells) {
        if (cell.empty())
            continue;
        auto const text = plain(cell);
        if (text.empty() || text.size() > 2 || text.find_first_not_of("0123456789") != std::string::npos)
            return false;
        if (std::stoi(text) <= expected)
            return false;
        expected = std::stoi(text);
    }
    return row.filled() >= 3 && !row.cells.empty() && !row.cells[0].empty();
}

std::pair<Layout, std::size_t> read_header(std::vector<SourceRow> const& rows, std::size_t first, Shape const& shape)
{
    Layout layout;
    auto const& head = rows[first];
    layout.width = static_cast<int>(head.cells.size());
    for (std::size_t i = 0; i < head.cells.size(); ++i)
        if (auto const column = shape.column_of(head.cells[i]))
            layout.at.try_emplace(*column, static_cast<int>(i));
    int const months = layout.column(Column::Months);
    layout.labels = month_labels(head, shape, layout.month_at, std::max(2, months));
    if (layout.labels < 6)
        layout.labels = 0;
    std::size_t used = 1;
    while (first + used < rows.size() && used < 4) {
        auto const& next = rows[first + used];
        if (next.blank_before > 0 && next.cells.size() < 2)
            break;
        std::array<int, 12> at {};
        int const labels = month_labels(next, shape, at, std::max(2, months));
        if (layout.labels == 0 && labels >= 6 && !text_before(next, std::max(1, months))) {
            layout.labels = labels;
            layout.month_at = at;
        } else if (!is_column_numbers(next) && !(next.filled() == 0))
            break;
        layout.width = std::max(layout.width, static_cast<int>(next.cells.size()));
        ++used;
    }
    measure(layout);
    return { layout, used };
}

}
