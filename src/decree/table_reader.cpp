#include "codec/reading_rules.hpp"
#include "decree/table_reader.hpp"
#include "decree/list_words.hpp"
#include <algorithm>
#include <regex>

namespace kpuhub::decree {

bool is_closing(std::string_view line)
{
    auto const text = plain(line);
    if (text.starts_with("ditetapkan di") || text.starts_with("dikeluarkan di") || text.starts_with("salinan sesuai"))
        return true;
    static std::regex const place_date { R"(^\W*[A-Z][A-Za-z ]{2,30}, *\d{1,2} [A-Z][a-z]+ \d{4}\W*$)" };
    return line.size() < 80 && std::regex_match(line.begin(), line.end(), place_date);
}

std::vector<bool> stuck_rows(std::vector<SourceRow> const& rows, std::size_t first)
{
    std::vector<bool> stuck(rows.size(), false);
    for (std::size_t period = 1; period <= 8; ++period) {
        std::size_t run = 0;
        for (std::size_t i = first + period; i <= rows.size(); ++i) {
            bool const same = i < rows.size() && rows[i].raw == rows[i - period].raw && rows[i].filled() > 0;
            if (same) {
                ++run;
                continue;
            }
            if (run >= std::max<std::size_t>(3, 3 * period))
                for (std::size_t k = i - run; k < i; ++k)
                    stuck[k] = true;
            run = 0;
        }
    }
    return stuck;
}

std::size_t TableReader::read(std::vector<SourceRow> const& rows, std::size_t first)
{
    auto const stuck = stuck_rows(rows, first);
    settle_ways(rows, first);
    auto const scanned = recognised_layouts(rows, m_shape);
    std::size_t i = first;
    while (i < rows.size()) {
        auto const& row = rows[i];
        if (row.blank_before >= 3 && i != first)
            m_lost_pages = true;
        if (is_header(row, m_shape)) {
            auto const [layout, used] = read_header(rows, i, m_shape);
            m_layout = row.recognised() ? fullest_layout(layout, scanned) : layout;
            ++m_section;
            i += used;
            look_for_marks(rows, i);
            continue;
        }
        if (stuck[i]) {
            add_finding(FindingKind::LoopRemoved, Severity::Warning, row.source, {});
        } else if (row.filled() <= 2 && is_closing(row.joined())) {
            auto const again = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.end(), [&](auto& other) { return is_header(other, m_shape); });
            if (again == rows.end())
                break;
            for (; rows.begin() + static_cast<std::ptrdiff_t>(i) != again; ++i)
                add_finding(FindingKind::LineOutside, Severity::Info, rows[i].source, {});
            continue;
        } else if (row.cells.size() < 2 && !area_alone(row))
            read_single_line(row);
        else if (row.cells.size() >= 2 && !row.empty() && !is_column_numbers(row))
            read_row(row);
        ++i;
    }
    finish_months();
    return i;
}

void TableReader::settle_ways(std::vector<SourceRow> const& rows, std::size_t first)
{
    std::map<Numbering, int> beside_activity;
    std::map<Numbering, int> anywhere;
    Layout layout;
    for (std::size_t i = first; i < rows.size(); ++i) {
        if (is_header(rows[i], m_shape))
            layout = read_header(rows, i, m_shape).first;
        auto const cell = [&](Column column) -> std::string_view {
            int const at = layout.column(column);
            return at >= 0 && at < static_cast<int>(rows[i].cells.size()) ? rows[i].cells[static_cast<std::size_t>(at)] : std::string_view {};
        };
        auto const way = marker(cell(Column::Subactivity)).way;
        if (way == Numbering::None)
            continue;
        ++anywhere[way];
        if (auto const activity = cell(Column::Activity); !activity.empty() && !left_open(activity))
            ++beside_activity[way];
    }
    auto const& counts = beside_activity.empty() ? anywhere : beside_activity;
    int most = 0;
    for (auto const& [way, count] : counts)
        if (count > most) {
            most = count;
            m_main_way = way;
        }
}

void TableReader::add_finding(FindingKind kind, Severity severity, Source const& source, std::vector<int> nodes, std::vector<std::string> arguments)
{
    m_draft.findings.push_back({ kind, severity, { source }, std::move(nodes), std::move(arguments) });
}

void TableReader::read_single_line(SourceRow const& row)
{
    auto const text = row.joined();
    bool const goes_on = !row.grid && row.blank_before == 0 && m_last_touched != 0 && static_cast<int>(m_last_width) < m_layout.width;
    if (goes_on && !is_closing(text))
        m_tree.append(m_last_touched, text, row.source);
    else
        add_finding(FindingKind::LineOutside, Severity::Info, row.source, {}, { text.substr(0, 80) });
}

namespace {

bool has(RowItems const& row, Level level)
{
    return std::ranges::any_of(row.items, [&](auto& item) { return item.level == level; });
}

/// An activity whose text is left open says nothing of how the row's other numbers go on.
bool names_activity(RowItems const& row)
{
    return std::ranges::any_of(row.items, [](auto& item) { return item.level == Level::Activity && !left_open(item.text); });
}

}

void TableReader::read_row(SourceRow row)
{
    auto const carried = carry_merged(row);
    join_spanned(row, m_layout);
    if (area_alone(row))
        return;
    auto items = take_apart(row, m_layout, m_shape, m_tree, m_real_marks);
    if (m_lost_pages) {
        m_tree.forget();
        add_finding(FindingKind::PageLost, Severity::Warning, row.source, {}, { std::to_string(row.source.line) });
    }
    m_lost_pages = false;
    place(items, m_layout, m_shape, m_tree, m_habit);
    m_habit = habit_of(items);
    auto const nodes_before = m_draft.next_id;
    Touched touched;
    if (row.grid && !has(items, Level::Area))
        area_by_number(items.number, row.source);
    take_items(items, row, touched);
    if (touched.subactivities.empty() && m_tree.indicator_home() != 0)
        touched.subactivities.push_back(m_tree.indicator_home());
    if (touched.subactivities.size() > 1)
        for (int const indicator : touched.indicators)
            m_tree.node(indicator).covers = touched.subactivities;
    carry_indicators(row);
    if (!has(items, Level::Indicator) && row.source.line <= m_merged_indicators.until)
        cover(touched.subactivities);
    take_months(items, row, touched);
    doubt_carried(carried, row, touched);
    remember_merged(row, touched);
    if (items.displaced) {
        std::vector<int> nodes;
        for (int id = nodes_before; id < m_draft.next_id; ++id)
            nodes.push_back(id);
        add_finding(FindingKind::DisplacedCells, Severity::Info, row.source, nodes);
    }
    m_last_width = row.cells.size();
    m_last_row = row.source;
}

/// A displaced row may open a new sub-activity beside the next indicator of the one before ("... | 1 Tata kelola | 6 Adanya").
bool TableReader::indicator_stays(RowItems const& row) const
{
    if (!row.displaced || !has(row, Level::Subactivity) || !has(row, Level::Indicator))
        return false;
    auto const mark = marker(row.items.back().text);
    auto const& last = m_tree.last(Level::Indicator);
    auto const sub = marker(row.items[row.items.size() - 2].text);
    return mark.way == last.way && last.way == Numbering::Plain && mark.rank == last.rank + 1 && mark.rank >= 3 && mark.rank != sub.rank;
}

/// Texts that were recognised with doubt, each with the node that took it.
void TableReader::look_at_confidence(RowItems const& items, SourceRow const& row, std::vector<int> const& nodes)
{
    for (std::size_t i = 0; i < items.items.size() && i < nodes.size(); ++i) {
        int const percent = row.confidence_at(items.items[i].column);
        if (percent >= 0 && percent < codec::reading::asked_text)
            add_finding(FindingKind::LowConfidence, Severity::Warning, row.at(items.items[i].column), { nodes[i] }, { items.items[i].text.substr(0, 80), std::to_string(percent) });
    }
}

void TableReader::take_items(RowItems const& row, SourceRow const& from, Touched& touched)
{
    bool const stays = indicator_stays(row);
    int const home = m_tree.indicator_home();
    if (stays)
        take_indicator_part(row.items.back().text, from.at(row.items.back().column), touched);
    auto const last = m_tree.last(Level::Indicator);
    int const indicator = m_tree.current(Level::Indicator);
    std::vector<int> nodes;
    for (auto const& item : row.items) {
        auto const source = from.at(item.column);
        if (item.level == Level::Area)
            take_area(item, row, source);
        else if (item.level == Level::Activity)
            take_activity(item, source);
        else if (item.level == Level::Subactivity)
            take_subactivity(item, names_activity(row), source, touched);
        else if (!stays)
            take_indicator(item, row, has(row, Level::Subactivity), source, touched);
        nodes.push_back(m_tree.current(item.level));
    }
    look_at_confidence(row, from, nodes);
    if (stays)
        m_tree.keep_indicators_at(home, indicator, last);
}

bool TableReader::continues(int id, std::string_view text)
{
    return id != 0 && starts_lower(text) && !ends_sentence(m_tree.node(id).text) && !m_tree.node(id).text.empty();
}

bool TableReader::continues(int id, Item const& item, std::string_view text, Source const& source)
{
    bool const parted = item.misread && id != 0 && m_tree.node(id).sources.back().page == source.page;
    return !parted && continues(id, text);
}

void TableReader::take_area(Item const& item, RowItems const& row, Source const& source)
{
    auto const mark = marker(item.text);
    auto const text = trimmed(std::string_view { item.text }.substr(mark.length));
    auto number = row.number.empty() ? mark.printed : row.number;
    while (!number.empty() && (number.back() == '.' || number.back() == ')'))
        number.pop_back();
    if (number.starts_with('('))
        number.erase(0, 1);
    int const open = m_tree.current(Level::Area);
    if (open != 0) {
        auto& area = m_tree.node(open);
        bool const same_name = !area.text.empty() && similarity(plain(area.text), plain(text)) >= 0.9;
        bool const goes_on = row.number.empty() && !area.inferred && !m_tree.started(Level::Activity) && starts_lower(text);
        if (same_name) {
            m_tree.point(open, source);
            return;
        }
        if (goes_on || (continues(open, text) && row.number.empty())) {
            m_tree.append(open, text, source);
            return;
        }
    }
    m_last_touched = m_tree.open_area(std::move(number), text, source, false);
}

void TableReader::take_activity(Item const& item, Source const& source)
{
    int const open = m_tree.current(Level::Activity);
    auto const mark = marker(item.text);
    auto const text = trimmed(std::string_view { item.text }.substr(mark.length));
    if (open != 0) {
        auto const& activity = m_tree.node(open);
        if (!left_open(text) && plain(activity.text) == plain(text) && activity.number == mark.printed) {
            m_tree.point(open, source);
            return;
        }
        if (mark.way == Numbering::None && continues(open, item, text, source)) {
            m_tree.append(open, text, source);
            return;
        }
        auto const& last = m_tree.last(Level::Activity);
        bool const starts_again = mark.way != Numbering::None && mark.way == last.way && mark.rank == 1 && last.rank >= 2;
        int const area = m_tree.current(Level::Area);
        if (starts_again && area != 0 && !same_row(m_tree.node(area).sources.back(), source))
            m_tree.open_area({}, {}, source, true);
    }
    m_last_touched = m_tree.open_activity(item.text, source);
}

bool TableReader::nested_subactivity(std::string_view text, bool with_activity)
{
    int const open = m_tree.current(Level::Subactivity);
    auto const mark = marker(text);
    if (with_activity || mark.way == Numbering::None)
        return false;
    if (mark.way != m_main_way)
        return m_main_way != Numbering::None && mark.way != Numbering::Roman;
    if (open == 0)
        return false;
    auto const& last = m_tree.last(Level::Subactivity);
    bool const next_in_order = last.way == mark.way && mark.rank == last.rank + 1;
    return !next_in_order && mark.rank > 1 && last_listed(m_tree.node(open).text) == mark.rank - 1;
}

void TableReader::take_subactivity(Item const& item, bool with_activity, Source const& source, Touched& touched)
{
    int const open = m_tree.current(Level::Subactivity);
    auto const mark = marker(item.text);
    auto const bare = trimmed(std::string_view { item.text }.substr(mark.length));
    if (nested_subactivity(item.text, with_activity)) {
        int const home = open != 0 ? open : m_tree.open_unnamed(Level::Subactivity, source);
        m_tree.append(home, item.text, source);
        touched.subactivities.push_back(home);
        m_last_touched = home;
        return;
    }
    if (open != 0 && !with_activity) {
        auto const& sub = m_tree.node(open);
        bool const again = !left_open(bare) && plain(sub.text) == plain(bare) && sub.number == mark.printed;
        if (again || (mark.way == Numbering::None && continues(open, item, item.text, source))) {
            again ? m_tree.point(open, source) : m_tree.append(open, item.text, source);
            touched.subactivities.push_back(open);
            m_last_touched = open;
            return;
        }
    }
    auto const parts = list_parts(item.text, false);
    for (auto const& part : parts)
        touched.subactivities.push_back(m_last_touched = m_tree.open_subactivity(part, source));
    if (parts.size() > 1)
        m_tree.keep_indicators_at(touched.subactivities[touched.subactivities.size() - parts.size()], 0, {});
}

bool TableReader::nested_indicator(Marker const& mark)
{
    int const open = m_tree.current(Level::Indicator);
    if (open == 0 || mark.way == Numbering::None || m_tree.node(open).parent != m_tree.indicator_home())
        return false;
    auto const way = m_tree.last(Level::Indicator).way;
    bool const letter = mark.way == Numbering::Letter || mark.way == Numbering::LetterParen;
    if (way == Numbering::None)
        return letter && (m_tree.node(open).text.ends_with(':') || mark.rank > 1);
    if (way == mark.way)
        return false;
    return letter || mark.way == Numbering::Paren || mark.way == Numbering::Dash;
}

void TableReader::take_indicator(Item const& item, RowItems const& row, bool new_subactivity, Source const& source, Touched& touched)
{
    auto const mark = marker(item.text);
    auto const& last = m_tree.last(Level::Indicator);
    bool const goes_on = mark.way == last.way && last.way != Numbering::None && mark.rank == last.rank + 1;
    if (!new_subactivity && mark.rank == 1 && m_tree.current(Level::Indicator) != 0 && m_tree.indicator_home() != m_tree.current(Level::Subactivity))
        m_tree.keep_indicators_at(0, 0, {});
    // A list whose numbers fall back without a new sub-activity: the text of that one is not in the source.
    bool const falls_back = !new_subactivity && mark.way == Numbering::Plain && last.way == mark.way && mark.rank <= last.rank
        && m_tree.started(Level::Indicator) && m_tree.indicator_home() == m_tree.current(Level::Subactivity) && !row.displaced;
    if (falls_back && !goes_on)
        touched.subactivities.push_back(m_tree.open_unnamed(Level::Subactivity, source));
    for (auto const& part : list_parts(item.text, true))
        take_indicator_part(part, source, touched);
}

void TableReader::take_indicator_part(std::string const& part, Source const& source, Touched& touched)
{
    auto const mark = marker(part);
    int const open = m_tree.current(Level::Indicator);
    bool const here = open != 0 && m_tree.node(open).parent == m_tree.indicator_home();
    if (nested_indicator(mark) || (here && mark.way == Numbering::None && continues(open, part))) {
        m_tree.append(open, part, source);
        touched.indicators.push_back(open);
        m_last_touched = open;
        return;
    }
    touched.indicators.push_back(m_last_touched = m_tree.add_indicator(part, source));
}

}
