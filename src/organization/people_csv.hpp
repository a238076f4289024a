#pragma once
#include "codec/document.hpp"
#include "organization/people_import.hpp"
#include <string>
#include <string_view>

namespace kpuhub::organization {

/// How large a table an import takes, the heading counted; looked at before a row or cell is made, so that a file cannot fill the memory.
struct TableLimits {
    std::size_t rows = 0;
    std::size_t columns = 200;
    std::size_t cells = 300'000;            ///< empty ones counted: each takes its place
};

/// Rows of a CSV as spreadsheets write it: comma, semicolon or tab (the one that the heading holds most of), quoted cells,
/// UTF-8 with or without mark. Control signs inside a cell become blanks.
/// Errors: Invalid (field "file") for bytes that are no text, for a cell that is never closed, and for a table over the limits.
Result<Table> read_people_csv(std::string_view bytes, TableLimits const&);

/// The first sheet as rows; a merged cell stands where it begins. Errors: Invalid (field "file") for a table over the limits.
Result<Table> table_of(codec::Document const&, TableLimits const&);

/// The table as CSV with marks that a spreadsheet understands; cells that begin with = + - @ are written as text.
std::string csv_of(Table const&);

}
