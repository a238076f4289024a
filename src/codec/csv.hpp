#pragma once
#include "codec/document.hpp"
#include "core/result.hpp"
#include <string_view>

namespace kpuhub::codec {

/// The sign between the fields when the text is a table of comma-, semicolon- or tab-separated values; 0 when it is not.
/// A text with plain tabs is no CSV here: its lines keep their meaning.
char csv_separator(std::string_view utf8);

/// RFC 4180: quoted fields, doubled quotes, ends of line inside quotes. Rows are numbered by the first line of the record.
/// Errors: codec.too_many_lines, codec.csv_quote (a quote that never ends; argument: its line).
Result<Document> read_csv(std::string_view utf8, char separator, Limits const&);

}
