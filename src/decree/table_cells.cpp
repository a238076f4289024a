#include "codec/cell_signs.hpp"
#include "decree/areas.hpp"
#include "decree/table_reader.hpp"
#include <algorithm>
#include <utility>

// The part of the table reader that knows merged cells.
namespace kpuhub::decree {

/// Number and text under one heading stand in columns of their own: "1." and "Menyusun ...".
void TableReader::join_spanned(SourceRow& row, Layout const& layout)
{
    for (auto const& [first, count] : layout.spans) {
        bool const known = std::ranges::any_of(layout.at, [&, at = first](auto& column) { return column.second == at; });
        for (int k = 1; known && k < count && first + k < static_cast<int>(row.cells.size()); ++k) {
            auto& more = row.cells[static_cast<std::size_t>(first + k)];
            auto& text = row.cells[static_cast<std::size_t>(first)];
            text += (text.empty() || more.empty() ? "" : " ") + std::exchange(more, {});
        }
    }
}

/// Whether months are marked by signs somewhere: then a coloured cell is decoration.
void TableReader::look_for_marks(std::vector<SourceRow> const& rows, std::size_t first)
{
    for (auto i = first; i < rows.size() && !m_real_marks; ++i)
        for (std::size_t k = 0; k < rows[i].cells.size(); ++k)
            m_real_marks = m_real_marks || (m_layout.in_months(static_cast<int>(k)) && rows[i].cells[k] != codec::filled_cell && m_shape.is_mark(rows[i].cells[k]) && !is_column_numbers(rows[i]));
}

std::vector<int> TableReader::carry_merged(SourceRow& row)
{
    std::vector<int> from;
    for (auto const& [column, span] : m_merged_marks)
        if (row.source.line <= span.until) {
            if (static_cast<int>(row.cells.size()) <= column)
                row.cells.resize(static_cast<std::size_t>(column) + 1);
            if (row.cells[static_cast<std::size_t>(column)].empty()) {
                row.cells[static_cast<std::size_t>(column)] = span.mark;
                from.push_back(span.subactivity);
            }
        }
    return from;
}

/// A merged cell of a sheet says that it is one; on paper, a line between two rows may have been too faint: a mark over rows of more than
/// one sub-activity is asked about.
void TableReader::doubt_carried(std::vector<int> const& from, SourceRow const& row, Touched const& touched)
{
    if (row.boxes.empty())
        return;
    for (int const sub : from)
        for (int const other : touched.subactivities)
            if (sub != 0 && sub != other) {
                m_doubted.insert(sub);
                m_doubted.insert(other);
            }
}

void TableReader::remember_merged(SourceRow const& row, Touched const& touched)
{
    int const indicator = m_layout.column(Column::Indicator);
    for (std::size_t i = 0; i < row.down.size(); ++i) {
        if (row.down[i] < 2)
            continue;
        int const until = row.source.line + row.down[i] - 1;
        if (static_cast<int>(i) == m_layout.column(Column::Subactivity) && !touched.subactivities.empty() && !row.cells[i].empty())
            m_merged_subactivity = until;
        else if (static_cast<int>(i) == indicator && !touched.indicators.empty())
            m_merged_indicators = { until, touched.indicators };
        else if (m_layout.month_first >= 0 && static_cast<int>(i) >= m_layout.month_first && m_shape.is_mark(row.cells[i]))
            m_merged_marks[static_cast<int>(i)] = { until, row.cells[i], touched.subactivities.empty() ? 0 : touched.subactivities.back() };
    }
}

/// A row that holds an area and nothing else, across the table: "I. MANAJEMEN PERUBAHAN".
bool TableReader::area_alone(SourceRow const& row)
{
    if (!row.grid || row.filled() > 2)
        return false;
    auto const filled = [](std::string const& cell) { return !cell.empty(); };
    auto const first = std::ranges::find_if(row.cells, filled);
    auto const last = std::find_if(row.cells.rbegin(), row.cells.rend(), filled).base() - 1;
    auto text = one_line(*last);
    auto const mark = marker(text);
    if (row.filled() == 2 && (first->size() > 6 || marker(*first + " X").way == Numbering::None))
        return false;
    auto const bare = without_area_word(trimmed(std::string_view { text }.substr(mark.length)), m_shape);
    bool const own_column = last - row.cells.begin() == m_layout.column(Column::Area);
    if (own_column || m_shape.area_named(bare).second < 0.8)
        return false;
    auto number = row.filled() == 2 ? *first : mark.printed;
    std::erase_if(number, [](char c) { return c == '.' || c == ')' || c == '('; });
    int const open = m_tree.current(Level::Area);
    if (open != 0 && similarity(plain(m_tree.node(open).text), plain(bare)) >= 0.9)
        m_tree.point(open, row.source);
    else
        m_last_touched = m_tree.open_area(std::move(number), bare, row.source, false);
    m_last_width = row.cells.size();
    return true;
}

/// A Roman number without a name begins an area as well, where areas have such numbers.
void TableReader::area_by_number(std::string number, Source const& source)
{
    auto const bare = [](std::string& text) { std::erase_if(text, [](char c) { return c == '.' || c == ')' || c == '('; }); };
    bare(number);
    int const open = m_tree.current(Level::Area);
    auto before = open == 0 ? std::string {} : m_tree.node(open).number;
    bare(before);
    bool const other = open == 0 || (roman(before) && before != number);
    if (roman(number) && other && m_layout.column(Column::Area) >= 0)
        m_tree.open_area(std::move(number), {}, source, false);
}

/// A merged cell of indicators that is cut by the end of a page goes on in the empty cell at the head of the next.
void TableReader::carry_indicators(SourceRow const& row)
{
    int const column = m_layout.column(Column::Indicator);
    auto const at = static_cast<std::size_t>(std::max(0, column));
    bool const next_page = !row.boxes.empty() && m_last_row.page > 0 && row.source.page == m_last_row.page + 1;
    bool const empty = column >= 0 && (at >= row.cells.size() || row.cells[at].empty());
    if (next_page && empty && m_last_row.line <= m_merged_indicators.until)
        m_merged_indicators.until = row.source.line + (at < row.down.size() ? row.down[at] : 1) - 1;
}

void TableReader::cover(std::vector<int> const& subactivities)
{
    for (int const node : m_merged_indicators.nodes) {
        auto& indicator = m_tree.node(node);
        if (indicator.covers.empty())
            indicator.covers.push_back(indicator.parent);
        for (int const sub : subactivities)
            if (std::ranges::find(indicator.covers, sub) == indicator.covers.end())
                indicator.covers.push_back(sub);
    }
}

}
