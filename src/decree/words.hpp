#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::decree {

/// Text without Markdown and HTML remnants (**bold**, <i>, &amp;, escaped signs), white space made single.
std::string clean(std::string_view);

/// Lower-case ASCII letters, digits, % and single spaces only: for comparing headings and wordings.
std::string plain(std::string_view);

/// Stands on paper before a line that begins with a number of a list (U+2028, from codec/paper_words); it tells where a list
/// goes on when the line before ends without a stop. `without_breaks` takes it out again.
constexpr std::string_view line_break = "\xE2\x80\xA8";
std::string without_breaks(std::string_view);

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

/// "1 A; 2 B; 3 C" as its parts, when the whole text is such a list that goes up by one; else the text alone.
/// A list behind a colon ("terdiri dari : 1 A; 2 B") belongs to its sentence. With `intro`, "Words : 1 A; 2 B" gives
/// the words as a part of their own.
std::vector<std::string> list_parts(std::string_view text, bool intro);

/// The rank of the last number of a list inside the text ("... 10 A; 11 B;" gives 11); 0 when there is none.
int last_listed(std::string_view text);

bool ends_sentence(std::string_view);
bool starts_lower(std::string_view);

}
