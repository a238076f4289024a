#pragma once
#include "codec/document.hpp"
#include "core/result.hpp"
#include <string_view>

namespace kpuhub::codec {

/// A workbook's visible sheets as cells: shared strings, rich text, inline strings, dates as ISO text, merged cells once.
/// Nothing outside the file is opened; a document type declaration is refused (ECMA-376 parts hold none).
/// Errors: codec.office_broken, codec.encrypted, codec.zip_too_large (argument: which cap), codec.too_many_lines.
Result<Document> read_xlsx(std::string_view bytes, Limits const&);

}
