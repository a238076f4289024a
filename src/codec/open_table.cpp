#include "codec/open_table.hpp"
#include "codec/open_columns.hpp"
#include "codec/paper_marks.hpp"
#include "codec/reading_rules.hpp"
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace kpuhub::codec {

namespace {

using namespace reading;

/// "1. ", "b) ", "IV", "A.": how the first cell of a row begins.
bool begins_numbered(std::string_view text)
{
    auto mark = text.substr(0, text.find(' '));
    bool const dotted = mark.size() > 1 && (mark.back() == '.' || mark.back() == ')');
    if (!dotted)
        return mark == "-" && text.size() > 1;
    if (mark == "-.")
        return true;
    mark.remove_suffix(1);
    bool const digits = mark.size() <= 2 && mark.find_first_not_of("0123456789") == std::string_view::npos;
    bool const letter = mark.size() == 1 && ((mark[0] >= 'a' && mark[0] <= 'z') || (mark[0] >= 'A' && mark[0] <= 'Z'));
    return digits || letter || (mark.size() <= 4 && mark.find_first_not_of("IVX") == std::string_view::npos);
}

bool begins_lower(std::string const& text) { return !text.empty() && text[0] >= 'a' && text[0] <= 'z'; }

/// The mean of its words, by their length; -1 when they come from a text layer.
int confidence_of(std::vector<PaperLine> const& lines)
{
    std::vector<PaperWord> words;
    for (auto const& line : lines)
        words.insert(words.end(), line.words.begin(), line.words.end());
    return codec::confidence_of(words);
}

/// The text of a cell; marks of several lines in one month are one mark.
std::string text_of(std::vector<PaperLine> const& lines, bool month)
{
    auto const is_mark = [](PaperLine const& line) { return line.words.size() == 1 && printed_mark(line.words.front().text); };
    return month && lines.size() > 1 && std::ranges::all_of(lines, is_mark) ? lines.front().text() : joined(lines);
}

/// "- 2 -", "Halaman 3" at an end of a page: part of no row.
bool is_page_number(std::string_view text)
{
    if (text.starts_with("Halaman ") || text.starts_with("Hal. "))
        text.remove_prefix(text.find(' ') + 1);
    auto const bare = text.find_first_not_of("-–— .");
    return bare != std::string_view::npos && text.size() <= 12 && text.find_first_not_of("0123456789-–— ./") == std::string_view::npos;
}

class OpenTable {
public:
    explicit OpenTable(std::vector<OpenPage> const& open)
    {
        for (auto const& page : open) {
            m_pages.push_back({ page.number, page.words.width, page.words.height, lines_of(page.words.words) });
            std::ranges::for_each(m_pages.back().lines, part_labels);
        }
        m_recognised = std::ranges::any_of(open, [](auto& page) { return !page.words.words.empty() && page.words.words.front().confidence >= 0; });
    }

    void read(std::vector<Page>& pages)
    {
        auto header = find_open_header(m_pages);
        if (!header)
            return;
        m_header = std::move(*header);
        m_columns = find_open_columns(m_pages, m_header);
        if (m_columns.size() < fewest_columns)
            return;
        learn_pitch();
        for (std::size_t i = m_header.page; i < m_pages.size() && takes_part(m_pages[i], first_page()); ++i)
            read_page(m_pages[i], pages[m_pages[i].number], i == m_header.page);
        doubt_marks();
        write(pages);
    }

private:
    /// A cell in the making, on the page where it begins.
    struct OpenCell {
        std::vector<PaperLine> lines {};
        int confidence = -1;
    };
    struct OpenRow {
        std::size_t page = 0;
        int number = 0;
        double top = 0;
        double bottom = 0;
        std::vector<OpenCell> cells {};
        int heading_rows = 1;           ///< that the headings beside the months cover
        int mark_lines = 0;             ///< lines with marks, where the last of them stands, and whether one is the row's first
        double marks_at = 0;
        bool beside_start = false;
    };

    [[nodiscard]] OpenLines const& first_page() const { return m_pages[m_header.page]; }

    /// How far apart two lines of one cell usually stand: the least distance that many lines have.
    void learn_pitch()
    {
        std::vector<double> steps;
        for (std::size_t p = m_header.page; p < m_pages.size() && takes_part(m_pages[p], first_page()); ++p) {
            std::vector<double> last(m_columns.size(), -1);
            for (std::size_t i = p == m_header.page ? m_header.data : 0; i < m_pages[p].lines.size(); ++i) {
                auto const cells = by_column(m_pages[p].lines[i]);
                for (std::size_t c = 0; c < cells.size(); ++c)
                    if (!cells[c].words.empty() && !m_columns[c].label) {
                        double const y = cells[c].area.middle_y();
                        if (double const step = y - last[c]; last[c] >= 0 && step < blank_line * cells[c].area.height())
                            steps.push_back(step);
                        last[c] = y;
                    }
            }
        }
        std::ranges::sort(steps);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            auto const end = std::ranges::upper_bound(steps, steps[i] * std::sqrt(row_gap));
            if (static_cast<double>(end - steps.begin()) - static_cast<double>(i) >= least_usual * static_cast<double>(steps.size()) && end - steps.begin() > static_cast<std::ptrdiff_t>(i) + 2) {
                m_pitch = steps[(i + static_cast<std::size_t>(end - steps.begin())) / 2];
                return;
            }
        }
    }

    /// More than lies between two lines of one cell.
    [[nodiscard]] bool is_gap(double step, double height) const
    {
        return m_pitch > 0 ? step > (m_recognised ? recognised_row_gap : row_gap) * m_pitch : step > blank_line * height;
    }

    /// Where a column ends: in the middle of the gap.
    [[nodiscard]] double edge(std::size_t after) const
    {
        return after + 1 < m_columns.size() ? (m_columns[after].right + m_columns[after + 1].left) / 2 : m_columns[after].right + 20;
    }
    [[nodiscard]] std::size_t column_of(double x) const
    {
        std::size_t at = 0;
        while (at + 1 < m_columns.size() && x > edge(at))
            ++at;
        return at;
    }
    [[nodiscard]] std::vector<PaperLine> by_column(PaperLine const& line) const
    {
        std::vector<PaperLine> cells(m_columns.size());
        for (auto const& word : line.words) {
            auto& cell = cells[column_of(word.area.middle_x())];
            cell.area.take(word.area);
            cell.words.push_back(word);
        }
        return cells;
    }

    /// A line of text over several columns: no row of the table.
    [[nodiscard]] bool crosses(PaperLine const& line) const
    {
        auto const pieces = pieces_of(line);
        if (pieces.size() > 2)
            return false;
        bool const in_months = std::ranges::any_of(pieces, [&](auto& piece) { return piece.words.size() > 1 && m_columns[column_of(piece.area.left)].label; });
        return in_months || std::ranges::any_of(line.words, [&](auto& word) {
            auto const from = column_of(word.area.left);
            return from < column_of(word.area.right) && word.area.left < m_columns[from].right && word.area.right > m_columns[from + 1].left;
        });
    }

    void read_page(OpenLines const& from, Page& page, bool first)
    {
        page.lines.clear();
        page.line_rows.clear();
        m_row_number = 0;
        std::size_t const begin = first ? m_header.first : 0;
        bool ended = false;
        bool inside = false;
        for (std::size_t i = 0; i < from.lines.size(); ++i) {
            auto const& line = from.lines[i];
            bool const at_end = i == 0 || i + 1 == from.lines.size();
            ended = ended || (inside && crosses(line));
            if (i < begin || ended || (at_end && is_page_number(line.text())) || (!inside && crosses(line) && !m_header.repeats(line))) {
                page.lines.push_back(line.text());
                page.line_rows.push_back(ended ? m_row_number + 1 : 1);
            } else if (first && i < m_header.data) {
                if (i == begin)
                    add_header(from);
            } else if (!m_header.repeats(line)) {
                take_line(from, line, !inside);
                inside = true;
            }
        }
    }

    OpenRow& new_row(std::size_t page, PaperLine const& line)
    {
        m_rows.push_back({ page, ++m_row_number, line.area.top, line.area.bottom, std::vector<OpenCell>(m_columns.size()) });
        return m_rows.back();
    }

    void add_header(OpenLines const& from)
    {
        bool const labels = std::ranges::any_of(m_columns, &OpenColumn::label);
        auto& names = new_row(from.number, from.lines[m_header.first]);
        auto lower = names;
        lower.number = names.number + 1;
        for (std::size_t i = m_header.first; i < m_header.data; ++i) {
            names.bottom = lower.bottom = from.lines[i].area.bottom;
            auto cells = by_column(from.lines[i]);
            for (std::size_t c = 0; c < cells.size(); ++c)
                if (!cells[c].words.empty())
                    (m_columns[c].label && i >= m_header.labels ? lower : names).cells[c].lines.push_back(std::move(cells[c]));
        }
        // The heading over the months is one, however many of them it covers.
        OpenCell* title = nullptr;
        for (std::size_t c = 0; c < m_columns.size(); ++c)
            if (m_columns[c].label) {
                auto& cell = names.cells[c];
                if (title == nullptr)
                    title = &cell;
                else
                    for (auto& line : std::exchange(cell.lines, {}))
                        title->lines.push_back(std::move(line));
            }
        if (labels) {
            names.heading_rows = 2;
            m_rows.push_back(std::move(lower));
            ++m_row_number;
        }
        m_last_y.assign(m_columns.size(), -1e9);
        m_open.assign(m_columns.size(), 0);
    }

    /// Which cells of a line begin a row: behind a cell to their left that does, with a number of a list, behind a gap. At the head of a
    /// page a text may go on from the page before: there, marks beside it tell a beginning.
    std::vector<bool> beginnings(std::vector<PaperLine> const& cells, bool next_page, bool marks)
    {
        std::vector<bool> starts(cells.size(), false);
        bool any = false;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            if (cells[c].words.empty() || m_columns[c].label)
                continue;
            auto const text = cells[c].text();
            double const y = cells[c].area.middle_y();
            bool const gap = m_last_y[c] < -1e8 || (next_page ? marks : is_gap(y - m_last_y[c], cells[c].area.height()));
            starts[c] = any || begins_numbered(text) || (gap && !begins_lower(text)) || c == 0;
            any = any || starts[c];
            m_last_y[c] = y;
        }
        return starts;
    }

    void take_line(OpenLines const& from, PaperLine const& line, bool next_page)
    {
        auto cells = by_column(line);
        auto const in_months = [&](PaperLine const& cell) { return !cell.words.empty() && m_columns[static_cast<std::size_t>(&cell - cells.data())].label; };
        bool const marks = std::ranges::any_of(cells, in_months);
        auto const starts = beginnings(cells, next_page, marks);
        if (next_page)      // what begins below the first line of a page does not go on from the page before
            for (std::size_t c = 0; c < cells.size(); ++c)
                if (cells[c].words.empty())
                    m_last_y[c] = line.area.middle_y();
        bool const any = std::ranges::find(starts, true) != starts.end();
        if (any || m_rows.empty() || (next_page && marks))
            new_row(from.number, line);
        auto const row = m_rows.size() - 1;
        if (m_rows[row].page == from.number)
            m_rows[row].bottom = std::max(m_rows[row].bottom, line.area.bottom);
        for (std::size_t c = 0; c < cells.size(); ++c) {
            if (cells[c].words.empty())
                continue;
            if (m_columns[c].label || starts[c])
                m_open[c] = row;
            auto& home = m_rows[m_open[c]].cells[c];
            home.lines.push_back(std::move(cells[c]));
        }
        if (marks) {
            m_rows[row].mark_lines += 1;
            m_rows[row].beside_start = m_rows[row].beside_start || any;
            m_rows[row].marks_at = line.area.middle_y();
        }
    }

    /// Marks that stand neither on the first line of their row nor, alone, in its middle are asked about, with all months of the row.
    void doubt_marks()
    {
        for (auto& row : m_rows) {
            bool const in_middle = row.mark_lines == 1 && std::abs(row.marks_at - (row.top + row.bottom) / 2) < off_middle * (m_pitch > 0 ? m_pitch : row.bottom - row.top);
            bool const certain = !m_recognised && (row.mark_lines == 0 || (row.mark_lines == 1 && row.beside_start) || in_middle);
            for (std::size_t c = 0; !certain && c < m_columns.size(); ++c)
                if (m_columns[c].label)
                    row.cells[c].confidence = doubtful_mark;
        }
    }

    void write(std::vector<Page>& pages) const
    {
        std::map<std::size_t, OpenLines const*> sizes;
        for (auto const& page : m_pages)
            sizes[page.number] = &page;
        for (auto const& row : m_rows) {
            auto const& paper = *sizes.at(row.page);
            auto const share = [](double value, double of) { return std::clamp(static_cast<int>(std::lround(value * 10'000 / std::max(1.0, of))), 0, 10'000); };
            for (std::size_t c = 0; c < m_columns.size(); ++c) {
                double const left = c == 0 ? m_columns[0].left - 5 : edge(c - 1);
                Box const box { share(left, paper.width), share(row.top, paper.height), share(edge(c), paper.width), share(row.bottom, paper.height) };
                pages[row.page].cells.push_back({ row.number, static_cast<int>(c) + 1, m_columns[c].label ? 1 : row.heading_rows, 1, text_of(row.cells[c].lines, m_columns[c].label), box, row.cells[c].confidence >= 0 ? row.cells[c].confidence : confidence_of(row.cells[c].lines) });
            }
        }
    }

    std::vector<OpenLines> m_pages;
    std::vector<OpenColumn> m_columns;
    OpenHeader m_header;
    std::vector<OpenRow> m_rows;
    std::vector<double> m_last_y;
    std::vector<std::size_t> m_open;    ///< the row whose cell is open, by column
    bool m_recognised = false;          ///< a scan: what a mark is has been guessed, and heights of words differ by their letters
    double m_pitch = 0;                 ///< usual distance of two lines of a cell, in points; 0 = not known
    int m_row_number = 0;
};

}

void read_open_tables(std::vector<Page>& pages, std::vector<OpenPage> const& open)
{
    OpenTable { open }.read(pages);
}

}
