#pragma once
#include "organization/people_import.hpp"
#include <string>
#include <string_view>

namespace kpuhub::organization {

/// Rows of a CSV as spreadsheets write it: comma, semicolon or tab (the one that the heading holds most of), quoted cells,
/// UTF-8 with or without mark. Control signs inside a cell become blanks.
/// Errors: Invalid (field "file") for bytes that are no text, and for a cell that is never closed.
Result<Table> read_people_csv(std::string_view bytes);

/// The table as CSV with marks that a spreadsheet understands; cells that begin with = + - @ are written as text.
std::string csv_of(Table const&);

}
