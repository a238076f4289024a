#include "decree/source_rows.hpp"
#include "decree/page_join.hpp"
#include "decree/words.hpp"
#include <algorithm>
#include <map>
#include <utility>

namespace kpuhub::decree {

Source SourceRow::at(int column) const
{
    auto found = source;
    auto const i = static_cast<std::size_t>(column);
    if (column >= 0 && i < boxes.size() && boxes[i] != codec::Box {}) {
        found.box = boxes[i];
        found.cell = static_cast<char>('A' + column % 26) + std::to_string(source.line);
        if (column >= 26)
            found.cell.insert(0, 1, static_cast<char>('A' + std::min(25, column / 26 - 1)));
    }
    return found;
}

int SourceRow::confidence_at(int column) const
{
    auto const i = static_cast<std::size_t>(column);
    return column >= 0 && i < confidence.size() ? confidence[i] : -1;
}

bool SourceRow::recognised() const
{
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (cells[i].size() > 3 && confidence_at(static_cast<int>(i)) >= 0)     // a drawn mark has a confidence in a PDF with text as well
            return true;
    return false;
}

bool SourceRow::empty() const { return filled() == 0; }

std::size_t SourceRow::filled() const
{
    return static_cast<std::size_t>(std::ranges::count_if(cells, [](auto& cell) { return !cell.empty(); }));
}

std::string SourceRow::joined() const
{
    std::string text;
    for (auto const& cell : cells)
        if (!cell.empty())
            text += (text.empty() ? "" : " ") + cell;
    return text;
}

namespace {

void add_lines(std::vector<SourceRow>& rows, codec::Page const& page, int before)
{
    int blank = 0;
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
        SourceRow row;
        row.raw = page.lines[i];
        for (auto const& cell : split(row.raw, '\t'))
            row.cells.push_back(clean(cell));
        if (row.empty() && row.cells.size() < 2) {
            ++blank;
            continue;
        }
        int const line = before + static_cast<int>(i) + 1;
        row.source = { 0, line, line, {} };
        row.blank_before = std::exchange(blank, 0);
        rows.push_back(std::move(row));
    }
}

/// How the rows of a page are numbered and how wide they are.
struct Numbered {
    int page = 0;           ///< 0: the lines of the whole document count through
    int before = 0;         ///< lines that stand before the first row
    bool records = false;   ///< a record of a CSV may go on over several lines, up to the next one
    bool even = false;      ///< all rows as wide as the widest: the cells of a Word table
};

void put(SourceRow& row, codec::Cell const& cell)
{
    auto const column = static_cast<std::size_t>(std::max(1, cell.column)) - 1;
    if (row.cells.size() <= column) {
        row.cells.resize(column + 1);
        row.down.resize(column + 1, 1);
        row.across.resize(column + 1, 1);
    }
    row.cells[column] = clean(cell.text);
    row.down[column] = std::max(1, cell.row_span);
    row.across[column] = std::max(1, cell.column_span);
}

void add_cells(std::vector<SourceRow>& rows, codec::Page const& page, Numbered const& numbered)
{
    std::map<int, SourceRow> by_row;
    int width = 0;
    for (auto const& cell : page.cells) {
        put(by_row[cell.row], cell);
        width = std::max(width, cell.column + cell.column_span - 1);
    }
    int last = 0;
    for (auto at = by_row.begin(); at != by_row.end(); ++at) {
        auto& [number, row] = *at;
        int const line = numbered.before + number;
        row.grid = true;
        row.source = { numbered.page, line, line, {} };
        if (auto const next = std::next(at); numbered.records && next != by_row.end())
            row.source.last_line = std::min(next->first - 1, line + 12);
        row.blank_before = last == 0 ? 0 : std::max(0, number - last - 1);
        last = number;
        if (numbered.even)
            row.cells.resize(std::max(row.cells.size(), static_cast<std::size_t>(width)));
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            row.raw += (i == 0 ? "" : "\t") + one_line(row.cells[i]);
        if (!row.empty())
            rows.push_back(std::move(row));
    }
}

int last_row(codec::Page const& page)
{
    int last = 0;
    for (auto const& cell : page.cells)
        last = std::max(last, cell.row);
    return last;
}

/// The last row for which `shown_lines` has a line.
int last_filled_row(codec::Page const& page)
{
    std::vector<SourceRow> rows;
    add_cells(rows, page, { 1, 0, false, false });
    return rows.empty() ? 0 : rows.back().source.line;
}

}

std::vector<SourceRow> source_rows(codec::Document const& document)
{
    if (is_paper(document))
        return paper_rows(document);
    std::vector<SourceRow> rows;
    bool const word = document.format == codec::Format::Docx;
    bool const csv = document.format == codec::Format::Csv;
    int number = 0;
    int before = 0;
    for (auto const& page : document.pages) {
        ++number;
        add_lines(rows, page, word ? before : 0);
        before += static_cast<int>(page.lines.size());
        add_cells(rows, page, { word || csv ? 0 : number, word ? before : 0, csv, word });
        before += last_row(page);
    }
    return rows;
}

std::vector<SourcePage> source_pages(codec::Document const& document)
{
    std::vector<SourcePage> pages;
    bool const paper = is_paper(document);
    if (!paper && document.format != codec::Format::Xlsx)
        return pages;
    int before = 0;
    for (auto const& page : document.pages) {
        pages.push_back({ page.name, paper ? 0 : before + static_cast<int>(page.lines.size()), page.width, page.height });
        before += static_cast<int>(page.lines.size()) + last_filled_row(page);
    }
    return pages;
}

std::vector<std::string> shown_lines(codec::Document const& document)
{
    std::vector<std::string> lines;
    if (is_paper(document)) {
        for (auto const& row : paper_rows(document)) {
            lines.resize(static_cast<std::size_t>(std::max(row.source.line, static_cast<int>(lines.size()))));
            lines[static_cast<std::size_t>(row.source.line) - 1] = row.raw;
        }
        return lines;
    }
    for (auto const& page : document.pages) {
        lines.insert(lines.end(), page.lines.begin(), page.lines.end());
        std::vector<SourceRow> rows;
        add_cells(rows, page, { 1, 0, false, false });
        std::size_t const start = lines.size();
        for (auto const& row : rows) {
            lines.resize(std::max(lines.size(), start + static_cast<std::size_t>(row.source.line)));
            lines[start + static_cast<std::size_t>(row.source.line) - 1] = row.raw;
        }
    }
    return lines;
}

}
