#pragma once
#include <string>
#include <string_view>

namespace kpuhub::codec {

/// Stands between the paragraphs and lines of one cell; no control character, so that it passes everywhere.
inline constexpr std::string_view line_separator = "\u2028";

/// The text of a cell with a space where line_separator stands.
std::string one_line(std::string_view);

/// A fill that is a sign: stands for the text of an empty cell whose colour tells it from the rest of its row.
inline constexpr std::string_view filled_cell = "█";

}
