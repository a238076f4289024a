#include "codec/open_table.hpp"
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace kpuhub::codec {

namespace {

constexpr std::size_t fewest_headings = 5;  ///< pieces of the line that a table begins with
constexpr std::size_t fewest_columns = 6;
constexpr std::size_t header_lines = 8;
constexpr double gutter = 3;                ///< points: narrower gaps part no columns
constexpr double wide_gap = 0.6;            ///< of the letters' height: parts the pieces of a line
constexpr int doubtful = 50;                ///< confidence of a mark whose row is not certain
constexpr double widest_page = 5000;        ///< points

/// Words of a line that stand close together.
std::vector<PaperLine> pieces_of(PaperLine const& line)
{
    std::vector<PaperLine> pieces;
    for (auto const& word : line.words) {
        if (pieces.empty() || word.area.left - pieces.back().area.right > wide_gap * word.area.height())
            pieces.emplace_back();
        pieces.back().area.take(word.area);
        pieces.back().words.push_back(word);
    }
    return pieces;
}

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

struct OpenLines {
    std::size_t number = 0;
    double width = 0;
    double height = 0;
    std::vector<PaperLine> lines {};
};

struct Column {
    double left = 0;
    double right = 0;
    bool label = false;         ///< has its heading in the lowest line of headings: a month
};

class OpenTable {
public:
    explicit OpenTable(std::vector<OpenPage> const& open)
    {
        for (auto const& page : open)
            m_pages.push_back({ page.number, page.words.width, page.words.height, lines_of(page.words.words) });
    }

    void read(std::vector<Page>& pages)
    {
        if (!find_header())
            return;
        find_columns();
        if (m_columns.size() < fewest_columns)
            return;
        for (std::size_t i = m_first_page; i < m_pages.size() && same_size(m_pages[i]); ++i)
            read_page(m_pages[i], pages[m_pages[i].number], i == m_first_page);
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
    };

    [[nodiscard]] bool same_size(OpenLines const& page) const { return std::abs(page.width - m_pages[m_first_page].width) < 2 && std::abs(page.height - m_pages[m_first_page].height) < 2; }

    /// The headings: from the first line of many pieces to the line of most, not far below.
    bool find_header()
    {
        for (m_first_page = 0; m_first_page < m_pages.size(); ++m_first_page) {
            auto const& lines = m_pages[m_first_page].lines;
            for (m_header = 0; m_header < lines.size(); ++m_header)
                if (pieces_of(lines[m_header]).size() >= fewest_headings && find_labels(lines))
                    return true;
        }
        return false;
    }

    bool find_labels(std::vector<PaperLine> const& lines)
    {
        m_labels = m_header;
        std::size_t const last = std::min(lines.size(), m_header + header_lines);
        for (std::size_t i = m_header; i < last; ++i)
            if (pieces_of(lines[i]).size() > pieces_of(lines[m_labels]).size())
                m_labels = i;
        // A label may stand a little higher or lower than the headings beside it, so headings may stand above the first line of many.
        double const height = lines[m_header].area.height();
        while (m_header > 0 && lines[m_header].area.top - lines[m_header - 1].area.bottom < 0.7 * height && pieces_of(lines[m_header - 1]).size() >= 3)
            --m_header;
        m_data = m_labels + 1;
        auto const goes_on = [&](PaperLine const& line) {
            auto const pieces = pieces_of(line);
            return std::ranges::all_of(pieces, [](auto& piece) { return begins_lower(piece.text()); });
        };
        while (m_data < last && goes_on(lines[m_data]))
            ++m_data;
        for (std::size_t i = m_header; i < m_data; ++i)
            m_header_texts.push_back(lines[i].text());
        return pieces_of(lines[m_labels]).size() >= fewest_columns;
    }

    [[nodiscard]] bool is_header_line(PaperLine const& line) const { return std::ranges::find(m_header_texts, line.text()) != m_header_texts.end(); }

    void find_columns()
    {
        std::vector<int> covered(static_cast<std::size_t>(widest_page), 0);
        int lines = 0;
        for (std::size_t p = m_first_page; p < m_pages.size() && same_size(m_pages[p]); ++p)
            for (std::size_t i = p == m_first_page ? m_data : 0; i < m_pages[p].lines.size(); ++i) {
                auto const& line = m_pages[p].lines[i];
                auto const pieces = pieces_of(line);
                if (is_header_line(line) || pieces.size() < 2)
                    continue;
                ++lines;
                for (auto const& piece : pieces)
                    for (double x = std::max(0.0, piece.area.left); x < std::min(piece.area.right, widest_page - 1); ++x)
                        ++covered[static_cast<std::size_t>(x)];
            }
        int const few = lines / 100;
        std::vector<Column> runs;
        for (std::size_t x = 0; x < covered.size(); ++x)
            if (covered[x] > few) {
                auto const at = static_cast<double>(x);
                if (runs.empty() || at - runs.back().right > gutter)
                    runs.push_back({ at, at + 1, false });
                runs.back().right = at + 1;
            }
        take_headings(std::move(runs));
    }

    /// Columns are strips with a heading: a strip without one (numbers of lists) belongs to the next; a heading without one is
    /// an empty column.
    void take_headings(std::vector<Column> runs)
    {
        auto const& lines = m_pages[m_first_page].lines;
        auto const meets = [](Column const& column, Area const& area) { return area.left < column.right && area.right > column.left; };
        std::vector<PaperLine> headings;
        for (std::size_t i = m_header; i < m_data; ++i)
            for (auto& piece : pieces_of(lines[i]))
                headings.push_back(std::move(piece));
        for (std::size_t i = 0; i + 1 < runs.size();) {
            bool const named = std::ranges::any_of(headings, [&](auto& heading) { return meets(runs[i], heading.area); });
            if (!named) {
                runs[i + 1].left = runs[i].left;
                runs.erase(runs.begin() + static_cast<std::ptrdiff_t>(i));
            } else
                ++i;
        }
        auto const add = [&](std::size_t line) {
            for (auto const& piece : pieces_of(lines[line]))
                if (std::ranges::none_of(runs, [&](auto& run) { return meets(run, piece.area); }))
                    runs.push_back({ piece.area.left, piece.area.right, false });
        };
        add(m_labels);
        for (std::size_t i = m_header; i < m_data; ++i)
            add(i);
        std::ranges::sort(runs, {}, &Column::left);
        m_columns = std::move(runs);
        if (m_labels > m_header)
            for (auto const& piece : pieces_of(lines[m_labels]))
                for (auto& column : m_columns)
                    column.label = column.label || (meets(column, piece.area) && column.right - column.left < 5 * piece.area.height());
        // Only a row of them is months: a heading beside ("NO") may stand on their line.
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            m_columns[i].label = m_columns[i].label && ((i > 0 && m_columns[i - 1].label) || (i + 1 < m_columns.size() && m_columns[i + 1].label));
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
        return pieces.size() <= 2 && std::ranges::any_of(pieces, [&](auto& piece) { return column_of(piece.area.left + 1) != column_of(piece.area.right - 1) || (piece.words.size() > 1 && m_columns[column_of(piece.area.left)].label); });
    }

    void read_page(OpenLines const& from, Page& page, bool first)
    {
        page.lines.clear();
        page.line_rows.clear();
        m_row_number = 0;
        std::size_t const begin = first ? m_header : 0;
        bool ended = false;
        bool inside = false;
        double before = 0;
        for (std::size_t i = 0; i < from.lines.size(); ++i) {
            auto const& line = from.lines[i];
            ended = ended || (inside && crosses(line));
            if (i < begin || ended || (!inside && crosses(line) && !is_header_line(line))) {
                page.lines.push_back(line.text());
                page.line_rows.push_back(ended ? m_row_number + 1 : 1);
            } else if (first && i < m_data) {
                if (i == begin)
                    add_header(from);
            } else if (!is_header_line(line)) {
                take_line(from, line, inside ? line.area.middle_y() - before : 0);
                before = line.area.middle_y();
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
        bool const labels = std::ranges::any_of(m_columns, &Column::label);
        auto& names = new_row(from.number, from.lines[m_header]);
        auto lower = names;
        lower.number = names.number + 1;
        for (std::size_t i = m_header; i < m_data; ++i) {
            names.bottom = lower.bottom = from.lines[i].area.bottom;
            auto cells = by_column(from.lines[i]);
            for (std::size_t c = 0; c < cells.size(); ++c)
                if (!cells[c].words.empty())
                    (m_columns[c].label && i >= m_labels ? lower : names).cells[c].lines.push_back(std::move(cells[c]));
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

    void take_line(OpenLines const& from, PaperLine const& line, double step)
    {
        auto cells = by_column(line);
        double const height = line.area.height();
        bool const next_page = step == 0;
        std::vector<bool> starts(cells.size(), false);
        bool any = false;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            if (cells[c].words.empty() || m_columns[c].label)
                continue;
            auto const text = cells[c].text();
            bool const gap = m_last_y[c] < -1e8 || (!next_page && line.area.middle_y() - m_last_y[c] > 1.9 * height);
            starts[c] = any || begins_numbered(text) || (gap && !begins_lower(text)) || c == 0;
            any = any || starts[c];
            m_last_y[c] = line.area.middle_y();
        }
        bool const marks = std::ranges::any_of(cells, [&](auto& cell) { return !cell.words.empty() && m_columns[static_cast<std::size_t>(&cell - cells.data())].label; });
        if (any || m_rows.empty())
            new_row(from.number, line);
        auto const row = m_rows.size() - 1;
        m_rows[row].bottom = m_rows[row].page == from.number ? std::max(m_rows[row].bottom, line.area.bottom) : m_rows[row].bottom;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            if (cells[c].words.empty())
                continue;
            if (m_columns[c].label || starts[c])
                m_open[c] = row;
            auto& home = m_rows[m_open[c]].cells[c];
            home.lines.push_back(std::move(cells[c]));
        }
        // All months of a row whose marks do not stand beside its beginning are asked about.
        if (marks && !any)
            for (std::size_t c = 0; c < m_columns.size(); ++c)
                if (m_columns[c].label)
                    m_rows[row].cells[c].confidence = doubtful;
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
                pages[row.page].cells.push_back({ row.number, static_cast<int>(c) + 1, m_columns[c].label ? 1 : row.heading_rows, 1, joined(row.cells[c].lines), box, row.cells[c].confidence });
            }
        }
    }

    std::vector<OpenLines> m_pages;
    std::vector<Column> m_columns;
    std::vector<std::string> m_header_texts;
    std::vector<OpenRow> m_rows;
    std::vector<double> m_last_y;
    std::vector<std::size_t> m_open;    ///< the row whose cell is open, by column
    std::size_t m_first_page = 0;
    std::size_t m_header = 0;           ///< lines of the first page: of the headings, of the labels, of the first row
    std::size_t m_labels = 0;
    std::size_t m_data = 0;
    int m_row_number = 0;
};

}

void read_open_tables(std::vector<Page>& pages, std::vector<OpenPage> const& open)
{
    OpenTable { open }.read(pages);
}

}
