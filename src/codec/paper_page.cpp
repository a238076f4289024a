#include "codec/paper_page.hpp"
#include "codec/cell_signs.hpp"
#include "codec/reading_rules.hpp"
#include <algorithm>
#include <cmath>
#include <map>

namespace kpuhub::codec {

namespace {

using namespace reading;

/// Words that tesseract made of a mark: it does not trust them itself.
bool is_guess(std::vector<PaperWord> const& words)
{
    int const percent = confidence_of(words);
    return percent >= 0 && percent < least_label_confidence;
}

/// Ink like that of a word: several parts side by side.
bool is_writing(CellInk const& ink, double dpi) { return ink.parts >= unread_parts && ink.area.width() >= unread_inches * dpi; }

}

PaperPage::PaperPage(InkSheet sheet) : m_sheet(std::move(sheet))
{
    auto const ruling = find_rules(m_sheet);
    auto grids = find_grids(m_sheet, ruling);
    remove_rules(m_sheet, ruling);
    for (auto const& grid : grids)
        clear_low_rows(m_sheet, grid);
    clean_paper(m_sheet);
    for (auto& grid : grids) {
        Table table { std::move(grid), {}, {} };
        table.marks = mark_columns(table.grid);
        for (auto const& cell : table.grid.cells)
            table.inks.push_back(ink_in(m_sheet, cell.area));
        m_tables.push_back(std::move(table));
    }
}

bool PaperPage::in_marks(Table const& table, GridCell const& cell)
{
    return table.marks && cell.column_span == 1 && cell.column >= table.marks->first && cell.column <= table.marks->second;
}

/// The mark cells that hold writing: rows that may be headings, and cells with more than a mark in them.
std::vector<std::vector<Area>> PaperPage::label_strips(Table const& table) const
{
    std::map<int, std::vector<std::size_t>> rows;
    for (std::size_t i = 0; i < table.grid.cells.size(); ++i)
        if (in_marks(table, table.grid.cells[i]) && table.inks[i].mass > 0)
            rows[table.grid.cells[i].row].push_back(i);
    int const columns = table.marks ? table.marks->second - table.marks->first + 1 : 0;
    Strips strips;
    for (auto const& [row, cells] : rows) {
        bool const heading = row < header_rows && static_cast<int>(cells.size()) * 2 >= columns;
        std::vector<Area> strip;
        for (auto const i : cells) {
            auto const& ink = table.inks[i];
            bool const words = ink.parts >= 3 && ink.area.width() > 0.5 * table.grid.cells[i].area.width();
            if (heading || words)
                strip.push_back(ink.area);
        }
        if (!strip.empty())
            strips.push_back(std::move(strip));
    }
    return strips;
}

Strips PaperPage::cell_strips() const
{
    Strips strips;
    for (auto const& table : m_tables) {
        auto labels = label_strips(table);
        strips.insert(strips.end(), std::make_move_iterator(labels.begin()), std::make_move_iterator(labels.end()));
        for (std::size_t i = 0; i < table.grid.cells.size(); ++i)
            if (!in_marks(table, table.grid.cells[i]) && table.inks[i].mass > 0)
                strips.push_back({ table.inks[i].area });
    }
    return strips;
}

Strips PaperPage::outer_strips() const
{
    Strips strips;
    double top = 0;
    auto const add = [&](double from, double to) {
        if (auto const ink = ink_in(m_sheet, { 0, from, static_cast<double>(m_sheet.width()), to }); ink.mass > 0)
            strips.push_back({ ink.area });
    };
    for (auto const& table : m_tables) {
        add(top, table.grid.area.top - m_sheet.inches(0.03));
        top = table.grid.area.bottom + m_sheet.inches(0.03);
    }
    add(top, m_sheet.height());
    return strips;
}

Box PaperPage::box_of(Area const& area) const
{
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    for (auto const& [x, y] : { std::pair { area.left, area.top }, { area.right, area.bottom }, { area.left, area.bottom }, { area.right, area.top } }) {
        auto const [px, py] = m_sheet.to_paper(x, y);
        left = std::min(left, px), right = std::max(right, px), top = std::min(top, py), bottom = std::max(bottom, py);
    }
    auto const share = [](double value, int of) { return std::clamp(static_cast<int>(std::lround(value * 10'000 / of)), 0, 10'000); };
    return { share(left, m_sheet.paper_width), share(top, m_sheet.paper_height), share(right, m_sheet.paper_width), share(bottom, m_sheet.paper_height) };
}

Cell PaperPage::made_cell(GridCell const& cell, int first_row, std::vector<PaperWord> const& words) const
{
    return { first_row + cell.row, cell.column + 1, cell.row_span, cell.column_span, joined(lines_of(words), &cell.area), box_of(cell.area), confidence_of(words) };
}

std::vector<bool> PaperPage::label_rows(Table const& table, std::vector<std::vector<PaperWord>> const& words) const
{
    std::vector<bool> labels(static_cast<std::size_t>(table.grid.rows), false);
    if (!table.marks)
        return labels;
    std::vector<std::vector<std::string>> texts(labels.size());
    for (std::size_t i = 0; i < table.grid.cells.size(); ++i)
        if (in_marks(table, table.grid.cells[i]))
            texts[static_cast<std::size_t>(table.grid.cells[i].row)].push_back(is_guess(words[i]) ? "" : joined(lines_of(words[i])));
    // Below a row of labels there is at most one that numbers the columns; further down, marks are marks.
    bool found = false;
    bool before = false;
    for (std::size_t row = 0; row < texts.size(); ++row) {
        labels[row] = (!found || before) && are_labels(texts[row]);
        before = labels[row] && !found;
        found = found || labels[row];
    }
    return labels;
}

/// Whether the text layer has the marks of a table, three at least.
bool PaperPage::has_printed_marks(Table const& table, std::vector<std::vector<PaperWord>> const& words)
{
    int found = 0;
    for (std::size_t i = 0; i < table.grid.cells.size(); ++i)
        found += in_marks(table, table.grid.cells[i]) && words[i].size() == 1 && words[i].front().confidence < 0 && printed_mark(words[i].front().text) ? 1 : 0;
    return found >= 3;
}

void PaperPage::add_cells(Page& page, Table const& table, std::vector<std::vector<PaperWord>> const& words, int first_row) const
{
    auto const labels = label_rows(table, words);
    std::vector<CellInk> candidates;
    std::map<int, std::vector<double>> lights;
    for (std::size_t i = 0; i < table.grid.cells.size(); ++i) {
        auto const& cell = table.grid.cells[i];
        if (!in_marks(table, cell))
            lights[cell.row].push_back(table.inks[i].light);
        else if (!labels[static_cast<std::size_t>(cell.row)])
            candidates.push_back(table.inks[i]);
    }
    MarkJudge const judge { static_cast<double>(m_sheet.dpi), candidates };
    bool const printed_marks = has_printed_marks(table, words);
    bool const recognised_page = std::ranges::any_of(words, [](auto& cell) { return !cell.empty() && cell.front().confidence >= 0; });
    for (std::size_t i = 0; i < table.grid.cells.size(); ++i) {
        auto const& cell = table.grid.cells[i];
        auto made = made_cell(cell, first_row, words[i]);
        if (in_marks(table, cell) && !labels[static_cast<std::size_t>(cell.row)]) {
            auto const printed = printed_mark(made.text);
            bool const recognised = made.confidence >= 0;
            if (printed && !recognised) {
                made.text = "√";
                made.confidence = *printed == 100 ? -1 : *printed;
            } else if (made.text.empty() || recognised) {
                auto row = lights[cell.row];
                std::ranges::sort(row);
                auto const mark = judge.judge(table.inks[i], cell.area, row.empty() ? 255 : row[row.size() / 2]);
                bool const number = recognised && made.confidence >= 60 && made.text.find_first_of("0123456789") != std::string::npos;
                if (!number) {
                    made.text = mark.text;
                    made.confidence = printed_marks && !mark.text.empty() ? std::min(mark.confidence, beside_printed) : mark.confidence;
                }
            }
        }
        if (recognised_page && made.text.empty() && !in_marks(table, cell) && is_writing(table.inks[i], m_sheet.dpi)) {
            made.text = unread_cell;
            made.confidence = 0;
        }
        page.cells.push_back(std::move(made));
    }
}

/// A word that runs over a line of the table, as two words: "MaretApril" where two headings fill their cells.
void PaperPage::split_at_lines(std::vector<PaperWord>& words) const
{
    constexpr std::size_t most_splits = 2000;
    std::size_t splits = 0;
    for (std::size_t i = 0; i < words.size() && splits < most_splits; ++i) {
        auto const area = words[i].area;
        auto const length = words[i].text.size();
        bool const plain = length >= 4 && std::ranges::all_of(words[i].text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (!plain)
            continue;
        for (auto const& table : m_tables) {
            auto const home = std::ranges::find_if(table.grid.cells, [&](auto& cell) { return cell.area.holds(area.left + area.height() * 0.3, area.middle_y()); });
            if (home == table.grid.cells.end() || home->area.right > area.right - 0.25 * area.width())
                continue;
            double const share = (home->area.right - area.left) / area.width();
            auto at = static_cast<std::size_t>(std::clamp(std::lround(share * static_cast<double>(length)), 1L, static_cast<long>(length) - 1));
            for (std::size_t near : { at, at - 1, at + 1, at - 2, at + 2 })
                if (near > 0 && near < length && words[i].text[near - 1] >= 'a' && words[i].text[near] >= 'A' && words[i].text[near] <= 'Z') {
                    at = near;
                    break;
                }
            auto rest = words[i];
            rest.text = rest.text.substr(at);
            rest.area.left = home->area.right + 1;
            words[i].text.resize(at);
            words[i].area.right = home->area.right - 1;
            words.insert(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(rest));
            ++splits;
            break;
        }
    }
}

Page PaperPage::page(std::vector<PaperWord> words, int width, int height) const
{
    split_at_lines(words);
    Page page;
    page.width = width;
    page.height = height;
    std::vector<std::vector<std::vector<PaperWord>>> inside(m_tables.size());
    std::vector<PaperWord> outside;
    for (std::size_t t = 0; t < m_tables.size(); ++t)
        inside[t].resize(m_tables[t].grid.cells.size());
    for (auto& word : words) {
        bool placed = false;
        for (std::size_t t = 0; t < m_tables.size() && !placed; ++t) {
            auto const& cells = m_tables[t].grid.cells;
            auto const home = std::ranges::find_if(cells, [&](auto& cell) { return cell.area.holds(word.area.middle_x(), word.area.middle_y()); });
            placed = home != cells.end();
            if (placed)
                inside[t][static_cast<std::size_t>(home - cells.begin())].push_back(std::move(word));
        }
        if (!placed)
            outside.push_back(std::move(word));
    }
    std::vector<int> first_rows;
    int row = 1;
    for (std::size_t t = 0; t < m_tables.size(); ++t) {
        first_rows.push_back(row);
        add_cells(page, m_tables[t], inside[t], row);
        row += m_tables[t].grid.rows;
    }
    for (auto const& line : lines_of(std::move(outside))) {
        auto const below = std::ranges::find_if(m_tables, [&](auto& table) { return table.grid.area.middle_y() > line.area.middle_y(); });
        page.lines.push_back(line.text());
        page.line_rows.push_back(below == m_tables.end() ? row : first_rows[static_cast<std::size_t>(below - m_tables.begin())]);
    }
    return page;
}

}
