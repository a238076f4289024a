#include "decree/header.hpp"
#include "decree/month_words.hpp"
#include "decree/words.hpp"
#include <algorithm>

namespace kpuhub::decree {

namespace {

constexpr int fewest_labels = 6;     // fewer short words in a row may be anything
constexpr int most_weeks = 5;        // columns that one month may have
constexpr std::size_t most_rows = 4; // a header has no more

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

int span_of(std::vector<int> const& spans, std::size_t at) { return at < spans.size() ? spans[at] : 1; }

bool text_before(SourceRow const& row, int column)
{
    for (int i = 0; i < column && i < static_cast<int>(row.cells.size()); ++i)
        if (!row.cells[static_cast<std::size_t>(i)].empty())
            return true;
    return false;
}

/// Columns labelled with quarters or semesters: "TW I" ... or, under a heading that says so, "I" to "IV".
std::map<int, std::vector<int>> period_labels(SourceRow const& row, Shape const& shape, int from, Period bare)
{
    std::map<int, std::vector<int>> found;
    int before = 0;
    for (std::size_t i = static_cast<std::size_t>(std::max(0, from)); i < row.cells.size(); ++i) {
        auto const& cell = row.cells[i];
        if (cell.empty() || cell.size() > 24)   // no label is longer
            continue;
        auto const read = months_in_words(cell, shape, bare);
        bool const next = read.certain && read.months.size() >= 2 && read.months.size() < 12 && read.months.front() > before;
        if (!next)
            continue;
        before = read.months.back();
        for (int k = 0; k < span_of(row.across, i); ++k)
            found[static_cast<int>(i) + k] = read.months;
    }
    return found;
}

bool is_level(Column column) { return column == Column::Area || column == Column::Activity || column == Column::Subactivity; }

/// Gives the headings of one row their columns. A table whose headings do not name the three levels names them in order.
void take_headings(Layout& layout, SourceRow const& head, Shape const& shape)
{
    std::vector<std::pair<Column, int>> levels;
    std::vector<std::pair<int, std::string>> others;
    std::vector<std::pair<int, std::string>> outputs;
    for (std::size_t i = 0; i < head.cells.size(); ++i) {
        int const at = static_cast<int>(i);
        auto const& text = head.cells[i];
        if (text.empty())
            continue;
        auto const column = shape.column_of(text, head.recognised());
        if (span_of(head.across, i) > 1 && column != Column::Months)
            layout.spans[at] = span_of(head.across, i);
        if (!column) {
            if (head.grid && shape.month_of(text) == 0)
                others.emplace_back(at, one_line(text));
        } else if (is_level(*column))
            levels.emplace_back(*column, at);
        else if (*column == Column::Output)
            outputs.emplace_back(at, one_line(text));
        else if (*column == Column::Extra || !layout.at.try_emplace(*column, at).second)
            others.emplace_back(at, one_line(text));
    }
    bool const twice = levels.size() >= 2 && std::ranges::any_of(levels, [&](auto& level) { return std::ranges::count(levels, level.first, &std::pair<Column, int>::first) > 1; });
    bool const sub_named = std::ranges::find(levels, Column::Subactivity, &std::pair<Column, int>::first) != levels.end();
    constexpr std::array in_order { Column::Area, Column::Activity, Column::Subactivity };
    if (twice && !sub_named && levels.size() <= 3)
        for (std::size_t i = 0; i < levels.size(); ++i)
            levels[i].first = in_order.at(levels.size() == 3 || levels[0].first == Column::Area ? i : i + 1);
    for (auto const& [column, at] : levels)
        if (!layout.at.try_emplace(column, at).second)
            others.emplace_back(at, one_line(head.cells[static_cast<std::size_t>(at)]));
    // Where a plan has two levels, the lower one is what has months.
    if (auto activity = layout.at.extract(Column::Activity); head.grid && !activity.empty() && !layout.at.contains(Column::Subactivity)) {
        activity.key() = Column::Subactivity;
        layout.at.insert(std::move(activity));
    } else if (!activity.empty())
        layout.at.insert(std::move(activity));
    for (auto const& output : outputs)
        if (!layout.at.try_emplace(Column::Indicator, output.first).second)
            others.push_back(output);
    layout.extra.insert(others.begin(), others.end());
}

/// Headings below a heading that spans several columns ("TARGET" over "Volume" and "Satuan").
void take_lower_headings(Layout& layout, SourceRow const& row)
{
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        int const at = static_cast<int>(i);
        if (row.cells[i].empty() || layout.in_months(at))
            continue;
        for (auto const& [first, count] : std::map<int, int> { layout.spans })
            if (auto const above = layout.extra.find(first); at >= first && at < first + count && above != layout.extra.end()) {
                auto const words = above->second;
                if (at > first)
                    layout.extra[at] = words.substr(0, words.find(": ")) + ": " + one_line(row.cells[i]);
                else
                    above->second += ": " + one_line(row.cells[i]);
            }
    }
}

/// Weeks below each month, or labels for a part of the year: each column has its month.
void spread_labels(Layout& layout)
{
    std::vector<std::pair<int, int>> labelled;
    for (int month = 1; month <= 12; ++month)
        if (int const at = layout.month_at.at(static_cast<std::size_t>(month) - 1); at >= 0)
            labelled.emplace_back(at, month);
    bool const in_a_row = labelled.back().second - labelled.front().second + 1 == static_cast<int>(labelled.size());
    int const stride = labelled.size() > 1 ? labelled[1].first - labelled[0].first : 0;
    bool even = in_a_row && stride >= 1 && stride <= most_weeks;
    for (std::size_t i = 1; i < labelled.size(); ++i)
        even = even && labelled[i].first - labelled[i - 1].first == stride;
    if (!even || (stride == 1 && layout.labels == 12) || stride * static_cast<int>(labelled.size()) != layout.month_cells)
        return;
    for (auto const& [at, month] : labelled)
        for (int k = 0; k < stride; ++k)
            layout.periods[at + k] = { month };
    layout.month_first = labelled.front().first;
}

int end_of_months(Layout const& layout)
{
    int end = layout.width;
    for (auto const& [column, at] : layout.at)
        if (column != Column::Months && at > layout.month_first)
            end = std::min(end, at);
    for (auto const& [at, heading] : layout.extra)
        if (at > layout.month_first)
            end = std::min(end, at);
    return end;
}

void measure(Layout& layout, std::map<int, std::vector<int>> const& periods, bool grid)
{
    if (layout.labels >= fewest_labels) {
        int first = -1;
        int month = 0;
        for (; month < 12 && first < 0; ++month)
            first = layout.month_at.at(static_cast<std::size_t>(month));
        layout.month_first = layout.labels == 12 ? layout.month_at[0] : std::max(0, first - (grid ? 0 : month - 1));
    } else if (periods.size() >= 2)
        layout.month_first = periods.begin()->first;
    else if (auto const months = layout.column(Column::Months); months >= 0)
        layout.month_first = months;
    if (layout.month_first < 0)
        return;
    // A label of a month is no heading of another column.
    std::erase_if(layout.extra, [&](auto& extra) { return std::ranges::find(layout.month_at, extra.first) != layout.month_at.end() || periods.contains(extra.first); });
    layout.month_cells = end_of_months(layout) - layout.month_first;
    if (layout.labels == 0 && periods.size() >= 2) {
        layout.periods = periods;
        layout.month_cells = periods.rbegin()->first - layout.month_first + 1;
        return;
    }
    if (layout.labels == 0 && layout.month_cells == 1) {
        layout.words_at = layout.month_first;
        return;
    }
    if (layout.labels == 0 && layout.month_cells == 12) {
        layout.labels = 12;
        for (int i = 0; i < 12; ++i)
            layout.month_at.at(static_cast<std::size_t>(i)) = layout.month_first + i;
    }
    if (layout.labels >= fewest_labels && grid)
        spread_labels(layout);
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

/// Whether a row has texts where a heading above reaches down: then it is none of the header's, one of whose rows was lost.
bool under_heading(SourceRow const& head, SourceRow const& row, std::size_t used)
{
    for (std::size_t i = 0; i < head.down.size() && i < row.cells.size(); ++i)
        if (!head.cells[i].empty() && head.down[i] > static_cast<int>(used) && !row.cells[i].empty())
            return true;
    return false;
}

/// Rows that a merged heading covers.
std::size_t rows_of_header(SourceRow const& head)
{
    int rows = 1;
    for (std::size_t i = 0; i < head.down.size(); ++i)
        if (!head.cells[i].empty())
            rows = std::max(rows, head.down[i]);
    return std::min(static_cast<std::size_t>(rows), most_rows);
}

}

int Layout::column(Column column) const
{
    auto const found = at.find(column);
    return found == at.end() ? -1 : found->second;
}

bool is_header(SourceRow const& row, Shape const& shape)
{
    std::map<Column, std::size_t> seen;
    for (auto const& cell : row.cells)
        if (auto const column = shape.column_of(cell, row.recognised()))
            ++seen[*column == Column::Output ? Column::Indicator : *column];
    std::size_t texts = seen.contains(Column::Indicator) ? 1 : 0;
    std::size_t kinds = seen.size();
    for (auto const level : { Column::Area, Column::Activity, Column::Subactivity })
        if (auto const found = seen.find(level); found != seen.end()) {
            texts += found->second;
            kinds += found->second - 1;
        }
    return texts >= 2 && kinds >= 3;
}

/// The numbers of a scan, of which some are misread: short texts, and each number that can be read counts its column.
static bool are_misread_numbers(SourceRow const& row)
{
    constexpr std::size_t longest = 5;      // "“4)"
    constexpr int fewest = 3;
    int place = 0;
    int right = 0;
    bool recognised = false;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (row.cells[i].empty())
            continue;
        if (row.cells[i].size() > longest)
            return false;
        recognised = recognised || row.confidence_at(static_cast<int>(i)) >= 0;
        right += plain(row.cells[i]) == std::to_string(++place) ? 1 : 0;
    }
    return recognised && right >= fewest && right * 5 >= place * 2;
}

bool is_column_numbers(SourceRow const& row)
{
    int expected = 0;
    if (row.filled() < 3 || row.cells[0].empty())
        return false;
    for (auto const& cell : row.cells) {
        if (cell.empty())
            continue;
        auto const text = plain(cell);
        bool const number = !text.empty() && text.size() <= 2 && text.find_first_not_of("0123456789") == std::string::npos;
        if (!number || std::stoi(text) <= expected)
            return are_misread_numbers(row);
        expected = std::stoi(text);
    }
    return true;
}

std::pair<Layout, std::size_t> read_header(std::vector<SourceRow> const& rows, std::size_t first, Shape const& shape)
{
    Layout layout;
    auto const& head = rows[first];
    layout.width = static_cast<int>(head.cells.size());
    take_headings(layout, head, shape);
    int const months = layout.column(Column::Months);
    layout.labels = month_labels(head, shape, layout.month_at, std::max(2, months));
    if (layout.labels < fewest_labels)
        layout.labels = 0;
    auto const heading = months >= 0 ? head.cells[static_cast<std::size_t>(months)] : std::string {};
    auto bare = period_of(heading, shape);
    if (bare == Period::None && months >= 0) {
        int const cells = span_of(head.across, static_cast<std::size_t>(months));
        bare = cells == 4 ? Period::Quarter : cells == 2 ? Period::Semester : bare;
    }
    layout.bare = bare;
    auto periods = period_labels(head, shape, std::max(2, months), Period::None);
    auto const covered = rows_of_header(head);
    std::size_t used = 1;
    while (first + used < rows.size() && used < most_rows) {
        auto const& next = rows[first + used];
        if (next.blank_before > 0 && next.cells.size() < 2)
            break;
        std::array<int, 12> at {};
        int const labels = month_labels(next, shape, at, std::max(2, months));
        auto const below = period_labels(next, shape, std::max(2, months), bare == Period::Month ? Period::None : bare);
        bool const inside = used < covered && !under_heading(head, next, used);
        bool const only_months = inside || !text_before(next, std::max(1, months));
        if (layout.labels == 0 && labels >= fewest_labels && only_months) {
            layout.labels = labels;
            layout.month_at = at;
        } else if (layout.labels == 0 && periods.empty() && below.size() >= 2 && only_months)
            periods = below;
        else if (!inside && !is_column_numbers(next) && !(next.filled() == 0))
            break;
        if (inside)
            take_lower_headings(layout, next);
        layout.width = std::max(layout.width, static_cast<int>(next.cells.size()));
        ++used;
    }
    if (layout.labels == 0)
        layout.month_at.fill(-1);
    measure(layout, periods, head.grid);
    if (layout.words_at >= 0)
        layout.words_heading = one_line(heading);
    return { layout, used };
}

std::vector<Layout> recognised_layouts(std::vector<SourceRow> const& rows, Shape const& shape)
{
    std::vector<Layout> layouts;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].recognised() && is_header(rows[i], shape))
            layouts.push_back(read_header(rows, i, shape).first);
    return layouts;
}

Layout fullest_layout(Layout const& layout, std::vector<Layout> const& others)
{
    constexpr int fewest_alike = 3;
    auto fullest = layout;
    for (auto const& other : others) {
        auto const alike = std::ranges::count_if(layout.at, [&](auto& column) { return other.column(column.first) == column.second; });
        bool const same_table = other.width == layout.width && alike >= fewest_alike && (layout.month_first < 0 || other.month_first == layout.month_first);
        if (same_table && std::pair { other.at.size(), other.labels } > std::pair { fullest.at.size(), fullest.labels })
            fullest = other;
    }
    return fullest;
}

}
