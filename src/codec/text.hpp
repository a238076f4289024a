#pragma once
#include "codec/document.hpp"
#include "core/result.hpp"
#include <string_view>

namespace kpuhub::codec {

/// Bytes of a text file as UTF-8: takes UTF-8 and UTF-16 (with or without mark) and Windows-1252.
/// Errors: codec.empty, codec.binary, codec.encoding (bytes that are none of the three).
Result<std::string> decode_text(std::string_view bytes);

/// The text as one page of lines; ends of line CR LF, LF and CR alike; form feeds become an empty line.
/// Errors: codec.too_many_lines.
Result<Document> read_text(std::string_view utf8, Limits const&);

bool is_utf8(std::string_view);
void append_utf8(std::string& to, char32_t);

}
