#pragma once
#include "core/result.hpp"
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace kpuhub::codec {

// Names of a workbook: kept apart from those of a scanned page, of which the linker would otherwise make one type.
inline namespace workbook {

/// A share shown in percent with one decimal; without a denominator the cell stays empty.
struct SheetShare {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
};

/// Numbers are written as numbers and text always as text: what begins with = + - @ is never a formula.
using SheetValue = std::variant<std::string, std::int64_t, SheetShare>;

enum class CellLook { Plain, Centred, Heading, Title };

/// Rows and columns count from 0.
struct SheetCell {
    int row = 0;
    int column = 0;
    SheetValue value {};
    CellLook look = CellLook::Plain;
    int rows = 1;                       ///< how many it covers (merged)
    int columns = 1;
};

struct Sheet {
    std::string name;                   ///< at most 31 characters, without [ ] : * ? / and backslash
    std::vector<SheetCell> cells {};
    std::vector<double> widths {};      ///< in characters, by column
    int heading_first = 0;              ///< rows of the table's heading: frozen on the screen, repeated on each printed page
    int heading_last = -1;              ///< -1 = none
};

}

/// A workbook of A4 pages across, fitted to the width, with the used cells as print area. The same sheets give the same
/// bytes. Errors: Unavailable "codec.not_written".
Result<std::string> write_workbook(std::vector<Sheet> const&);

}
