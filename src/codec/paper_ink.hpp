#pragma once
#include <memory>
#include <string>
#include <string_view>

struct Pix;

namespace kpuhub::codec {

constexpr int shade_shrink = 4;     ///< by how much InkSheet::shade is smaller

struct PixEnd {
    void operator()(Pix*) const;
};
/// A picture of Leptonica that ends itself.
using Ink = std::unique_ptr<Pix, PixEnd>;

/// A rectangle in pixels of the straightened picture.
struct Area {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    [[nodiscard]] double width() const { return right - left; }
    [[nodiscard]] double height() const { return bottom - top; }
    [[nodiscard]] double middle_x() const { return (left + right) / 2; }
    [[nodiscard]] double middle_y() const { return (top + bottom) / 2; }
    [[nodiscard]] bool holds(double x, double y) const { return x >= left && x < right && y >= top && y < bottom; }
    void take(Area const& other);   ///< grows to hold the other; an empty one becomes it
    friend bool operator==(Area const&, Area const&) = default;
};

/// A page as it is read: upright and straight, with all that is needed to tell where something stood on the paper.
struct InkSheet {
    Ink grey;                   ///< 8 bits, paper white
    Ink black;                  ///< 1 bit: ink
    Ink shade;                  ///< 8 bits, a quarter of the size, lighting as it was: for filled cells
    int dpi = 0;
    int turned = 0;             ///< quarter turns to the right that made it upright
    double angle = 0;           ///< degrees that made it straight, clockwise
    int paper_width = 0;        ///< pixels of the picture before it was turned
    int paper_height = 0;

    [[nodiscard]] int width() const;
    [[nodiscard]] int height() const;
    [[nodiscard]] double inches(double value) const { return value * dpi; }
    /// A point of the paper's picture, as pixels before turning, on this sheet; and back.
    [[nodiscard]] std::pair<double, double> from_paper(double x, double y) const;
    [[nodiscard]] std::pair<double, double> to_paper(double x, double y) const;
};

/// A picture file as 8-bit grey; empty when it cannot be read.
Ink read_grey(std::string const& path);

/// Takes out specks, and makes all paper white that is not beside ink: what noise leaves there is read as letters.
void clean_paper(InkSheet&);

enum class Origin { Drawn, Scanned };

/// Makes a page upright and straight. A drawn page (vectors) is straight already and its paper is white; `turned` quarter turns
/// to the right are applied first. Of a scanned one the lighting is evened out and its skew is found.
InkSheet make_sheet(Ink grey, int dpi, Origin, int turned);

}
