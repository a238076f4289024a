#include "text/escape.hpp"
#include "text/utf8.hpp"
#include <algorithm>
#include <array>
#include <cstdio>

namespace kpuhub::text {

/// Which bytes have an entity: nearly none of a text, so that most of it is copied in long pieces.
static constexpr auto has_entity = [] {
    std::array<bool, 256> table {};
    for (unsigned char sign : std::string_view { "&<>\"'`" })
        table[sign] = true;
    return table;
}();

static std::string_view entity(char sign)
{
    switch (sign) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '`': return "&#96;";
    default: return {};
    }
}

void escape_html(std::string& out, std::string_view text)
{
    auto const* from = text.data();
    auto const* const end = from + text.size();
    auto const plain_until = [end](char const* at) { return std::find_if(at, end, [](unsigned char sign) { return has_entity[sign]; }); };
    for (auto const* at = plain_until(from); at != end; at = plain_until(from)) {
        out.append(from, static_cast<std::size_t>(at - from)).append(entity(*at));
        from = at + 1;
    }
    out.append(from, static_cast<std::size_t>(end - from));
}

std::string escaped_html(std::string_view text)
{
    std::string out;
    escape_html(out, text);
    return out;
}

static void json_unit(std::string& out, std::uint32_t unit)
{
    char digits[8];
    std::snprintf(digits, sizeof digits, "\\u%04x", unit);
    out += digits;
}

void escape_json(std::string& out, std::string_view text)
{
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        auto const start = at;
        auto const sign = next_sign(text, at);
        switch (sign) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\t': out += "\\t"; break;
        case '\r': out += "\\r"; break;
        default:
            if (sign < 0x20 || sign == 0x7f || sign == 0x2028 || sign == 0x2029 || sign == '<')
                json_unit(out, sign);
            else if (sign == replacement_sign)
                append_sign(out, sign);
            else
                out.append(text, start, at - start);
        }
    }
    out += '"';
}

static bool plain_number(std::string_view text)
{
    if (text.front() == '+' || text.front() == '-')
        text.remove_prefix(1);
    bool digit = false;
    for (char sign : text) {
        if (sign >= '0' && sign <= '9')
            digit = true;
        else if (sign != '.' && sign != ',')
            return false;
    }
    return digit;
}

bool runs_in_a_spreadsheet(std::string_view text)
{
    if (text.empty())
        return false;
    switch (text.front()) {
    case '=':
    case '@':
    case '\t':
    case '\r': return true;
    case '+':
    case '-': return !plain_number(text);
    default: return false;
    }
}

std::string csv_cell(std::string_view text)
{
    bool const guarded = runs_in_a_spreadsheet(text);
    bool const quoted = guarded || text.find_first_of("\",;\r\n\t") != std::string_view::npos
        || (!text.empty() && (text.front() == ' ' || text.back() == ' '));
    if (!quoted)
        return std::string { text };
    std::string out = "\"";
    if (guarded)
        out += '\'';
    for (char sign : text) {
        if (sign == '"')
            out += '"';
        out += sign;
    }
    return out += '"';
}

std::string url_part(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (unsigned char sign : text) {
        bool const plain = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9')
            || sign == '-' || sign == '.' || sign == '_' || sign == '~';
        if (plain)
            out += static_cast<char>(sign);
        else
            (out += '%', out += digits[sign >> 4], out += digits[sign & 15]);
    }
    return out;
}

}
