#pragma once
#include "codec/paper_ink.hpp"
#include <vector>

namespace kpuhub::codec {

/// A drawn straight line of a table, from `from` to `to` along its direction; across it stands at start + slope * along.
struct DrawnRule {
    double from = 0;
    double to = 0;
    double start = 0;
    double slope = 0;
    double thick = 0;
    [[nodiscard]] double at(double along) const { return start + slope * along; }
    [[nodiscard]] double length() const { return to - from; }
    [[nodiscard]] double middle() const { return at((from + to) / 2); }
};

/// The ruling lines of a page and the masks that they were found in.
struct Ruling {
    std::vector<DrawnRule> level;    ///< horizontal, from left to right
    std::vector<DrawnRule> upright;  ///< vertical, from top to bottom
    Ink level_mask;             ///< 1 bit: certain lines, whole lengths
    Ink upright_mask;
    Ink level_loose;            ///< 1 bit: thin dark marks along the direction, with gaps and with writing
    Ink upright_loose;
};

/// Finds thin dark lines, also pale, broken or beside shaded cells.
Ruling find_rules(InkSheet const&);

/// Takes the found lines out of the sheet's pictures, so that only writing and marks are left.
void remove_rules(InkSheet&, Ruling const&);

}
