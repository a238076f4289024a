#include "decree/list_words.hpp"
#include "codec/cell_signs.hpp"
#include "decree/words.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::decree {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/// A number that stands inside a text, behind white space.
struct Inner {
    std::size_t at;
    Marker mark;
    bool after_stop;   ///< behind ";" or "." or at the start
    bool after_colon;
};

bool counts_as(Numbering way, bool letters)
{
    return letters ? way == Numbering::Letter || way == Numbering::LetterParen : way == Numbering::Plain || way == Numbering::Paren;
}

std::vector<Inner> inner_numbers(std::string_view text, bool letters = false)
{
    std::vector<Inner> found;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const own_line = text.substr(0, i).ends_with(codec::line_separator) || text.substr(0, i).ends_with(std::string { codec::line_separator } + " ");
        if ((i > 0 && text[i - 1] != ' ' && !own_line) || !(letters ? is_lower(text[i]) : is_digit(text[i])))
            continue;
        auto const mark = marker(text.substr(i));
        if (!counts_as(mark.way, letters))
            continue;
        auto before = text.substr(0, i);
        while (!before.empty() && before.back() == ' ')
            before.remove_suffix(1);
        bool const new_line = before.ends_with(codec::line_separator);
        if (new_line)
            before.remove_suffix(codec::line_separator.size());
        while (!before.empty() && before.back() == ' ')
            before.remove_suffix(1);
        bool stop = new_line || before.empty() || before.back() == ';' || before.back() == '.' || before.back() == ',';
        if (before.ends_with(" dan") || before.ends_with(" dan/atau") || before.ends_with(" serta"))
            stop = true;
        found.push_back({ i, mark, stop, !before.empty() && before.back() == ':' });
    }
    return found;
}

}

/// A list of dashes: each begins a line or, where a page gave no lines, stands behind the end of the one before ("...; - ...").
static std::vector<std::string> dashed_parts(std::string_view text)
{
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (std::size_t at = 1; at < text.size(); ++at) {
        auto const before = trimmed(text.substr(0, at));
        bool const ended = text.substr(0, at).ends_with(codec::line_separator) || (text[at - 1] == ' ' && (before.ends_with(';') || before.ends_with('.') || before.ends_with(codec::line_separator)));
        if (!ended || marker(text.substr(at)).way != Numbering::Dash)
            continue;
        auto part = text.substr(begin, at - begin);
        if (auto const line = part.rfind(codec::line_separator); line != std::string_view::npos && trimmed(part.substr(line + codec::line_separator.size())).empty())
            part = part.substr(0, line);
        parts.push_back(trimmed(part));
        begin = at;
    }
    parts.push_back(trimmed(text.substr(begin)));
    return parts;
}

/// "Monitoring", "Jumlah": a word that begins a sentence; "KPU" may stand anywhere in one.
static bool begins_sentence(std::string_view text)
{
    return text.size() > 1 && is_upper(text[0]) && is_lower(text[1]) && marker(text).way == Numbering::None;
}

/// Whether nothing has to follow: no comma, colon or word that asks for another.
static bool may_end(std::string_view text)
{
    static constexpr std::array<std::string_view, 15> asking { "tentang", "di", "ke", "dan", "atau", "dengan", "yang", "untuk", "pada", "dalam", "oleh", "sesuai", "kepada", "terhadap", "dari" };
    if (ends_sentence(text))
        return true;
    auto const last = text.substr(text.rfind(' ') + 1);
    bool const open = text.ends_with(',') || text.ends_with(':') || text.ends_with('-') || text.ends_with('/') || text.ends_with('(');
    return !text.empty() && !open && std::ranges::find(asking, last) == asking.end();
}

/// The lines of a cell without numbers, where each was broken on purpose and begins a sentence.
static std::vector<std::string> sentences(std::string_view text)
{
    std::vector<std::string> parts;
    for (auto const& line : lines_of(text)) {
        bool const closing = !parts.empty() && (parts.back().ends_with("; dan") || parts.back().ends_with("; dan/atau"));
        if (parts.empty() || !begins_sentence(line) || (!may_end(parts.back()) && !closing))
            parts.empty() ? parts.push_back(line) : void(parts.back() += (parts.back().empty() || line.empty() ? "" : " ") + line);
        else
            parts.push_back(line);
    }
    return parts;
}

std::vector<std::string> list_parts(std::string_view text, bool intro)
{
    if (marker(text).way == Numbering::Dash)
        return dashed_parts(text);
    auto const whole = std::vector<std::string> { trimmed(text) };
    auto const numbers = inner_numbers(text, counts_as(marker(text).way, true));
    if (numbers.empty())
        return intro && marker(text).way == Numbering::None && text.find(codec::line_separator) != std::string_view::npos ? sentences(text) : whole;
    std::size_t first = 0;
    if (numbers[0].at != 0) {
        while (first < numbers.size() && !(numbers[first].mark.rank == 1 && numbers[first].after_colon))
            ++first;
        if (!intro || first == numbers.size())
            return whole;
    }
    std::vector<std::size_t> cuts { numbers[first].at };
    int expected = numbers[first].mark.rank + 1;
    auto const way = numbers[first].mark.way;
    for (std::size_t i = first + 1; i < numbers.size(); ++i) {
        auto const& number = numbers[i];
        if (number.mark.way != way)
            continue;
        // A list that starts again behind a colon belongs to the sentence before it.
        if (number.after_colon && number.mark.rank == 1)
            return whole;
        if (number.after_stop && number.mark.rank == expected) {
            cuts.push_back(number.at);
            ++expected;
        }
    }
    if (cuts.size() < 2)
        return whole;
    std::vector<std::string> parts;
    if (cuts[0] > 0)
        parts.push_back(trimmed(text.substr(0, cuts[0])));
    for (std::size_t i = 0; i < cuts.size(); ++i)
        parts.push_back(trimmed(text.substr(cuts[i], (i + 1 < cuts.size() ? cuts[i + 1] : text.size()) - cuts[i])));
    return parts;
}

int last_listed(std::string_view text)
{
    int last = 0;
    for (auto const& number : inner_numbers(text))
        if ((number.after_stop || number.after_colon) && number.at > 0 && (number.mark.rank == last + 1 || number.mark.rank == 1))
            last = number.mark.rank;
    return last;
}

}
