#pragma once
#include "account/door.hpp"
#include "codec/xlsx_writer.hpp"

namespace kpuhub::account {

/// A table to take along, named `name` without an ending: a workbook, or with ?form=csv the same rows as CSV (codec::sheet_csv).
/// Errors: as codec::write_workbook.
Result<http::Response> table_answer(Visit const&, codec::Sheet const&, std::string_view name);

}
