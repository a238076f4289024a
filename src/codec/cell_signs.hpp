#pragma once
#include <string>
#include <string_view>

namespace kpuhub::codec {

/// Stands between the paragraphs and lines of one cell; no control character, so that it passes everywhere.
inline constexpr std::string_view line_separator = "\u2028";

/// Stands where a line of a drawn cell ended because it was full, and the next begins with a capital: it may be a line broken on purpose.
/// Room decree decides (`settle_breaks`); `one_line` leaves it out.
inline constexpr std::string_view full_line_separator = "\u2029";

/// The text of a cell with a space where line_separator stands, without full_line_separator.
std::string one_line(std::string_view);

/// Whether a line ends inside a word that the next line goes on with: "non-" and "formal", "pejabat/" and "petugas", "ORT.07-" and "Kpt/01".
bool goes_on_in_word(std::string_view text, std::string_view next);

/// Stands for the text of a cell of a scan that holds writing which could not be recognised; its confidence is 0.
inline constexpr std::string_view unread_cell = "…";

/// A fill that is a sign: stands for the text of an empty cell whose colour tells it from the rest of its row.
inline constexpr std::string_view filled_cell = "█";

}
