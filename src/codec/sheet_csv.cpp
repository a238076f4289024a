#include "codec/sheet_csv.hpp"
#include "text/escape.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace kpuhub::codec {

static std::string csv_value(SheetValue const& value)
{
    if (auto const* text = std::get_if<std::string>(&value))
        return text::csv_cell(*text);
    if (auto const* number = std::get_if<std::int64_t>(&value))
        return std::to_string(*number);
    auto const& share = std::get<SheetShare>(value);
    return share.denominator == 0 ? "" : text::csv_cell(fmt::format("{}/{}", share.numerator, share.denominator));
}

std::string sheet_csv(Sheet const& sheet)
{
    std::map<int, std::map<int, std::string>> rows;
    int columns = 0;
    for (auto const& cell : sheet.cells)
        if (sheet.heading_last < 0 || cell.row >= sheet.heading_first) {
            rows[cell.row][cell.column] = csv_value(cell.value);
            columns = std::max(columns, cell.column + 1);
        }
    std::string csv = "\xEF\xBB\xBF";
    for (auto& [number, row] : rows) {
        for (int column = 0; column < columns; ++column)
            csv += (column == 0 ? "" : ",") + row[column];
        csv += "\r\n";
    }
    return csv;
}

}
