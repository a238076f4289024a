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

void add_lines(std::vector<SourceRow>& rows, codec::Page const& page)
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
        int const line = static_cast<int>(i) + 1;
        row.source = { 0, line, line, {} };
        row.blank_before = std::exchange(blank, 0);
        rows.push_back(std::move(row));
    }
}

void add_cells(std::vector<SourceRow>& rows, codec::Page const& page, int number, bool records)
{
    std::map<int, SourceRow> by_row;
    for (auto const& cell : page.cells) {
        auto& row = by_row[cell.row];
        auto const column = static_cast<std::size_t>(std::max(1, cell.column)) - 1;
        if (row.cells.size() <= column) {
            row.cells.resize(column + 1);
            row.down.resize(column + 1, 1);
        }
        row.cells[column] = clean(cell.text);
        row.down[column] = std::max(1, cell.row_span);
    }
    int last = 0;
    for (auto at = by_row.begin(); at != by_row.end(); ++at) {
        auto& [line, row] = *at;
        row.source = { records ? 0 : number, line, line, {} };
        // A record of a CSV may go on over several lines, up to the next one.
        if (auto const next = std::next(at); records && next != by_row.end())
            row.source.last_line = std::min(next->first - 1, line + 12);
        row.blank_before = last == 0 ? 0 : std::max(0, line - last - 1);
        last = line;
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            row.raw += (i == 0 ? "" : "\t") + row.cells[i];
        if (!row.empty())
            rows.push_back(std::move(row));
    }
}

}

std::vector<SourceRow> source_rows(codec::Document const& document)
{
    if (is_paper(document))
        return paper_rows(document);
    std::vector<SourceRow> rows;
    int number = 0;
    for (auto const& page : document.pages) {
        ++number;
        add_lines(rows, page);
        add_cells(rows, page, number, document.format == codec::Format::Csv);
    }
    return rows;
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
        add_cells(rows, page, 1, false);
        std::size_t const start = lines.size();
        for (auto const& row : rows) {
            lines.resize(std::max(lines.size(), start + static_cast<std::size_t>(row.source.line)));
            lines[start + static_cast<std::size_t>(row.source.line) - 1] = row.raw;
        }
    }
    return lines;
}

}
