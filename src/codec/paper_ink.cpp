#include "codec/paper_ink.hpp"
#include "codec/reading_rules.hpp"
#include <algorithm>
#include <cmath>
#include <leptonica/allheaders.h>
#include <tuple>

namespace kpuhub::codec {

void PixEnd::operator()(Pix* pix) const { pixDestroy(&pix); }

void Area::take(Area const& other)
{
    if (width() <= 0 || height() <= 0)
        *this = other;
    else
        *this = { std::min(left, other.left), std::min(top, other.top), std::max(right, other.right), std::max(bottom, other.bottom) };
}

int InkSheet::width() const { return pixGetWidth(grey.get()); }
int InkSheet::height() const { return pixGetHeight(grey.get()); }

namespace {

constexpr double degree = 3.14159265358979323846 / 180;
constexpr double least_skew = 0.05;
constexpr double most_skew = 6;

/// Turns a point about the middle of a picture by `angle` degrees clockwise.
std::pair<double, double> turn(double x, double y, double width, double height, double angle)
{
    double const sine = std::sin(angle * degree);
    double const cosine = std::cos(angle * degree);
    double const dx = x - width / 2;
    double const dy = y - height / 2;
    return { width / 2 + dx * cosine - dy * sine, height / 2 + dx * sine + dy * cosine };
}

Ink black_of(Pix* grey, Origin origin)
{
    constexpr int dark_enough = 170;
    if (origin == Origin::Drawn)
        return Ink { pixThresholdToBinary(grey, dark_enough) };
    int level = 0;
    Pix* split = nullptr;
    // Otsu over the whole page: one threshold, since the lighting is even by now.
    pixOtsuAdaptiveThreshold(grey, pixGetWidth(grey), pixGetHeight(grey), 0, 0, 0.1F, nullptr, &split);
    Ink black { split };
    if (!black)
        return Ink { pixThresholdToBinary(grey, dark_enough) };
    l_float32 share = 0;
    pixForegroundFraction(black.get(), &share);
    if (share > 0.4F)
        black.reset(pixThresholdToBinary(grey, level > 0 ? level : dark_enough - 40));
    return black;
}

/// Makes what lies around the paper white: it is dark under an open lid, and would count as ink.
void whiten_border(Pix* grey, int dpi)
{
    int const thick = std::max(3, static_cast<int>(reading::border_inches * dpi));
    Ink const dark { pixThresholdToBinary(grey, reading::border_darkness) };
    Ink const solid { dark ? pixOpenBrick(nullptr, dark.get(), thick, thick) : nullptr };
    Ink const border { solid ? pixExtractBorderConnComps(solid.get(), 8) : nullptr };
    l_int32 none = 1;
    if (!border || pixZero(border.get(), &none) != 0 || none != 0)
        return;
    Ink const wider { pixDilateBrick(nullptr, border.get(), thick / 2 | 1, thick / 2 | 1) };
    pixSetMasked(grey, wider.get(), 255);
}

/// The skew in degrees; lines of writing and of tables both show it.
double skew_of(Pix* black)
{
    l_float32 angle = 0;
    l_float32 confidence = 0;
    int const shrink = pixGetWidth(black) > 1500 ? 4 : 2;
    if (pixFindSkewSweepAndSearch(black, &angle, &confidence, shrink, shrink / 2, static_cast<float>(most_skew), 1.0F, 0.01F) != 0)
        return 0;
    return confidence < 2 || std::abs(angle) < least_skew ? 0 : angle;
}

}

std::pair<double, double> InkSheet::from_paper(double x, double y) const
{
    for (int i = 0; i < turned; ++i) {
        double const height = i % 2 == 0 ? paper_height : paper_width;
        std::tie(x, y) = std::pair { height - y, x };
    }
    bool const sideways = turned % 2 == 1;
    return turn(x, y, sideways ? paper_height : paper_width, sideways ? paper_width : paper_height, angle);
}

std::pair<double, double> InkSheet::to_paper(double x, double y) const
{
    bool const sideways = turned % 2 == 1;
    std::tie(x, y) = turn(x, y, sideways ? paper_height : paper_width, sideways ? paper_width : paper_height, -angle);
    for (int i = turned; i-- > 0;) {
        double const height = i % 2 == 0 ? paper_height : paper_width;
        std::tie(x, y) = std::pair { y, height - x };
    }
    return { x, y };
}

Ink read_grey(std::string const& path)
{
    Ink picture { pixRead(path.c_str()) };
    if (!picture)
        return {};
    if (pixGetDepth(picture.get()) == 32 && pixGetSpp(picture.get()) == 4)
        picture.reset(pixAlphaBlendUniform(picture.get(), 0xFFFFFF00));
    return Ink { picture ? pixConvertTo8(picture.get(), 0) : nullptr };
}

InkSheet make_sheet(Ink grey, int dpi, Origin origin, int turned)
{
    InkSheet sheet;
    sheet.dpi = dpi;
    sheet.paper_width = pixGetWidth(grey.get());
    sheet.paper_height = pixGetHeight(grey.get());
    sheet.shade.reset(pixScaleAreaMap(grey.get(), 1.0F / shade_shrink, 1.0F / shade_shrink));
    if (origin == Origin::Scanned)
        whiten_border(grey.get(), dpi);
    if (origin == Origin::Scanned)
        if (Ink even { pixBackgroundNormSimple(grey.get(), nullptr, nullptr) })
            grey = std::move(even);
    auto black = black_of(grey.get(), origin);
    sheet.turned = turned;
    if (sheet.turned != 0) {
        grey.reset(pixRotateOrth(grey.get(), sheet.turned));
        black.reset(pixRotateOrth(black.get(), sheet.turned));
        sheet.shade.reset(pixRotateOrth(sheet.shade.get(), sheet.turned));
    }
    if (origin == Origin::Scanned) {
        sheet.angle = skew_of(black.get());
        if (sheet.angle != 0) {
            grey.reset(pixRotateAMGray(grey.get(), static_cast<float>(sheet.angle * degree), 255));
            sheet.shade.reset(pixRotateAMGray(sheet.shade.get(), static_cast<float>(sheet.angle * degree), 255));
            black = black_of(grey.get(), origin);
        }
    }
    sheet.grey = std::move(grey);
    sheet.black = std::move(black);
    return sheet;
}

void clean_paper(InkSheet& sheet)
{
    int const speck = std::max(2, static_cast<int>(sheet.inches(0.011)));
    Ink kept { pixSelectBySize(sheet.black.get(), speck, speck, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GT, nullptr) };
    if (!kept)
        return;
    // A full stop is no larger than a speck: what stands close to letters stays.
    int const close = static_cast<int>(sheet.inches(0.1)) | 1;
    Ink const around { pixDilateBrick(nullptr, kept.get(), close, close / 2) };
    Ink dots { pixSelectBySize(sheet.black.get(), 1, 1, 8, L_SELECT_IF_BOTH, L_SELECT_IF_GT, nullptr) };
    if (dots) {
        pixAnd(dots.get(), dots.get(), around.get());
        pixOr(kept.get(), kept.get(), dots.get());
    }
    int const beside = std::max(3, static_cast<int>(sheet.inches(0.022))) | 1;
    Ink const near { pixDilateBrick(nullptr, kept.get(), beside, beside) };
    Ink const paper { pixInvert(nullptr, near.get()) };
    pixSetMasked(sheet.grey.get(), paper.get(), 255);
    sheet.black = std::move(kept);
}

}
