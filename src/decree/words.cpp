#include "decree/words.hpp"
#include "codec/cell_signs.hpp"
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace kpuhub::decree {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool upper(char c) { return c >= 'A' && c <= 'Z'; }
bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

struct Entity {
    std::string_view name;
    std::string_view text;
};
constexpr std::array<Entity, 7> entities { { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&#39;", "'" }, { "&nbsp;", " " }, { "&apos;", "'" } } };

/// Length of the tag that starts here; 0 when "<" is a sign of its own ("< 1 Jam").
std::size_t tag_length(std::string_view text)
{
    std::size_t i = 1;
    if (i < text.size() && text[i] == '/')
        ++i;
    if (i >= text.size() || !(lower(text[i]) || upper(text[i])))
        return 0;
    auto const end = text.substr(0, 200).find('>');
    if (end == std::string_view::npos || text.substr(1, end - 1).find('<') != std::string_view::npos)
        return 0;
    return end + 1;
}

std::string without_markup(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        char const c = text[i];
        if (c == '<') {
            if (auto const length = tag_length(text.substr(i))) {
                auto const tag = text.substr(i, length);
                if (tag.starts_with("<br") || tag.starts_with("<p") || tag.starts_with("</p") || tag.starts_with("<li") || tag.starts_with("</li"))
                    out += ' ';
                i += length;
                continue;
            }
        }
        if (c == '&') {
            auto const found = std::ranges::find_if(entities, [&](auto& entity) { return text.substr(i).starts_with(entity.name); });
            if (found != entities.end()) {
                out += found->text;
                i += found->name.size();
                continue;
            }
        }
        if (c == '*' && i + 1 < text.size() && (text[i + 1] == '*' || !blank(text[i + 1]))) {
            i += text[i + 1] == '*' ? 2 : 1;
            continue;
        }
        if (c == '*' && i > 0 && !blank(text[i - 1])) {
            ++i;
            continue;
        }
        if (c == '\\' && i + 1 < text.size() && std::ispunct(static_cast<unsigned char>(text[i + 1]))) {
            out += text[i + 1];
            i += 2;
            continue;
        }
        if (c == '#' && (i == 0 || text[i - 1] == '#')) {
            ++i;
            continue;
        }
        out += c;
        ++i;
    }
    return out;
}

}

std::vector<std::string> lines_of(std::string_view text)
{
    std::vector<std::string> lines;
    for (std::size_t start = 0;;) {
        auto const end = text.find(codec::line_separator, start);
        lines.push_back(trimmed(text.substr(start, end - start)));
        if (end == std::string_view::npos)
            return lines;
        start = end + codec::line_separator.size();
    }
}

std::string trimmed(std::string_view text)
{
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return std::string { text };
}

std::string clean(std::string_view text)
{
    std::string out;
    bool gap = false;
    auto const bare = without_markup(text);
    for (std::size_t i = 0; i < bare.size(); ++i) {
        char const c = bare[i];
        bool const hard_space = c == '\xC2' && i + 1 < bare.size() && bare[i + 1] == '\xA0';
        if (blank(c) || hard_space) {
            gap = !out.empty();
            i += hard_space ? 1 : 0;
            continue;
        }
        if (gap)
            out += ' ';
        gap = false;
        out += c;
    }
    return out;
}

std::string plain(std::string_view text)
{
    std::string out;
    bool gap = false;
    for (char c : text) {
        if (upper(c))
            c = static_cast<char>(c - 'A' + 'a');
        if (lower(c) || digit(c) || c == '%') {
            if (gap && !out.empty())
                out += ' ';
            gap = false;
            out += c;
        } else
            gap = true;
    }
    return out;
}

std::vector<std::string> split(std::string_view text, char by)
{
    std::vector<std::string> parts;
    std::size_t start = 0;
    for (;;) {
        auto const end = text.find(by, start);
        parts.emplace_back(text.substr(start, end - start));
        if (end == std::string_view::npos)
            return parts;
        start = end + 1;
    }
}

bool holds(std::string_view text, std::string_view words, bool prefix)
{
    for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
        auto const end = at + words.size();
        bool const whole_start = at == 0 || text[at - 1] == ' ';
        bool const whole_end = end == text.size() || text[end] == ' ' || words.back() == '%';
        if (whole_start && (whole_end || prefix))
            return true;
    }
    return false;
}

double similarity(std::string_view a, std::string_view b)
{
    if (a == b)
        return 1.0;
    if (a.size() < 2 || b.size() < 2)
        return 0.0;
    std::unordered_map<unsigned, int> pairs;
    auto const key = [](std::string_view text, std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])) << 8U | static_cast<unsigned char>(text[i + 1]); };
    for (std::size_t i = 0; i + 1 < a.size(); ++i)
        ++pairs[key(a, i)];
    int common = 0;
    for (std::size_t i = 0; i + 1 < b.size(); ++i)
        if (auto const found = pairs.find(key(b, i)); found != pairs.end() && found->second > 0) {
            --found->second;
            ++common;
        }
    return 2.0 * common / static_cast<double>(a.size() + b.size() - 2);
}

std::optional<int> roman(std::string_view text)
{
    auto const value = [](char c) { return c == 'I' ? 1 : c == 'V' ? 5 : c == 'X' ? 10 : 0; };
    int total = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const one = value(text[i]);
        if (one == 0)
            return {};
        total += i + 1 < text.size() && one < value(text[i + 1]) ? -one : one;
    }
    if (text.empty() || total < 1 || total > 39 || text.size() > 6)
        return {};
    return total;
}

Marker marker(std::string_view text)
{
    for (std::string_view const dash : { "- ", "-. ", "– ", "• " })
        if (text.starts_with(dash))
            return { Numbering::Dash, 0, "-", dash.size() };
    std::size_t at = text.starts_with('(') ? 1 : 0;
    bool const opened = at == 1;
    std::size_t const start = at;
    while (at < text.size() && digit(text[at]))
        ++at;
    Numbering way = Numbering::None;
    int rank = 0;
    if (at > start && at - start <= 3) {
        way = Numbering::Plain;
        rank = std::stoi(std::string { text.substr(start, at - start) });
    } else if (at == start) {
        while (at < text.size() && upper(text[at]))
            ++at;
        if (auto const number = roman(text.substr(start, at - start)); number && at < text.size() && (text[at] == '.' || text[at] == ')')) {
            way = Numbering::Roman;
            rank = *number;
        } else {
            bool const capital = at == start + 1 && at < text.size() && (text[at] == '.' || text[at] == ')');
            at = start;
            if (capital) {
                way = Numbering::Capital;
                rank = text[at] - 'A' + 1;
                ++at;
            } else if (at < text.size() && lower(text[at])) {
                way = Numbering::Letter;
                rank = text[at] - 'a' + 1;
                ++at;
            }
        }
    }
    if (way == Numbering::None)
        return {};
    std::string printed { text.substr(start, at - start) };
    bool paren = false;
    bool dot = false;
    while (at < text.size() && (text[at] == ')' || text[at] == '.')) {
        (text[at] == ')' ? paren : dot) = true;
        ++at;
    }
    bool const spaced = at < text.size() && text[at] == ' ';
    if (opened && !paren)
        return {};
    if (paren)
        way = way == Numbering::Letter ? Numbering::LetterParen : way == Numbering::Roman ? Numbering::Roman : Numbering::Paren;
    if (!spaced) {
        // "2.Sosialisasi" is a number; "1.5", "14komponen" and a lone "a" are not.
        if (at >= text.size() || !(dot || paren) || !(upper(text[at]) || lower(text[at])))
            return {};
    } else
        ++at;
    if (at >= text.size())
        return {};
    if (way == Numbering::Letter && !dot && at < text.size() && !upper(text[at]) && !lower(text[at]))
        return {};
    // "100 % pegawai", "14 komponen": a bare number belongs to the sentence unless a capital follows and it is small.
    if (way == Numbering::Plain && !dot && (rank > 40 || rank == 0 || !(upper(text[at]) || lower(text[at]) || text[at] == '%' || text[at] == '(' || static_cast<unsigned char>(text[at]) >= 0x80)))
        return {};
    if (way == Numbering::Plain && rank == 0)
        return {};
    return { way, rank, printed, at };
}

namespace {

}

bool left_open(std::string_view text)
{
    std::size_t dots = 0;
    for (std::size_t at = 0; at < text.size();) {
        bool const ellipsis = text.substr(at).starts_with(open_text);
        if (!ellipsis && text[at] != '.' && !blank(text[at]))
            return false;
        dots += ellipsis ? 3 : text[at] == '.' ? 1 : 0;
        at += ellipsis ? open_text.size() : 1;
    }
    return dots >= 3;
}

bool ends_sentence(std::string_view text)
{
    auto const bare = trimmed(text);
    return !bare.empty() && (bare.back() == '.' || bare.back() == ';' || bare.back() == '!' || bare.back() == '?');
}

bool starts_lower(std::string_view text)
{
    return !text.empty() && lower(text.front()) && marker(text).way == Numbering::None;
}

}
