#include "codec/paper_marks.hpp"
#include "codec/reading_rules.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <leptonica/allheaders.h>
#include <set>

namespace kpuhub::codec {

namespace {

using namespace reading;

double median(std::vector<double> values)
{
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Brightness that a fifth of the cell's pixels reach: its ground, whatever is written on it.
double ground(InkSheet const& sheet, Area const& cell)
{
    int const left = static_cast<int>(cell.left / shade_shrink) + 2;
    int const top = static_cast<int>(cell.top / shade_shrink) + 2;
    int const right = static_cast<int>(cell.right / shade_shrink) - 2;
    int const bottom = static_cast<int>(cell.bottom / shade_shrink) - 2;
    std::array<int, 256> counts {};
    int all = 0;
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x) {
            l_uint32 value = 255;
            if (pixGetPixel(sheet.shade.get(), x, y, &value) == 0) {
                ++counts.at(value & 255U);
                ++all;
            }
        }
    int above = 0;
    for (int value = 255; value > 0 && all > 0; --value)
        if ((above += counts.at(static_cast<std::size_t>(value))) * 5 >= all)
            return value;
    return 255;
}

/// A remainder of a cut line: flat, and at the cell's edge or as wide as the cell.
bool edge_remainder(Area const& part, double width, double height, double inch)
{
    double const thin = 0.02 * inch;
    double const near = 0.03 * inch;
    bool const across = part.left < near && part.right > width - near;
    bool const flat = part.height() <= thin && part.width() > 2 * part.height() && (across || part.top < near || part.bottom > height - near);
    bool const narrow = part.width() <= thin && part.height() > 2 * part.width() && (part.left < near || part.right > width - near);
    return flat || narrow;
}

/// Brightness of the cells that are not filled: on a page whose rows are marked the whole year most are filled.
double ground_light(std::vector<double> lights)
{
    std::ranges::sort(lights);
    double const lightest = lights[lights.size() * 19 / 20];
    auto const first = std::ranges::lower_bound(lights, lightest - filled_steps);
    return median({ first, lights.end() });
}

int roman_value(std::string_view text)
{
    static constexpr std::array<std::string_view, 12> numbers { "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII" };
    auto const found = std::ranges::find(numbers, text);
    return found == numbers.end() ? 0 : static_cast<int>(found - numbers.begin()) + 1;
}

std::string letters_and_digits(std::string_view text)
{
    std::string out;
    for (char const c : text)
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
            out += c;
        else if (c >= 'a' && c <= 'z')
            out += static_cast<char>(c - 32);
    return out;
}

int number_value(std::string const& text)
{
    if (text.empty() || text.size() > 2 || text.find_first_not_of("0123456789") != std::string::npos)
        return roman_value(text);
    return std::stoi(text);
}

}

CellInk ink_in(InkSheet const& sheet, Area const& cell)
{
    CellInk ink;
    int const margin = static_cast<int>(sheet.inches(margin_inches)) + 1;
    int const left = std::max(0, static_cast<int>(cell.left) + margin);
    int const top = std::max(0, static_cast<int>(cell.top) + margin);
    int const width = std::min(sheet.width(), static_cast<int>(cell.right) - margin) - left;
    int const height = std::min(sheet.height(), static_cast<int>(cell.bottom) - margin) - top;
    if (width < 3 || height < 3)
        return ink;
    ink.light = ground(sheet, cell);
    auto* box = boxCreate(left, top, width, height);
    Ink const clip { pixClipRectangle(sheet.black.get(), box, nullptr) };
    boxDestroy(&box);
    Pixa* parts = nullptr;
    Boxa* boxes = clip ? pixConnComp(clip.get(), &parts, 8) : nullptr;
    int const count = boxes != nullptr ? std::min(boxaGetCount(boxes), 2000) : 0;
    for (int i = 0; i < count; ++i) {
        l_int32 x = 0, y = 0, w = 0, h = 0;
        boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
        Area const part { static_cast<double>(x), static_cast<double>(y), static_cast<double>(x + w), static_cast<double>(y + h) };
        if (std::max(w, h) < sheet.inches(speck_inches) || edge_remainder(part, width, height, sheet.dpi))
            continue;
        Ink const picture { pixaGetPix(parts, i, L_CLONE) };
        l_int32 pixels = 0;
        pixCountPixels(picture.get(), &pixels, nullptr);
        ++ink.parts;
        ink.mass += pixels;
        ink.longest = std::max<double>(ink.longest, std::max(w, h));
        ink.area.take({ part.left + left, part.top + top, part.right + left, part.bottom + top });
    }
    boxaDestroy(&boxes);
    pixaDestroy(&parts);
    return ink;
}

/// The columns of a run that stand under a heading over several of them: a narrow empty column beside them is none of them. A stroke of a
/// letter may have parted the heading in two.
static std::optional<std::pair<int, int>> under_heading(Grid const& grid, std::pair<int, int> run)
{
    constexpr int heading_rows = 3;
    std::optional<std::pair<int, int>> widest;
    for (int row = 0; row < heading_rows; ++row) {
        std::optional<std::pair<int, int>> covered;
        for (auto const& cell : grid.cells) {
            int const last = cell.column + cell.column_span - 1;
            if (cell.row != row || cell.column_span < 2 || cell.column < run.first || last > run.second)
                continue;
            covered = covered && covered->second + 1 == cell.column ? std::pair { covered->first, last } : std::pair { cell.column, last };
            bool const wider = !widest || covered->second - covered->first > widest->second - widest->first;
            if (wider && covered->second - covered->first >= 2)
                widest = covered;
        }
    }
    bool const most = widest && (widest->second - widest->first + 1) * 3 >= (run.second - run.first + 1) * 2;
    return most ? widest : std::nullopt;
}

std::optional<std::pair<int, int>> mark_columns(Grid const& grid)
{
    std::vector<std::vector<double>> widths(static_cast<std::size_t>(std::max(0, grid.columns)));
    for (auto const& cell : grid.cells)
        if (cell.column_span == 1)
            widths[static_cast<std::size_t>(cell.column)].push_back(cell.area.width());
    std::pair<int, int> best { 0, -1 };
    int first = 0;
    for (int column = 0; column <= grid.columns; ++column) {
        auto const width = [&](int at) { auto const& all = widths[static_cast<std::size_t>(at)]; return all.empty() ? 0.0 : median(all); };
        bool const narrow = column < grid.columns && width(column) > 0 && width(column) < widest_mark_column * grid.area.width();
        bool const like = narrow && column > first && width(column) < unlike_widths * width(column - 1) && width(column - 1) < unlike_widths * width(column);
        if (column > first && !like) {
            if (column - first > best.second - best.first + 1)
                best = { first, column - 1 };
            first = column;
        }
        if (!narrow)
            first = column + 1;
    }
    if (auto const under = under_heading(grid, best))
        best = *under;
    return best.second - best.first + 1 >= 3 ? std::optional { best } : std::nullopt;
}

bool are_labels(std::vector<std::string> const& texts)
{
    int filled = 0;
    int words = 0;
    int counting = 0;
    int last = 0;
    std::set<std::string> single;
    for (auto const& text : texts) {
        auto const bare = letters_and_digits(text);
        if (bare.empty())
            continue;
        ++filled;
        int const number = number_value(bare);
        counting += number > 0 && number > last ? 1 : 0;
        last = std::max(last, number);
        bool const word = bare.size() >= 3 || (bare.size() == 2 && bare != "VV" && bare != "XX");
        words += word && bare.find_first_of("0123456789") == std::string::npos ? 1 : 0;
        if (bare.size() == 1)
            single.insert(bare);
    }
    if (filled < 3 || filled * 2 < static_cast<int>(texts.size()))
        return false;
    return words * 5 >= filled * 3 || counting * 4 >= filled * 3 || (filled >= 8 && single.size() >= 5);
}

std::optional<int> printed_mark(std::string_view text)
{
    static constexpr std::array<std::string_view, 22> known { "√", "✓", "✔", "☑", "☒", "✗", "✘", "v", "V", "x", "X", "●", "•", "■", "*", "×", "⚫",
        "\xEF\x83\xBC", "\xEF\x83\xBE", "\xEF\x81\x90", "\xEF\x82\xA7", "\xC3\xBC" };      // Wingdings and Wingdings 2: check marks, square
    if (std::ranges::find(known, text) != known.end())
        return 100;
    std::size_t signs = 0;
    for (char const c : text)
        signs += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    if (signs != 1)
        return std::nullopt;
    char const c = text[0];
    if ((c >= '0' && c <= '9') || std::string_view { "-.,:;_'\"`~=()" }.find(c) != std::string_view::npos || text == "–" || text == "—")
        return std::nullopt;
    return static_cast<unsigned char>(c) >= 0x80 ? 80 : 70;
}

/// Below which size ink is no mark for certain. Where the marks themselves are so small they are all of one size, which dust is not.
static double smallest_mark(double dpi, std::vector<CellInk> const& cells)
{
    constexpr std::size_t fewest = 5;
    constexpr double like = 1.4;            // between the quarters of the sizes
    constexpr double of_usual = 0.75;
    std::vector<double> sizes;
    for (auto const& cell : cells)
        if (cell.longest > 1.2 * speck_inches * dpi)
            sizes.push_back(cell.longest);
    std::ranges::sort(sizes);
    if (sizes.size() < fewest || sizes[sizes.size() * 3 / 4] > like * sizes[sizes.size() / 4])
        return small_inches * dpi;
    return std::min(small_inches * dpi, of_usual * sizes[sizes.size() / 2]);
}

MarkJudge::MarkJudge(double dpi, std::vector<CellInk> const& cells) : m_dpi(dpi), m_smallest(smallest_mark(dpi, cells))
{
    std::vector<double> masses;
    std::vector<double> lights;
    for (auto const& cell : cells) {
        lights.push_back(cell.light);
        if (cell.longest >= m_smallest && cell.mass > 0)
            masses.push_back(cell.mass);
    }
    if (!masses.empty())
        m_usual_mass = median(masses);
    if (!lights.empty())
        m_usual_light = ground_light(std::move(lights));
}

Mark MarkJudge::judge(CellInk const& ink, Area const& cell, double row_light) const
{
    // The lighting of a scan varies less over a row than a fill is darker; where all cells are filled, the texts beside them tell.
    double const paper = row_light - m_usual_light >= 2 * filled_steps ? row_light : std::min(m_usual_light, row_light);
    double const darker = paper - ink.light;
    if (darker >= filled_steps)
        return { "√", sure_mark };
    if (ink.mass <= 0 || ink.longest < speck_inches * m_dpi)
        return darker >= doubtful_steps ? Mark { {}, unsure_mark } : Mark {};
    bool const flat = ink.area.height() < 0.035 * m_dpi && ink.area.height() < 0.35 * ink.area.width();
    if (flat)
        return ink.mass < 0.5 * m_usual_mass ? Mark {} : Mark { {}, unsure_mark };
    // A pale stroke may have come apart: its pieces together are as large as a mark.
    double const extent = std::max(ink.area.width(), ink.area.height());
    bool const broken = ink.parts > 1 && ink.parts <= most_pieces && extent >= m_smallest && extent < 2.5 * m_smallest;
    bool const small = ink.longest < m_smallest && !broken;
    if (small && (m_usual_mass <= 0 || ink.mass < 0.6 * m_usual_mass))
        return ink.mass < 0.08 * m_usual_mass ? Mark {} : Mark { {}, unsure_mark };
    // A part of a neighbour's stroke, or a stain: less ink than a mark of this table has, or far more.
    bool const like = m_usual_mass <= 0 || (ink.mass > 0.45 * m_usual_mass && ink.mass < 3.5 * m_usual_mass);
    bool const inside = std::abs(ink.area.middle_x() - cell.middle_x()) < 0.35 * cell.width();
    if (ink.mass < 0.3 * m_usual_mass)
        return { {}, unsure_mark };
    return { "√", like && inside && !small ? sure_mark : unsure_mark };
}

}
