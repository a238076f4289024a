#include "codec/paper_rules.hpp"
#include "codec/reading_rules.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <leptonica/allheaders.h>

namespace kpuhub::codec {

namespace {

using namespace reading;

enum class Way { Level, Upright };


int odd(double value) { return std::max(1, static_cast<int>(value)) | 1; }

/// Thin dark marks along a direction: smoothed along it, then what is darker than its surroundings across it.
Ink thin_marks(InkSheet const& sheet, Way way)
{
    int const along = std::max(1, static_cast<int>(sheet.inches(0.013)));
    int const across = odd(sheet.inches(most_thick_inches));
    bool const level = way == Way::Level;
    Ink const smooth { pixBlockconv(sheet.grey.get(), level ? along : 0, level ? 0 : along) };
    Pix* const from = smooth ? smooth.get() : sheet.grey.get();
    Ink const hat { pixTophat(from, level ? 1 : across, level ? across : 1, L_TOPHAT_BLACK) };
    Ink marks { pixThresholdToBinary(hat.get(), contrast) };
    pixInvert(marks.get(), marks.get());
    return marks;
}

Ink whole_lines(InkSheet const& sheet, Pix* marks, Way way)
{
    int const gap = odd(sheet.inches(gap_inches));
    bool const level = way == Way::Level;
    int const length = odd(sheet.inches(level ? level_inches : upright_inches));
    Ink const closed { pixCloseSafeBrick(nullptr, marks, level ? gap : 1, level ? 1 : gap) };
    return Ink { pixOpenBrick(nullptr, closed.get(), level ? length : 1, level ? 1 : length) };
}

/// The straight line through the dark pixels of a component between two places along it (least squares), and how far they lie from
/// it: the root of the mean square, pixels.
std::pair<DrawnRule, double> fit(Pix* part, int left, int top, Way way, int from, int to)
{
    bool const level = way == Way::Level;
    int const width = level ? to : pixGetWidth(part);
    int const height = level ? pixGetHeight(part) : to;
    double n = 0, sum_a = 0, sum_b = 0, sum_aa = 0, sum_ab = 0, sum_bb = 0;
    auto* const data = pixGetData(part);
    int const words = pixGetWpl(part);
    for (int y = level ? 0 : from; y < height; ++y) {
        auto* const line = data + static_cast<std::ptrdiff_t>(y) * words;
        for (int x = level ? from : 0; x < width; ++x)
            if (GET_DATA_BIT(line, x) != 0) {
                double const a = level ? x : y;
                double const b = level ? y : x;
                n += 1, sum_a += a, sum_b += b, sum_aa += a * a, sum_ab += a * b, sum_bb += b * b;
            }
    }
    DrawnRule rule;
    double const before_a = level ? left : top;
    double const before_b = level ? top : left;
    rule.from = before_a + from;
    rule.to = before_a + to;
    double const spread = sum_aa - sum_a * sum_a / std::max(1.0, n);
    double const joint = sum_ab - sum_a * sum_b / std::max(1.0, n);
    rule.slope = spread > 0 ? std::clamp(joint / spread, -0.1, 0.1) : 0;
    rule.start = (n > 0 ? (sum_b - rule.slope * sum_a) / n : 0) + before_b - rule.slope * before_a;
    rule.thick = n / std::max(1.0, rule.length());
    double const off = sum_bb - sum_b * sum_b / std::max(1.0, n) - 2 * rule.slope * joint + rule.slope * rule.slope * spread;
    return { rule, n > 0 ? std::sqrt(std::max(0.0, off / n)) : 0 };
}

/// The straight pieces of a component: paper that was not flat has bent lines.
void fit_pieces(std::vector<DrawnRule>& pieces, Pix* part, int left, int top, Way way, std::pair<int, int> along, double shortest)
{
    auto const [rule, off] = fit(part, left, top, way, along.first, along.second);
    bool const bent = off > std::max(1.5, 0.5 * rule.thick);
    if (!bent || rule.length() < 2 * shortest) {
        pieces.push_back(rule);
        return;
    }
    int const middle = (along.first + along.second) / 2;
    fit_pieces(pieces, part, left, top, way, { along.first, middle }, shortest);
    fit_pieces(pieces, part, left, top, way, { middle, along.second }, shortest);
}

/// Mean brightness of three pixels along the direction.
double grey_at(Pix* grey, double along, double across, bool level)
{
    int const a = static_cast<int>(along);
    int const b = static_cast<int>(std::lround(across));
    double sum = 0;
    for (int i = -1; i <= 1; ++i) {
        l_uint32 value = 255;
        pixGetPixel(grey, level ? a + i : b, level ? b : a + i, &value);
        sum += value;
    }
    return sum / 3;
}

/// The share of a rule's length that is darker than what stands beside it.
double drawn_share(InkSheet const& sheet, DrawnRule const& rule, Way way)
{
    bool const level = way == Way::Level;
    double const aside = std::max(3.0, sheet.inches(0.05));
    double const step = std::max(2.0, rule.length() / 400);
    int dark = 0;
    int all = 0;
    for (double along = rule.from; along < rule.to; along += step) {
        double const across = rule.at(along);
        double line = 255;
        for (int i = -1; i <= 1; ++i)
            line = std::min(line, grey_at(sheet.grey.get(), along, across + i, level));
        double const ground = std::max(grey_at(sheet.grey.get(), along, across - aside, level), grey_at(sheet.grey.get(), along, across + aside, level));
        dark += line < ground - contrast ? 1 : 0;
        ++all;
    }
    return all > 0 ? static_cast<double>(dark) / all : 0;
}

/// Whether letters stand on it, or hang from it: along a line of writing there is ink at half the height of its letters.
bool is_written(InkSheet const& sheet, DrawnRule const& rule, Way way)
{
    constexpr double letters = 0.2;             // of the length; a line of a table has text beside it here and there
    bool const level = way == Way::Level;
    double const step = std::max(2.0, rule.length() / 200);
    double const aside = std::max(3.0, sheet.inches(0.035));
    int above = 0, below = 0, all = 0;
    for (double along = rule.from; along < rule.to; along += step, ++all) {
        auto const inked = [&](double away) { return grey_at(sheet.grey.get(), along, rule.at(along) + away, level) < 255 - 3 * contrast; };
        above += inked(-aside) ? 1 : 0;
        below += inked(aside) ? 1 : 0;
    }
    return std::max(above, below) > letters * all;
}

/// Where specks lie as dense as no writing has its dots: a stain, a rough photocopy. What looks like a line inside it is none.
Ink stains_of(InkSheet const& sheet)
{
    int const speck = std::max(2, static_cast<int>(sheet.inches(speck_inches / 2)));
    int const around = static_cast<int>(sheet.inches(stain_inches));
    Ink const specks { pixSelectBySize(sheet.black.get(), speck, speck, 8, L_SELECT_IF_BOTH, L_SELECT_IF_LTE, nullptr) };
    Ink const grey { specks ? pixConvert1To8(nullptr, specks.get(), 255, 0) : nullptr };
    Ink const density { grey ? pixBlockconv(grey.get(), around, around) : nullptr };
    return Ink { density ? pixThresholdToBinary(density.get(), static_cast<int>(255 * (1 - stain_share))) : nullptr };
}

bool in_stain(Pix* stains, DrawnRule const& rule, Way way)
{
    bool const level = way == Way::Level;
    int inside = 0;
    int all = 0;
    for (double along = rule.from; stains != nullptr && along < rule.to; along += 3, ++all) {
        l_uint32 bit = 0;
        auto const across = static_cast<int>(rule.at(along));
        pixGetPixel(stains, level ? static_cast<int>(along) : across, level ? across : static_cast<int>(along), &bit);
        inside += static_cast<int>(bit);
    }
    return inside * 2 > all;
}

/// Takes the part of a component that a piece of it covers out of the mask.
void clear_part(Pix* mask, Pix* part, int left, int top, DrawnRule const& piece, Way way)
{
    bool const level = way == Way::Level;
    int const from = static_cast<int>(piece.from) - (level ? left : top);
    int const length = static_cast<int>(piece.length());
    pixRasterop(mask, level ? left + from : left, level ? top : top + from, level ? length : pixGetWidth(part), level ? pixGetHeight(part) : length,
        PIX_DST & PIX_NOT(PIX_SRC), part, level ? from : 0, level ? 0 : from);
}

std::vector<DrawnRule> rules_of(InkSheet const& sheet, Pix* mask, Pix* stains, Way way)
{
    constexpr int most_parts = 20'000;
    std::vector<DrawnRule> rules;
    Pixa* parts = nullptr;
    Boxa* boxes = pixConnComp(mask, &parts, 8);
    int const count = boxes != nullptr ? std::min(boxaGetCount(boxes), most_parts) : 0;
    for (int i = 0; i < count; ++i) {
        l_int32 x = 0, y = 0, width = 0, height = 0;
        boxaGetBoxGeometry(boxes, i, &x, &y, &width, &height);
        Ink const part { pixaGetPix(parts, i, L_CLONE) };
        std::vector<DrawnRule> pieces;
        fit_pieces(pieces, part.get(), x, y, way, { 0, way == Way::Level ? width : height }, sheet.inches(bent_inches));
        for (auto const& rule : pieces)
            if (rule.thick <= std::max(3.0, sheet.inches(most_thick_inches)) && drawn_share(sheet, rule, way) >= least_drawn && !in_stain(stains, rule, way))
                rules.push_back(rule);
            else    // writing or noise: must not be painted over nor count as an edge
                clear_part(mask, part.get(), x, y, rule, way);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&parts);
    return rules;
}

bool meet(DrawnRule const& a, DrawnRule const& b, double near)
{
    double const across = a.at(b.middle());
    double const along = b.at(across);
    double const reach_a = near + b.thick / 2;
    double const reach_b = near + a.thick / 2;
    return along > a.from - reach_a && along < a.to + reach_a && across > b.from - reach_b && across < b.to + reach_b;
}

/// The lines that hang together with a long one. Two strokes of letters may meet each other, but no line of a table.
Ruling hanging_together(Ruling const& all, InkSheet const& sheet)
{
    double const near = std::max(2.0, sheet.inches(meet_inches));
    std::array<std::vector<DrawnRule> const*, 2> const rules { &all.level, &all.upright };
    std::array<std::vector<bool>, 2> found { std::vector<bool>(all.level.size(), false), std::vector<bool>(all.upright.size(), false) };
    std::vector<std::pair<std::size_t, std::size_t>> open;      // direction and place
    for (std::size_t way = 0; way < 2; ++way)
        for (std::size_t i = 0; i < rules.at(way)->size(); ++i)
            if ((*rules.at(way))[i].length() >= sheet.inches(way == 0 ? long_level_inches : long_upright_inches)) {
                found.at(way)[i] = true;
                open.emplace_back(way, i);
            }
    while (!open.empty()) {
        auto const [way, at] = open.back();
        open.pop_back();
        auto const& rule = (*rules.at(way))[at];
        auto const& others = *rules.at(1 - way);
        for (std::size_t i = 0; i < others.size(); ++i)
            if (!found.at(1 - way)[i] && meet(rule, others[i], near)) {
                found.at(1 - way)[i] = true;
                open.emplace_back(1 - way, i);
            }
    }
    Ruling kept;
    for (std::size_t way = 0; way < 2; ++way)
        for (std::size_t i = 0; i < rules.at(way)->size(); ++i)
            if (found.at(way)[i])
                (way == 0 ? kept.level : kept.upright).push_back((*rules.at(way))[i]);
    return kept;
}

/// Takes out what meets no line of the other direction, and goes on with none that does: strokes of letters, underlines.
void keep_meeting(std::vector<DrawnRule>& rules, std::vector<DrawnRule> const& others, Pix* mask, Way way, InkSheet const& sheet)
{
    double const inch = sheet.dpi;
    double const near = std::max(2.0, meet_inches * inch);
    std::vector<DrawnRule> kept;
    std::vector<DrawnRule> doubtful;
    for (auto const& rule : rules)
        (std::ranges::any_of(others, [&](auto& other) { return meet(rule, other, near); }) ? kept : doubtful).push_back(rule);
    auto const sure = kept;
    for (auto const& rule : doubtful) {
        bool const goes_on = rule.length() > 0.35 * inch && std::ranges::any_of(sure, [&](auto& other) { return std::abs(other.at((rule.from + rule.to) / 2) - rule.middle()) < near; }) && !is_written(sheet, rule, way);
        if (goes_on) {
            kept.push_back(rule);
            continue;
        }
        int const across = static_cast<int>(rule.middle() - rule.thick / 2 - 3);
        int const thick = static_cast<int>(rule.thick) + 7;
        bool const level = way == Way::Level;
        int const from = static_cast<int>(rule.from);
        int const length = static_cast<int>(rule.length()) + 1;
        pixRasterop(mask, level ? from : across, level ? across : from, level ? length : thick, level ? thick : length, PIX_CLR, nullptr, 0, 0);
    }
    rules = std::move(kept);
}

/// White where the mask, a little widened, is set.
void paint_white(Pix* picture, Pix* mask, Way way, int pixels)
{
    bool const level = way == Way::Level;
    Ink const wider { pixDilateBrick(nullptr, mask, level ? 1 : pixels, level ? pixels : 1) };
    if (pixGetDepth(picture) == 1)
        pixSubtract(picture, picture, wider.get());
    else
        pixSetMasked(picture, wider.get(), 255);
}

}

Ruling find_rules(InkSheet const& sheet)
{
    Ruling ruling;
    ruling.level_loose = thin_marks(sheet, Way::Level);
    ruling.upright_loose = thin_marks(sheet, Way::Upright);
    ruling.level_mask = whole_lines(sheet, ruling.level_loose.get(), Way::Level);
    ruling.upright_mask = whole_lines(sheet, ruling.upright_loose.get(), Way::Upright);
    auto const stains = stains_of(sheet);
    ruling.level = rules_of(sheet, ruling.level_mask.get(), stains.get(), Way::Level);
    ruling.upright = rules_of(sheet, ruling.upright_mask.get(), stains.get(), Way::Upright);
    auto const together = hanging_together(ruling, sheet);
    keep_meeting(ruling.upright, together.level, ruling.upright_mask.get(), Way::Upright, sheet);
    keep_meeting(ruling.level, ruling.upright, ruling.level_mask.get(), Way::Level, sheet);
    return ruling;
}

void remove_rules(InkSheet& sheet, Ruling const& ruling)
{
    int const pixels = odd(sheet.inches(0.014));
    for (auto* picture : { sheet.grey.get(), sheet.black.get() }) {
        paint_white(picture, ruling.level_mask.get(), Way::Level, pixels);
        paint_white(picture, ruling.upright_mask.get(), Way::Upright, pixels);
    }
}

}
