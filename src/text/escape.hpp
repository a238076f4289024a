#pragma once
#include <string>
#include <string_view>

namespace kpuhub::text {

/// Appends the text so that it is plain text in HTML, also inside a double- or single-quoted attribute.
void escape_html(std::string& out, std::string_view text);
[[nodiscard]] std::string escaped_html(std::string_view text);

/// Appends the text as a JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD; "</" and the line
/// separators are written as escapes, so that the result may also stand in an attribute or a script file.
void escape_json(std::string& out, std::string_view text);

/// One cell of a CSV line (RFC 4180), quoted when it has to be. A cell that a spreadsheet would run (it begins with
/// = + - @ tab or CR) gets an apostrophe before it and thus stays text; a plain number such as -12 stays a number.
[[nodiscard]] std::string csv_cell(std::string_view text);

/// True for a cell that a spreadsheet would run as a formula (see csv_cell).
[[nodiscard]] bool runs_in_a_spreadsheet(std::string_view text);

/// One part of an address (path segment or query value), percent-encoded except A-Z a-z 0-9 - . _ ~
[[nodiscard]] std::string url_part(std::string_view text);

}
