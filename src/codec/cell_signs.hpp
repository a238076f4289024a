#pragma once
#include <string>
#include <string_view>

namespace kpuhub::codec {

/// Stands between the paragraphs and lines of one cell; no control character, so that it passes everywhere.
inline constexpr std::string_view line_separator = "\u2028";

/// The text of a cell with a space where line_separator stands.
std::string one_line(std::string_view);

/// Whether a line ends inside a word that the next line goes on with: "non-" and "formal", "pejabat/" and "petugas", "ORT.07-" and "Kpt/01".
bool goes_on_in_word(std::string_view text, std::string_view next);

/// A fill that is a sign: stands for the text of an empty cell whose colour tells it from the rest of its row.
inline constexpr std::string_view filled_cell = "█";

}
