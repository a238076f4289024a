#include "decree/row_items.hpp"
#include "codec/cell_signs.hpp"
#include "codec/reading_rules.hpp"
#include <algorithm>
#include <limits>

namespace kpuhub::decree {

namespace {

constexpr std::size_t longest_words = 48;   // a longer text in a month's cell was pushed there and tells no months

constexpr std::size_t longest_misread_number = 2;

constexpr std::array levels { Level::Area, Level::Activity, Level::Subactivity, Level::Indicator };

int column_of(Layout const& layout, Level level)
{
    switch (level) {
    case Level::Area:
        return layout.column(Column::Area);
    case Level::Activity:
        return layout.column(Column::Activity);
    case Level::Subactivity:
        return layout.column(Column::Subactivity);
    case Level::Indicator:
        return layout.column(Column::Indicator);
    }
    return -1;
}

int last_text_column(Layout const& layout)
{
    int last = 0;
    for (auto level : levels)
        last = std::max(last, column_of(layout, level));
    return last;
}

bool is_number_cell(std::string_view cell)
{
    auto const text = plain(cell);
    if (text.empty() || text.size() > 4)
        return false;
    if (text.find_first_not_of("0123456789") == std::string::npos)
        return true;
    auto bare = std::string { cell };
    std::erase_if(bare, [](char c) { return c == '.' || c == ')' || c == '('; });
    return roman(bare).has_value();
}

bool same_text(std::string_view a, std::string_view b)
{
    auto const first = plain(a);
    auto const second = plain(b);
    if (first == second)
        return true;
    auto const shorter = std::min(first.size(), second.size());
    return shorter >= 24 && (first.starts_with(second) || second.starts_with(first));
}

bool both_belong(Item const& left, Item const& right, Layout const& layout, TreeBuilder const& tree)
{
    if (left.column != column_of(layout, Level::Subactivity) || right.column != column_of(layout, Level::Indicator))
        return false;
    auto const mark = marker(left.text);
    auto const& last = tree.last(Level::Subactivity);
    return mark.way != Numbering::None && mark.way == last.way ? mark.rank == last.rank + 1 : mark.rank <= 1;
}

/// A text printed twice: when the copy pushed the rest of the row to the right, the first one stands in its place and the
/// rest moves back; else the copy went to the left and the second one stands in its place.
void drop_doubles(RowItems& row, Layout const& layout, TreeBuilder const& tree)
{
    int const last_text = last_text_column(layout);
    for (std::size_t i = 0; i + 1 < row.items.size();) {
        auto const at = row.items.begin() + static_cast<std::ptrdiff_t>(i);
        auto const twin = std::find_if(at + 1, row.items.end(), [&](Item const& other) { return same_text(at->text, other.text); });
        if (twin == row.items.end() || (twin + 1 == row.items.end() && both_belong(*at, *twin, layout, tree))) {
            ++i;
            continue;
        }
        row.displaced = true;
        auto& longer = at->text.size() > twin->text.size() ? *at : *twin;
        if (row.items.back().column > last_text && twin->column == at->column + 1) {
            ++row.doubled;
            at->text = longer.text;
            for (auto later = row.items.erase(twin); later != row.items.end(); ++later)
                --later->column;
        } else {
            twin->text = longer.text;
            row.items.erase(at);
        }
    }
}

struct Rules {
    Layout const& layout;
    Shape const& shape;
    TreeBuilder const& tree;
    bool pushed;
    bool area_number;
    Habit const& habit;
};

bool looks_like_area(Item const& item, Rules const& rules)
{
    if (item.column == column_of(rules.layout, Level::Area) && (rules.area_number || marker(item.text).way == Numbering::None))
        return true;
    auto const bare = std::string_view { item.text }.substr(marker(item.text).length);
    return rules.shape.area_named(bare).second >= 0.8;
}

double order_score(Item const& item, Level level, bool parent_new, bool in_column, Rules const& rules)
{
    auto const mark = marker(item.text);
    auto const& last = rules.tree.last(level);
    if (level == Level::Area || mark.way == Numbering::None)
        return 0;
    if (last.way != Numbering::None && last.way != mark.way)
        return 0;
    bool const starts = parent_new || !rules.tree.started(level);
    if (level == Level::Indicator && mark.rank == 1 && rules.tree.indicator_home() != rules.tree.current(Level::Subactivity))
        return 3;
    if (starts)
        return mark.rank == 1 ? (parent_new || in_column ? 3 : 0) : last.way == Numbering::None && !parent_new ? 0 : -1;
    if (last.way == Numbering::None)
        return 0;
    return mark.rank == last.rank + 1 ? 3 : -3;
}

double item_score(Item const& item, Level level, bool parent_new, Rules const& rules)
{
    int const shift = item.column - column_of(rules.layout, level);
    if (level == Level::Area && !looks_like_area(item, rules))
        return -20;
    double score = shift == 0 ? 2 : -0.5 * std::abs(shift);
    if (shift > 0 && !rules.pushed)
        score -= 10;
    return score + order_score(item, level, parent_new, shift == 0, rules);
}

double row_score(std::vector<Item> const& items, std::vector<Level> const& chosen, Rules const& rules)
{
    double score = 0;
    bool even = true;
    for (std::size_t i = 0; i < items.size(); ++i) {
        bool const parent_new = i > 0 && static_cast<int>(chosen[i - 1]) < static_cast<int>(chosen[i]);
        score += item_score(items[i], chosen[i], parent_new, rules);
        even = even && items[i].column - column_of(rules.layout, chosen[i]) == items[0].column - column_of(rules.layout, chosen[0]);
    }
    if (rules.habit.displaced && rules.habit.levels == chosen && std::ranges::equal(items, rules.habit.columns, {}, &Item::column)
        && score >= 0)
        score += 4;
    return score + (even ? 1 : 0);
}

void choose(std::vector<Item> const& items, std::vector<Level> const& free, std::vector<Level>& chosen, std::size_t from,
    Rules const& rules, double& best, std::vector<Level>& best_chosen)
{
    if (chosen.size() == items.size()) {
        auto const score = row_score(items, chosen, rules);
        if (score > best) {
            best = score;
            best_chosen = chosen;
        }
        return;
    }
    for (std::size_t i = from; i < free.size(); ++i) {
        chosen.push_back(free[i]);
        choose(items, free, chosen, i + 1, rules, best, best_chosen);
        chosen.pop_back();
    }
}

void join_surplus(std::vector<Item>& items, std::size_t most)
{
    while (items.size() > most) {
        auto& before = items[items.size() - 2];
        before.text += " " + items.back().text;
        items.pop_back();
    }
}

}

namespace {

/// The parts of one row as they are sorted out.
class Sorter {
public:
    Sorter(SourceRow const& row, Layout const& layout, Shape const& shape, bool real_marks)
        : m_row(row), m_layout(layout), m_shape(shape), m_real_marks(real_marks), m_last_text(last_text_column(layout)) {}

    RowItems sort()
    {
        for (std::size_t i = 0; i < m_row.cells.size(); ++i)
            if (!m_row.cells[i].empty())
                cell(static_cast<int>(i), m_row.cells[i]);
        return std::move(m_out);
    }

private:
    [[nodiscard]] int across(int column) const
    {
        auto const at = static_cast<std::size_t>(column);
        return at < m_row.across.size() ? m_row.across[at] : 1;
    }

    void note(std::string const& text) { m_out.note += (m_out.note.empty() ? "" : " ") + one_line(text); }

    /// A mark holds for all months that its cell covers.
    void mark(int column)
    {
        for (int k = 0; k < (m_layout.in_months(column) ? across(column) : 1); ++k)
            m_out.marks.push_back(column + k);
    }

    /// What stands in the months of a table whose columns are certain; false: to be treated as any other text.
    bool in_months(int column, std::string const& text)
    {
        if (text == codec::filled_cell) {
            if (!m_real_marks)
                mark(column);
            return true;
        }
        if (std::ranges::find(m_shape.no_marks, text) != m_shape.no_marks.end())
            return true;
        if (!m_row.grid)
            return false;
        if (m_shape.is_mark(text)) {
            mark(column);
            return true;
        }
        if (m_shape.is_value(text)) {
            mark(column);
            m_out.extras.emplace_back("", text);
            return true;
        }
        auto const read = months_in_words(text, m_shape, m_layout.bare);
        if (read.months.empty() || (!read.certain && text.size() > longest_words))
            return false;
        tell(read, text, {});
        return true;
    }

    void tell(WordedMonths const& read, std::string const& text, std::string const& heading)
    {
        m_out.told = read;
        if (!read.certain || !read.exact)
            m_out.extras.emplace_back(heading, one_line(text));
    }

    void cell(int column, std::string const& text)
    {
        int const number = m_layout.column(Column::Number);
        int const note_at = m_layout.column(Column::Note);
        int const owner = m_layout.column(Column::Owner);
        auto const extra = m_layout.extra.find(column);
        bool const wide_mark = static_cast<unsigned char>(text[0]) >= 0x80 && m_shape.is_mark(text);
        if (m_layout.in_months(column) && in_months(column, text))
            return;
        if (text == codec::filled_cell)
            return;
        if (column == number && is_number_cell(text))
            m_out.number = text;
        else if (text == codec::unread_cell && (column == number || column > m_last_text))
            return;         // says nothing; in the column of a level it is a row whose text is asked for
        else if (column == number && m_row.confidence_at(column) >= 0 && plain(text).size() <= longest_misread_number)
            return;         // "l", "|", "iz": a number that was misread; the area is known by its name
        else if (column == m_layout.words_at && !wide_mark)
            tell(months_in_words(text, m_shape, m_layout.bare), text, m_layout.words_heading);
        else if (extra != m_layout.extra.end())
            m_out.extras.emplace_back(extra->second, one_line(text));
        else if (wide_mark || (column > m_last_text && column != note_at && column != owner && m_shape.is_mark(text)))
            m_out.marks.push_back(column);
        else if (column == owner)
            m_out.owner = one_line(text);
        else if (column == note_at || (column > m_last_text && note_at >= 0 && column > note_at))
            note(text);
        else if (column <= m_last_text || (column <= m_last_text + 2 && m_layout.month_first >= 0 && column >= m_layout.month_first))
            m_out.items.push_back({ .column = column, .text = text });
        else
            note(text);
    }

    SourceRow const& m_row;
    Layout const& m_layout;
    Shape const& m_shape;
    bool m_real_marks;
    int m_last_text;
    RowItems m_out;
};

}

RowItems take_apart(SourceRow const& row, Layout const& layout, Shape const& shape, TreeBuilder const& tree, bool real_marks)
{
    auto out = Sorter { row, layout, shape, real_marks }.sort();
    out.grid = row.grid;
    out.printed = !row.boxes.empty();
    for (auto& item : out.items)
        if (int const percent = row.confidence_at(item.column); percent >= 0 && percent < codec::reading::asked_text)
            item.misread = !out.marks.empty();
    if (!row.grid && !out.printed)
        drop_doubles(out, layout, tree);
    return out;
}

/// Gives each item the level of its column; false when one stands in another column.
static bool placed_by_columns(RowItems& row, Layout const& layout)
{
    for (auto& item : row.items) {
        auto const level = std::ranges::find(levels, item.column, [&](Level each) { return column_of(layout, each); });
        if (level == levels.end())
            return false;
        item.level = *level;
    }
    return true;
}

void place(RowItems& row, Layout const& layout, Shape const& shape, TreeBuilder const& tree, Habit const& habit)
{
    std::vector<Level> free;
    for (auto level : levels)
        if (column_of(layout, level) >= 0)
            free.push_back(level);
    if (row.items.empty() || free.empty() || ((row.grid || row.printed) && placed_by_columns(row, layout)))
        return;
    join_surplus(row.items, free.size());
    bool const pushed = row.items.back().column > last_text_column(layout);
    Rules const rules { layout, shape, tree, pushed, !row.number.empty(), habit };
    double best = -std::numeric_limits<double>::infinity();
    std::vector<Level> chosen;
    std::vector<Level> best_chosen;
    choose(row.items, free, chosen, 0, rules, best, best_chosen);
    for (std::size_t i = 0; i < row.items.size(); ++i) {
        row.items[i].level = best_chosen[i];
        int const shift = row.items[i].column - column_of(layout, best_chosen[i]);
        if (shift != 0) {
            row.displaced = true;
            row.shift = shift;
        }
    }
    if (row.doubled > 0)
        row.shift = row.doubled;
}

Habit habit_of(RowItems const& row)
{
    Habit habit;
    habit.displaced = row.displaced;
    for (auto const& item : row.items) {
        habit.columns.push_back(item.column);
        habit.levels.push_back(item.level);
    }
    return habit;
}

}
