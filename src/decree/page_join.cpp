#include "codec/reading_rules.hpp"
#include "decree/page_join.hpp"
#include "codec/cell_signs.hpp"
#include "decree/header.hpp"
#include "decree/line_breaks.hpp"
#include "decree/marker_repair.hpp"
#include "decree/page_columns.hpp"
#include "decree/page_ends.hpp"
#include "decree/words.hpp"
#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

namespace kpuhub::decree {

namespace {

constexpr std::size_t heading_rows = 4;

bool is_page_number(std::string_view line)
{
    auto const text = plain(line);
    auto const bare = text.starts_with("halaman ") ? text.substr(8) : text;
    if (line.find_first_of(";,:") != std::string_view::npos || (line.find(')') != std::string_view::npos && line.find('(') == std::string_view::npos))
        return false;       // the end of a sentence: "442);"
    return bare.empty() || (bare.size() <= 3 && bare.find_first_not_of("0123456789") == std::string::npos);
}

/// The row that numbers the columns, as it is recognised: some of its numbers are lost, but there is nothing else.
bool numbers_columns(SourceRow const& row)
{
    constexpr std::size_t longest = 4;      // "11" is recognised as "lil"
    constexpr int most_columns = 40;        // "(4)" as "49"
    constexpr std::size_t first_columns = 4;
    // Months that are numbered stand under the columns before them: there nothing is printed beside their numbers.
    auto const beginning = std::span { row.cells }.first(std::min(first_columns, row.cells.size()));
    if (std::ranges::count_if(beginning, [](auto& cell) { return !cell.empty(); }) < 2)
        return false;
    int rising = 0;
    int last = 0;
    for (auto const& cell : row.cells) {
        auto const text = plain(cell);
        if (text.size() > longest || cell == "√")
            return false;
        bool const number = !text.empty() && text.size() <= 2 && text.find_first_not_of("0123456789") == std::string::npos;
        if (int const value = number ? std::stoi(text) : 0; value > last && value <= most_columns) {
            last = value;
            ++rising;
        }
    }
    return rising >= 3 && rising * 3 > static_cast<int>(row.filled());
}

/// The same row at the head of a page when little of it was recognised: two signs or less in each cell, and no row of a plan is so short.
bool remains_of_numbers(SourceRow const& row)
{
    return row.filled() >= 2 && std::ranges::all_of(row.cells, [](auto& cell) { return cell != "√" && plain(cell).size() <= 2; });
}

class PageJoiner {
public:
    explicit PageJoiner(codec::Document const& document)
    {
        // As the pages with most cells have them: a page may have lost a line, or have one too many.
        std::map<std::size_t, std::size_t> pages;
        for (auto const& page : document.pages)
            pages[column_starts(page).size()] += page.cells.size();
        pages.erase(0);
        auto const most = std::ranges::max_element(pages, {}, [](auto& entry) { return std::pair { entry.second, entry.first }; });
        for (auto const& page : document.pages)
            if (auto starts = column_starts(page); m_starts.empty() && most != pages.end() && starts.size() == most->first) {
                m_starts = std::move(starts);
                m_edges = table_edges(page);
            }
    }

    void add(codec::Page const& page, int number)
    {
        auto starts = column_starts(page);
        if (starts.size() < m_starts.size())
            starts = column_starts(page, &m_edges);
        std::map<int, SourceRow> rows;
        for (auto const& cell : page.cells) {
            auto const column = starts.size() == m_starts.size() ? static_cast<std::size_t>(cell.column) - 1
                                                                 : nearest(m_starts, starts[static_cast<std::size_t>(cell.column) - 1]);
            put(rows[cell.row], cell, column);
        }
        m_page_before = std::exchange(m_page_data, {});
        std::size_t line = 0;
        auto const lines_before = [&](int row) {
            for (; line < page.lines.size() && (line >= page.line_rows.size() || page.line_rows[line] <= row); ++line)
                add_line(page.lines[line], number);
        };
        bool first_data = !rows.empty();
        m_first_page = m_last_data == 0;
        std::size_t const before = m_rows.size();
        for (auto& [row_number, row] : rows) {
            lines_before(row_number);
            row.source.page = number;
            if (unclear(row) && (numbers_columns(row) || (first_data && before > 0 && remains_of_numbers(row))))
                continue;
            if (first_data && !is_heading(row)) {
                first_data = false;
                if (m_last_data > 0 && before > 0) {
                    lift_centred(row);
                    go_on(row);
                }
            }
            if (!row.empty() || unclear(row))
                add_row(std::move(row), first_data);
        }
        lines_before(1 << 30);
    }

    std::vector<SourceRow> take()
    {
        doubt_page_ends(m_rows, m_data, m_first_data);
        return std::move(m_rows);
    }

private:
    static void put(SourceRow& row, codec::Cell const& cell, std::size_t column)
    {
        if (row.cells.size() <= column) {
            row.cells.resize(column + 1);
            row.down.resize(column + 1, 1);
            row.boxes.resize(column + 1);
            row.confidence.resize(column + 1, -1);
        }
        auto text = clean(cell.text);
        bool const joins = !row.cells[column].empty();
        row.cells[column] = joins && !text.empty() ? row.cells[column] + " " + text : joins ? row.cells[column] : std::move(text);
        row.down[column] = std::max(1, cell.row_span);
        row.boxes[column] = cell.box;
        row.confidence[column] = cell.confidence;
    }

    static bool unclear(SourceRow const& row)
    {
        return std::ranges::any_of(row.confidence, [](int percent) { return percent >= 0; });
    }

    void add_line(std::string const& text, int page)
    {
        if (is_page_number(text))
            return;
        SourceRow row;
        row.raw = text;
        row.cells.push_back(clean(text));
        row.source.page = page;
        m_rows.push_back(std::move(row));
        number(m_rows.back());
    }

    void add_row(SourceRow row, bool heading)
    {
        m_markers.repair(row);
        row.raw.clear();
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            row.raw += (i == 0 ? "" : "\t") + one_line(row.cells[i]);
        m_rows.push_back(std::move(row));
        number(m_rows.back());
        auto const& added = m_rows.back();
        if (m_headings.size() < heading_rows)
            m_headings.push_back(plain(added.joined()));
        if (heading && m_last_data > 0)
            return;
        m_data.insert(added.source.line);
        m_page_data.push_back(m_rows.size() - 1);
        if (m_last_data > 0 && m_rows[m_last_data - 1].source.page != added.source.page)
            m_first_data.insert(added.source.line);
        m_last_data = m_rows.size();
        if (added.cells.size() > 1 && !added.cells[1].empty())
            ++(added.cells[0].empty() ? m_unnumbered : m_numbered);
        for (std::size_t i = 0; i < added.cells.size(); ++i)
            if (!added.cells[i].empty())
                m_latest[i] = m_rows.size() - 1;
    }

    /// Running numbers: a merged cell's rows must not meet those of the next page.
    void number(SourceRow& row)
    {
        row.source.line = row.source.last_line = ++m_line;
    }

    [[nodiscard]] bool is_heading(SourceRow const& row) const
    {
        if (is_column_numbers(row) || row.empty())
            return true;
        if (m_first_page)
            return false;
        auto const text = plain(row.joined());
        return std::ranges::any_of(m_headings, [&](auto& heading) { return similarity(heading, text) >= 0.8; });
    }

    [[nodiscard]] bool goes_on(std::string const& text, std::size_t column) const
    {
        auto const found = m_latest.find(column);
        if (found == m_latest.end() || text.empty() || marker(text).way != Numbering::None)
            return false;
        auto const& before = m_rows[found->second].cells[column];
        if (ends_sentence(before) || plain(before).empty())
            return false;
        if (column == 1 && m_unnumbered == 0 && m_numbered > 0)
            return similarity(plain(before), plain(text)) < 0.9;    // each of them has its number in the first column, but this one
        return starts_lower(text) || (marker(before).way != Numbering::None && before.size() > 12);
    }

    static void doubt_marks(SourceRow& row)
    {
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (row.cells[i] == "√")
                row.confidence[i] = codec::reading::doubtful_mark;
    }

    /// A row whose marks and last texts stand at the end of a page and its first texts on the next: nothing stands in both, and
    /// at the end of the page the cells of those texts are there, empty, and no part of a merged one.
    bool completes_last(SourceRow& row)
    {
        auto& last = m_rows[m_last_data - 1];
        if (marks_in(last) == 0)
            return false;
        std::vector<std::size_t> taken;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            // A filled cell is filled on both pages.
            bool const same_mark = row.cells[i] == "√" && i < last.cells.size() && last.cells[i] == "√";
            if (row.cells[i].empty() || same_mark)
                continue;
            taken.push_back(i);
            if (i >= last.cells.size() || !last.cells[i].empty() || last.boxes[i] == codec::Box {})
                return false;
        }
        if (taken.empty())
            return false;
        // Marks beside a text that only wants its last column belong to it; else the page between the two may be lost.
        bool const named = taken.size() == 1 && taken[0] > 1 && !last.cells[taken[0] - 1].empty();
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (!row.cells[i].empty())
                last.cells[i] = row.cells[i], last.boxes[i] = row.boxes[i], last.confidence[i] = row.confidence[i];
        if (!named)
            doubt_marks(last);
        row = SourceRow {};
        return true;
    }

    /// Where its first text stands; the number of an area is none.
    static std::size_t first_text(SourceRow const& row)
    {
        auto const is_text = [&](std::string const& cell) { return !cell.empty() && (&cell != row.cells.data() || plain(cell).find_first_not_of("0123456789") != std::string::npos); };
        return static_cast<std::size_t>(std::ranges::find_if(row.cells, is_text) - row.cells.begin());
    }

    /// The row in which the last cell of a column on the page before begins, when it is empty though cells of this column are merged and
    /// none of them is: its text, in the middle of its height, may stand on the next page.
    [[nodiscard]] SourceRow* hanging(std::size_t column)
    {
        SourceRow* last = nullptr;
        for (std::size_t k = 1; k < m_page_before.size(); ++k) {      // the first may go on from another page
            auto& row = m_rows[m_page_before[k]];
            if (column >= row.boxes.size() || row.boxes[column] == codec::Box {})
                continue;
            if (last != nullptr && last->cells[column].empty())
                return nullptr;
            last = &row;
        }
        if (last == nullptr || !last->cells[column].empty() || last->confidence[column] >= 0)
            return nullptr;
        // Only what stands left of the row's own first text can be a group above it.
        auto const first = first_text(*last);
        bool const group = first < last->cells.size() && last->cells[first] != "√" && first > column;
        return group ? last : nullptr;
    }

    void lift_centred(SourceRow& row)
    {
        std::vector<std::pair<std::size_t, SourceRow*>> groups;
        bool all = true;            // a group that stays where it is keeps those beside it
        for (std::size_t i = row.cells.size(); i-- > 0;) {
            if (plain(row.cells[i]).empty() || row.cells[i] == "√" || starts_lower(row.cells[i]))
                continue;
            auto* const home = hanging(i);
            if (home == nullptr) {
                all = all && groups.empty();
                continue;
            }
            auto const first = first_text(*home);
            auto const between = std::count_if(row.cells.begin() + static_cast<std::ptrdiff_t>(i) + 1, row.cells.begin() + static_cast<std::ptrdiff_t>(std::min(first, row.cells.size())), [](auto& cell) { return !cell.empty(); });
            all = all && between == static_cast<std::ptrdiff_t>(groups.size());
            groups.emplace_back(i, home);
        }
        for (auto const& [i, home] : groups)
            if (all) {
                home->cells[i] = std::exchange(row.cells[i], {});
                home->confidence[i] = row.confidence[i];
                m_latest[i] = static_cast<std::size_t>(home - m_rows.data());
            }
    }

    /// Marks of a row that stand on both pages and differ: one of the two may be a row of its own.
    static void doubt_other_marks(SourceRow& last, SourceRow const& row)
    {
        auto const marked = [](SourceRow const& in, std::size_t at) { return at < in.cells.size() && in.cells[at] == "√"; };
        bool other = false;
        for (std::size_t i = 0; i < std::max(row.cells.size(), last.cells.size()); ++i)
            other = other || marked(row, i) != marked(last, i);
        if (!other || marks_in(row) == 0 || marks_in(last) == 0)
            return;
        doubt_marks(last);
    }

    /// The first row of a page: texts that go on with those at the end of the page before are put there.
    void go_on(SourceRow& row)
    {
        // Marks alone at the end of a page belong to the texts at the head of the next, whatever begins there.
        bool const numbered = !row.cells.empty() && !row.cells[0].empty();
        auto const& end = m_rows[m_last_data - 1];
        bool const marks_alone = marks_in(row) == 0 && marks_in(end) == end.filled();
        if ((!numbered || marks_alone) && completes_last(row))
            return;
        if (numbered)
            return;
        std::vector<std::size_t> joined;
        bool rest = false;
        bool begun = false;         // a column further left begins a new item: what stands beside it is new as well
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            bool const word = plain(row.cells[i]).size() > 2;
            if (word && (!begun || starts_lower(row.cells[i])) && goes_on(row.cells[i], i))
                joined.push_back(i);
            else {
                rest = rest || word;
                begun = begun || (word && marker(row.cells[i]).way != Numbering::None);
            }
        }
        for (auto const i : joined) {
            auto& to = m_rows[m_latest[i]];
            to.cells[i] += (codec::goes_on_in_word(to.cells[i], row.cells[i]) ? "" : " ") + row.cells[i];
            if (i < to.confidence.size() && row.confidence[i] >= 0)
                to.confidence[i] = std::min(to.confidence[i] < 0 ? 100 : to.confidence[i], row.confidence[i]);
            row.cells[i].clear();
        }
        if (joined.empty() || rest)
            return;
        // Nothing but the end of the row before: its marks belong there as well.
        auto& last = m_rows[m_last_data - 1];
        doubt_other_marks(last, row);
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (row.cells[i].empty() && row.confidence[i] < 0)
                continue;
            if (last.cells.size() <= i) {
                last.cells.resize(i + 1);
                last.down.resize(i + 1, 1);
                last.boxes.resize(i + 1);
                last.confidence.resize(i + 1, -1);
            }
            if (last.cells[i].empty()) {
                last.cells[i] = row.cells[i];
                last.boxes[i] = row.boxes[i];
                last.confidence[i] = row.confidence[i];
            }
        }
        row = SourceRow {};
    }

    std::vector<double> m_starts;
    Edges m_edges {};
    std::vector<SourceRow> m_rows;
    std::vector<std::string> m_headings;
    std::vector<std::size_t> m_page_data;   ///< rows of this page, and of the one before, that are no headings
    std::vector<std::size_t> m_page_before;
    std::set<int> m_data;                   ///< lines of rows that are no headings
    std::set<int> m_first_data;             ///< those that stand first on a page but the first one
    MarkerRepair m_markers;
    std::map<std::size_t, std::size_t> m_latest;
    std::size_t m_numbered = 0;             ///< texts of the second column with a number in the first; and without
    std::size_t m_unnumbered = 0;
    std::size_t m_last_data = 0;
    bool m_first_page = true;
    int m_line = 0;
};

}

bool is_paper(codec::Document const& document)
{
    return std::ranges::any_of(document.pages, [](auto& page) { return page.width > 0; });
}

std::vector<SourceRow> paper_rows(codec::Document const& paper)
{
    auto const document = settle_breaks(paper);
    PageJoiner joiner { document };
    int number = 0;
    for (auto const& page : document.pages)
        joiner.add(page, ++number);
    return joiner.take();
}

}
