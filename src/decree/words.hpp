#pragma once
#include "codec/cell_signs.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::decree {

/// Text without Markdown and HTML remnants (**bold**, <i>, &amp;, escaped signs), white space made single.
std::string clean(std::string_view);

/// Lower-case ASCII letters, digits, % and single spaces only: for comparing headings and wordings.
std::string plain(std::string_view);

using codec::one_line;
/// The lines of a cell's text, trimmed.
std::vector<std::string> lines_of(std::string_view);

std::string trimmed(std::string_view);
std::vector<std::string> split(std::string_view, char);

/// Whether the words stand in the text as whole words (both already `plain`); "perundang" also begins "perundangan"
/// when `prefix` is set.
bool holds(std::string_view plain_text, std::string_view words, bool prefix = false);

/// 0 to 1, by the share of common letter pairs (Dice).
double similarity(std::string_view, std::string_view);

/// The ways in which Indonesian decrees number: "1." or "1 ", "1)", "a.", "a)", "IV.", "-", "B.".
enum class Numbering { None, Plain, Paren, Letter, LetterParen, Roman, Dash, Capital };

/// A number in front of a text: its way, its rank (a = 1) and how it was printed.
struct Marker {
    Numbering way = Numbering::None;
    int rank = 0;
    std::string printed {};
    std::size_t length = 0;  ///< bytes up to the text behind
};

Marker marker(std::string_view text);
std::optional<int> roman(std::string_view);

/// Stands where a row's text is not known, in a plan and on paper: nothing is put into a decree's mouth.
inline constexpr std::string_view open_text = "…";
/// Whether a text is such a sign and nothing else: "…", "....".
bool left_open(std::string_view);

bool ends_sentence(std::string_view);
bool starts_lower(std::string_view);

}
