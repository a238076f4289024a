#include "text/normal.hpp"
#include "text/utf8.hpp"
#include <algorithm>
#include <vector>

namespace kpuhub::text {

/// Base letter of U+00C0 to U+017F, '?' where there is none (ligatures are two letters and treated apart).
static constexpr std::string_view base_letters =
    "aaaaaa?ceeeeiiii?nooooo?ouuuuy??aaaaaa?ceeeeiiii?nooooo?ouuuuy?y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkkllllllllllnnnnnnnnnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(base_letters.size() == 0x180 - 0xC0);

static void append_folded(std::string& out, std::uint32_t sign)
{
    if (sign >= 'A' && sign <= 'Z') {
        out += static_cast<char>(sign - 'A' + 'a');
    } else if ((sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9')) {
        out += static_cast<char>(sign);
    } else if (sign == 0xC6 || sign == 0xE6) {
        out += "ae";
    } else if (sign == 0xDF) {
        out += "ss";
    } else if (sign == 0x152 || sign == 0x153) {
        out += "oe";
    } else if (sign >= 0xC0 && sign < 0x180 && base_letters[sign - 0xC0] != '?') {
        out += base_letters[sign - 0xC0];
    } else if (sign >= 0x180 && sign != replacement_sign && !(sign >= 0x2000 && sign < 0x2C00) && !(sign >= 0x3000 && sign < 0x3040)) {
        append_sign(out, sign);
    } else if (!out.empty() && out.back() != ' ') {
        out += ' ';
    }
}

std::string normal(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        auto const sign = next_sign(text, at);
        bool const mark = (sign >= 0x300 && sign < 0x370) || (sign >= 0x200B && sign <= 0x200F) || sign == 0xAD || sign == 0xFEFF;
        if (!mark && sign != '\'')
            append_folded(out, sign);
    }
    if (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

static std::vector<unsigned> pairs_of(std::string const& text)
{
    std::vector<unsigned> pairs;
    for (std::size_t at = 0; at + 1 < text.size(); ++at)
        if (text[at] != ' ' && text[at + 1] != ' ')
            pairs.push_back(static_cast<unsigned>(static_cast<unsigned char>(text[at])) << 8 | static_cast<unsigned char>(text[at + 1]));
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

int likeness(std::string_view one, std::string_view other)
{
    auto const a = normal(one), b = normal(other);
    if (a == b)
        return 1000;
    auto const pairs_a = pairs_of(a), pairs_b = pairs_of(b);
    if (pairs_a.empty() || pairs_b.empty())
        return 0;
    std::size_t shared = 0;
    for (auto x = pairs_a.begin(), y = pairs_b.begin(); x != pairs_a.end() && y != pairs_b.end();) {
        if (*x == *y)
            (++shared, ++x, ++y);
        else if (*x < *y)
            ++x;
        else
            ++y;
    }
    auto const share = shared * 2 * 1000 / (pairs_a.size() + pairs_b.size());
    return static_cast<int>(std::min<std::size_t>(share, 999));
}

std::string initials(std::string_view name)
{
    name = name.substr(0, name.find(','));
    std::vector<std::string_view> words;
    while (!name.empty()) {
        auto const end = std::min(name.find(' '), name.size());
        auto const word = name.substr(0, end);
        if (!word.empty() && (word.back() != '.' || word.size() == 2))
            words.push_back(word);
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    std::erase_if(words, [&words](auto word) { return word.back() == '.' && words.size() > 1; });
    auto letter = [](std::string_view word) {
        std::size_t at = 0;
        std::string out;
        append_sign(out, next_sign(word, at));
        if (out.size() == 1 && out[0] >= 'a' && out[0] <= 'z')
            out[0] = static_cast<char>(out[0] - 'a' + 'A');
        return out;
    };
    if (words.empty())
        return "?";
    return words.size() == 1 ? letter(words.front()) : letter(words.front()) + letter(words.back());
}

}
