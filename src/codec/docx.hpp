#pragma once
#include "codec/document.hpp"
#include "core/result.hpp"
#include <string_view>

namespace kpuhub::codec {

/// A Word document in its printed order: each page of the result holds the lines in front of a table and then the table
/// as cells (merged ones once). Columns that differ by less than a line's width count as one. Automatic numbers, ticks of
/// symbol fonts and check boxes are text; deleted and hidden text is left out; tables inside cells become their text,
/// but a table that only lays out the page gives way to the one inside it. Headers, footers and notes are not read.
/// Nothing outside the file is opened.
/// Errors: codec.office_broken, codec.encrypted, codec.zip_too_large, codec.too_many_lines, codec.outside_part, codec.empty.
Result<Document> read_docx(std::string_view bytes, Limits const&);

}
