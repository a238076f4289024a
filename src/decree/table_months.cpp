#include "codec/reading_rules.hpp"
#include "decree/table_reader.hpp"
#include <algorithm>

// The part of the table reader that knows months, KET and the columns beside them.
namespace kpuhub::decree {

namespace {

/// Merged cells and rows that repeat a column's text give it once.
void add_extra(Node& node, std::string const& heading, std::string const& text)
{
    for (auto& extra : node.extras)
        if (extra.heading == heading && (extra.text == text || !heading.empty())) {
            if (extra.text != text)
                extra.text += "; " + text;
            return;
        }
    node.extras.push_back({ heading, text });
}

}

void TableReader::take_months(RowItems const& row, SourceRow const& source, Touched const& touched)
{
    auto months = m_layout.month_first < 0 ? Months {} : months_of(row, m_layout, static_cast<int>(source.cells.size()));
    for (int column = m_layout.month_first; m_layout.month_first >= 0 && column < m_layout.month_first + m_layout.month_cells; ++column)
        months.unclear = months.unclear || (source.confidence_at(column) >= 0 && source.confidence_at(column) < codec::reading::asked_mark);
    months.certain = months.certain && !months.unclear;
    bool const beside = source.source.line <= m_merged_subactivity || std::ranges::any_of(row.items, [](auto& item) { return item.level == Level::Subactivity; });
    bool const loose = (source.recognised() && !beside) || (row.printed && row.items.empty());
    if (!months.positions.empty())
        m_marked_sections.insert(m_section);
    for (int const sub : touched.subactivities) {
        m_months[sub].push_back({ m_section, months, source.recognised(), loose });
        m_tree.point(sub, source.source);
        auto& node = m_tree.node(sub);
        if (!row.note.empty())
            node.note += (node.note.empty() ? "" : " ") + one_line(row.note);
        if (!row.owner.empty())
            node.owner = one_line(row.owner);
        for (auto const& [heading, text] : row.extras)
            add_extra(node, heading, text);
    }
    for (int const indicator : touched.indicators)
        if (!months.positions.empty())
            m_months[indicator].push_back({ m_section, months, source.recognised(), loose });
}

void TableReader::finish_months()
{
    for (auto& [id, rows] : m_months) {
        // Rows of other marks may be those of a sub-activity whose text was lost.
        RowMonths const* first = nullptr;
        bool loose = false;
        bool other = false;
        bool unmarked = std::ranges::any_of(rows, &RowMonths::recognised);        // a pale mark may have been overlooked in each of them
        for (auto const& row : rows)
            if (!row.months.positions.empty()) {
                unmarked = false;
                loose = loose || row.loose;
                other = other || (first != nullptr && first->months.positions != row.months.positions);
                first = &row;
            }
        other = (other && loose) || unmarked || m_doubted.contains(id);
        std::vector<Months> all;
        for (auto& row : rows) {
            row.months.unclear = row.months.unclear || other;
            row.months.certain = row.months.certain && !other && m_marked_sections.contains(row.section);
            all.push_back(row.months);
        }
        m_tree.node(id).months = together(all);
    }
}

}
