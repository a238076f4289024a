#include "codec/cell_signs.hpp"

namespace kpuhub::codec {

bool goes_on_in_word(std::string_view text, std::string_view next)
{
    if (text.size() < 2 || next.empty() || text[text.size() - 2] == ' ')
        return false;
    char const first = next[0];
    bool const small = first >= 'a' && first <= 'z';
    bool const letter = small || (first >= 'A' && first <= 'Z');
    auto const word = text.substr(text.rfind(' ') + 1);
    bool const number = word.find_first_of("0123456789") != std::string_view::npos && next.substr(0, next.find(' ')).find('/') != std::string_view::npos;
    auto const capitals = [](std::string_view part) {
        return part.size() > 1 && part.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos && part.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
    };
    bool const abbreviation = capitals(word.substr(0, word.size() - 1)) && capitals(next.substr(0, 2));       // "SP4N-" and "LAPOR"
    return (text.ends_with('-') && (small || abbreviation || (letter && number))) || (text.ends_with('/') && (letter || (first >= '0' && first <= '9')));
}

std::string one_line(std::string_view whole)
{
    std::string plain { whole };
    for (auto at = plain.find(full_line_separator); at != std::string::npos; at = plain.find(full_line_separator, at))
        plain.erase(at, full_line_separator.size() + (plain.substr(at + full_line_separator.size(), 1) == " " && at > 0 && plain[at - 1] == ' ' ? 1 : 0));
    std::string_view const text { plain };
    std::string out;
    for (std::size_t start = 0;;) {
        auto const end = text.find(line_separator, start);
        auto part = text.substr(start, end - start);
        while (part.starts_with(' '))
            part.remove_prefix(1);
        while (part.ends_with(' '))
            part.remove_suffix(1);
        out += (out.empty() || part.empty() ? "" : " ") + std::string { part };
        if (end == std::string_view::npos)
            return out;
        start = end + line_separator.size();
    }
}

}
