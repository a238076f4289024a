#pragma once
#include "codec/xlsx_writer.hpp"

namespace kpuhub::codec {

/// The rows of a sheet from its heading on as CSV (RFC 4180, UTF-8 with mark, CRLF): merged cells stand where they begin, a share as
/// "6/15", and a text that a spreadsheet would run gets an apostrophe. A sheet without a heading is written whole.
std::string sheet_csv(Sheet const&);

}
