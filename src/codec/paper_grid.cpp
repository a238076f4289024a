#include "codec/paper_grid.hpp"
#include "codec/reading_rules.hpp"
#include <algorithm>
#include <cmath>
#include <leptonica/allheaders.h>
#include <map>
#include <numeric>

namespace kpuhub::codec {

namespace {

using namespace reading;

/// Pieces of one line of the table.
class GridLine {
public:
    void add(DrawnRule const& piece) { m_pieces.push_back(piece); }
    [[nodiscard]] double middle() const
    {
        double sum = 0;
        double length = 0;
        for (auto const& piece : m_pieces) {
            sum += piece.middle() * piece.length();
            length += piece.length();
        }
        return length > 0 ? sum / length : 0;
    }
    [[nodiscard]] double from() const { return std::ranges::min_element(m_pieces, {}, &DrawnRule::from)->from; }
    [[nodiscard]] double to() const { return std::ranges::max_element(m_pieces, {}, &DrawnRule::to)->to; }
    /// Where the line stands at a place along it, by the nearest piece.
    [[nodiscard]] double at(double along) const
    {
        auto const away = [along](DrawnRule const& piece) { return std::max({ 0.0, piece.from - along, along - piece.to }); };
        auto const nearest = std::ranges::min_element(m_pieces, {}, away);
        return nearest->at(std::clamp(along, nearest->from, nearest->to));
    }
    [[nodiscard]] double thick() const { return std::ranges::max_element(m_pieces, {}, &DrawnRule::thick)->thick; }

private:
    std::vector<DrawnRule> m_pieces;
};

std::vector<GridLine> lines_of(std::vector<DrawnRule> pieces, double same)
{
    std::ranges::sort(pieces, {}, &DrawnRule::middle);
    std::vector<GridLine> lines;
    for (auto const& piece : pieces) {
        GridLine* best = nullptr;
        double nearest = same;
        for (auto& line : lines) {
            double const away = std::abs(line.at((piece.from + piece.to) / 2) - piece.middle());
            if (away < nearest) {
                nearest = away;
                best = &line;
            }
        }
        if (best == nullptr)
            best = &lines.emplace_back();
        best->add(piece);
    }
    std::ranges::sort(lines, {}, &GridLine::middle);
    return lines;
}

DrawnRule straight(double from, double to, double at) { return { from, to, at, 0, 1 }; }

/// Tables without a line at their left and right edge, or cut off by the end of the page: where the others end.
void close_edges(std::vector<GridLine>& lines, std::vector<GridLine> const& others, double outer)
{
    auto ends = [&](auto end) {
        std::vector<double> all;
        for (auto const& line : others)
            all.push_back(end(line));
        std::ranges::nth_element(all, all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2));
        return all[all.size() / 2];
    };
    double const first = ends([](auto& line) { return line.from(); });
    double const last = ends([](auto& line) { return line.to(); });
    double const from = others.front().middle();
    double const to = others.back().middle();
    if (first < lines.front().middle() - outer) {
        lines.emplace(lines.begin())->add(straight(from, to, first));
    }
    if (last > lines.back().middle() + outer)
        lines.emplace_back().add(straight(from, to, last));
}

/// Upright lines that meet no other because their cells go on over both ends of the page: as tall as the table beside them.
void take_open_columns(Ruling& table, std::vector<DrawnRule> const& alone)
{
    constexpr double most_apart = 0.03;     // of the table's height
    double const top = std::ranges::min_element(table.upright, {}, &DrawnRule::from)->from;
    double const bottom = std::ranges::max_element(table.upright, {}, &DrawnRule::to)->to;
    double const apart = most_apart * (bottom - top);
    for (auto const& line : alone)
        if (std::abs(line.from - top) < apart && std::abs(line.to - bottom) < apart)
            table.upright.push_back(line);
}

/// Lines at which no cell ends are no lines of the table: the strokes of letters that stand below each other.
void drop_unused_lines(Grid& grid)
{
    std::vector<int> rows(static_cast<std::size_t>(grid.rows), 0);
    std::vector<int> columns(static_cast<std::size_t>(grid.columns), 0);
    for (auto const& cell : grid.cells) {
        rows[static_cast<std::size_t>(cell.row)] = 1;
        columns[static_cast<std::size_t>(cell.column)] = 1;
    }
    std::inclusive_scan(rows.begin(), rows.end(), rows.begin());
    std::inclusive_scan(columns.begin(), columns.end(), columns.begin());
    auto const number = [](std::vector<int> const& used, int at) { return used[static_cast<std::size_t>(at)] - 1; };
    for (auto& cell : grid.cells) {
        int const last_row = number(rows, cell.row + cell.row_span - 1);
        int const last_column = number(columns, cell.column + cell.column_span - 1);
        cell.row = number(rows, cell.row);
        cell.column = number(columns, cell.column);
        cell.row_span = last_row - cell.row + 1;
        cell.column_span = last_column - cell.column + 1;
    }
    grid.rows = rows.back();
    grid.columns = columns.back();
}

/// Groups of lines that meet: one table each.
std::vector<Ruling> tables_of(Ruling const& ruling, double touch)
{
    std::size_t const levels = ruling.level.size();
    std::vector<std::size_t> parent(levels + ruling.upright.size());
    std::iota(parent.begin(), parent.end(), 0U);
    auto const root = [&](std::size_t i) {
        while (parent[i] != i)
            i = parent[i] = parent[parent[i]];
        return i;
    };
    for (std::size_t i = 0; i < levels; ++i)
        for (std::size_t j = 0; j < ruling.upright.size(); ++j) {
            auto const& level = ruling.level[i];
            auto const& upright = ruling.upright[j];
            double const y = level.at(upright.middle());
            double const x = upright.at(y);
            if (x > level.from - touch && x < level.to + touch && y > upright.from - touch && y < upright.to + touch)
                parent[root(i)] = root(levels + j);
        }
    std::map<std::size_t, Ruling> groups;
    for (std::size_t i = 0; i < levels; ++i)
        groups[root(i)].level.push_back(ruling.level[i]);
    for (std::size_t j = 0; j < ruling.upright.size(); ++j)
        groups[root(levels + j)].upright.push_back(ruling.upright[j]);
    std::vector<Ruling> tables;
    std::vector<DrawnRule> alone;
    for (auto& [unused, group] : groups)
        if (group.level.size() >= 2 && group.upright.size() >= 2)
            tables.push_back(std::move(group));
        else if (group.level.empty())
            alone.insert(alone.end(), group.upright.begin(), group.upright.end());
    for (auto& table : tables)
        take_open_columns(table, alone);
    return tables;
}

bool set_near(Pix* mask, double x, double y, int reach_x, int reach_y)
{
    for (int dy = -reach_y; dy <= reach_y; ++dy)
        for (int dx = -reach_x; dx <= reach_x; ++dx) {
            l_uint32 value = 0;
            if (pixGetPixel(mask, static_cast<int>(std::lround(x)) + dx, static_cast<int>(std::lround(y)) + dy, &value) == 0 && value != 0)
                return true;
        }
    return false;
}

class GridMaker {
public:
    GridMaker(InkSheet const& sheet, Ruling const& ruling, Ruling const& table)
        : m_sheet(sheet), m_ruling(ruling), m_rows(lines_of(table.level, sheet.inches(same_line_inches))),
          m_columns(lines_of(table.upright, sheet.inches(same_line_inches)))
    {
        close_edges(m_columns, m_rows, sheet.inches(outer_inches));
        close_edges(m_rows, m_columns, sheet.inches(outer_inches));
    }

    Grid make()
    {
        Grid grid;
        grid.rows = static_cast<int>(m_rows.size()) - 1;
        grid.columns = static_cast<int>(m_columns.size()) - 1;
        if (grid.rows < 1 || grid.columns < 1 || grid.rows * grid.columns > 20'000)
            return {};
        m_taken.assign(static_cast<std::size_t>(grid.rows) * static_cast<std::size_t>(grid.columns), false);
        m_width = grid.columns;
        for (int row = 0; row < grid.rows; ++row)
            for (int column = 0; column < grid.columns; ++column)
                if (!taken(row, column))
                    grid.cells.push_back(cell(row, column, grid));
        auto const top_left = corner(0, 0);
        auto const bottom_right = corner(grid.rows, grid.columns);
        grid.area = { top_left.first, top_left.second, bottom_right.first, bottom_right.second };
        drop_unused_lines(grid);
        return grid;
    }

private:
    std::vector<bool>::reference taken(int row, int column) { return m_taken[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(column)]; }
    GridLine const& row_line(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    GridLine const& column_line(int column) const { return m_columns[static_cast<std::size_t>(column)]; }

    /// Where a row line and a column line cross.
    std::pair<double, double> corner(int row, int column) const
    {
        double y = row_line(row).middle();
        double x = 0;
        for (int i = 0; i < 2; ++i) {
            x = column_line(column).at(y);
            y = row_line(row).at(x);
        }
        return { x, y };
    }

    /// Whether the paper is darker here than on one side of the line; beside letters than white paper.
    bool dark(double x, double y, bool upright) const
    {
        constexpr double letters = 150;
        double const aside = std::max(3.0, m_sheet.inches(0.035));
        auto const grey = [&](double dx, double dy) {
            l_uint32 value = 255;
            pixGetPixel(m_sheet.grey.get(), static_cast<int>(std::lround(x + dx)), static_cast<int>(std::lround(y + dy)), &value);
            return static_cast<double>(value);
        };
        double line = 255;
        for (int i = -2; i <= 2; ++i)
            line = std::min(line, upright ? grey(i, 0) : grey(0, i));
        double const ground = std::max(upright ? grey(-aside, 0) : grey(0, -aside), upright ? grey(aside, 0) : grey(0, aside));
        return line < (ground < letters ? 200 : ground) - contrast;
    }

    /// Whether a line is drawn between two corners.
    bool drawn(std::pair<double, double> from, std::pair<double, double> to, bool upright) const
    {
        constexpr int samples = 24;
        int const reach = std::max(2, static_cast<int>(m_sheet.inches(0.016)));
        int certain = 0;
        int loose = 0;
        int inked = 0;
        for (int i = 0; i < samples; ++i) {
            double const share = 0.12 + 0.76 * i / (samples - 1);
            double const x = from.first + (to.first - from.first) * share;
            double const y = from.second + (to.second - from.second) * share;
            certain += set_near((upright ? m_ruling.upright_mask : m_ruling.level_mask).get(), x, y, upright ? reach : 0, upright ? 0 : reach);
            loose += set_near((upright ? m_ruling.upright_loose : m_ruling.level_loose).get(), x, y, upright ? 2 : 0, upright ? 0 : 2);
            inked += dark(x, y, upright);
        }
        // Between low rows the upright pieces are too short to be certain of, and a letter's stroke may lengthen one; but no
        // writing fills the whole height.
        bool const low = upright && std::abs(to.second - from.second) < m_sheet.inches(0.3);
        if (low)
            return inked * 8 >= samples * 7 || (certain * 2 >= samples && inked * 6 >= samples * 5);
        return certain * 2 >= samples || (certain > 0 && loose * 4 >= samples * 3);
    }

    bool right_edge(int row, int column) const { return drawn(corner(row, column + 1), corner(row + 1, column + 1), true); }
    bool lower_edge(int row, int column) const { return drawn(corner(row + 1, column), corner(row + 1, column + 1), false); }

    /// A cell with its whole width first, then as far down as no line stops it.
    GridCell cell(int row, int column, Grid const& grid)
    {
        GridCell made { row, column, 1, 1, {} };
        while (column + made.column_span < grid.columns && !taken(row, column + made.column_span) && !right_edge(row, column + made.column_span - 1))
            ++made.column_span;
        while (row + made.row_span < grid.rows && goes_down(made))
            ++made.row_span;
        for (int r = row; r < row + made.row_span; ++r)
            for (int c = column; c < column + made.column_span; ++c)
                taken(r, c) = true;
        auto const [left, top] = corner(row, column);
        auto const [right, bottom] = corner(row + made.row_span, column + made.column_span);
        made.area = { left, top, right, bottom };
        return made;
    }

    bool goes_down(GridCell const& made)
    {
        int const next = made.row + made.row_span;
        for (int c = made.column; c < made.column + made.column_span; ++c) {
            bool const inner = c + 1 < made.column + made.column_span;
            if (taken(next, c) || lower_edge(next - 1, c) || (inner && right_edge(next, c)))
                return false;
        }
        return true;
    }

    InkSheet const& m_sheet;
    Ruling const& m_ruling;
    std::vector<GridLine> m_rows;
    std::vector<GridLine> m_columns;
    std::vector<bool> m_taken;
    int m_width = 0;
};

}

std::vector<Grid> find_grids(InkSheet const& sheet, Ruling const& ruling)
{
    std::vector<Grid> grids;
    for (auto const& table : tables_of(ruling, sheet.inches(touch_inches))) {
        auto grid = GridMaker { sheet, ruling, table }.make();
        if (grid.cells.size() >= 2)
            grids.push_back(std::move(grid));
    }
    // A frame around a table, or a table in a table: the one with more cells stays.
    std::ranges::sort(grids, std::greater {}, [](auto& grid) { return grid.cells.size(); });
    std::vector<Grid> kept;
    for (auto& grid : grids) {
        bool const inside = std::ranges::any_of(kept, [&](auto& other) {
            return grid.area.left < other.area.right && grid.area.right > other.area.left && grid.area.top < other.area.bottom && grid.area.bottom > other.area.top;
        });
        if (!inside)
            kept.push_back(std::move(grid));
    }
    std::ranges::sort(kept, {}, [](auto& grid) { return grid.area.top; });
    return kept;
}

void clear_low_rows(InkSheet& sheet, Grid const& grid)
{
    int const half = std::max(2, static_cast<int>(sheet.inches(0.013)));
    for (auto const& cell : grid.cells)
        if (cell.area.height() < sheet.inches(0.3))
            for (double const x : { cell.area.left, cell.area.right })
                for (auto* picture : { sheet.grey.get(), sheet.black.get() })
                    pixRasterop(picture, static_cast<int>(std::lround(x)) - half, static_cast<int>(cell.area.top), 2 * half + 1, static_cast<int>(cell.area.height()),
                        pixGetDepth(picture) == 1 ? PIX_CLR : PIX_SET, nullptr, 0, 0);
}

}
