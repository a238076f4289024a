#include "codec/text.hpp"
#include <algorithm>
#include <array>
#include <optional>

namespace kpuhub::codec {

namespace {

// Windows-1252, 0x80 to 0x9F (https://encoding.spec.whatwg.org, index windows-1252); 0 = not assigned.
constexpr std::array<char16_t, 32> windows_1252 {
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178
};

std::optional<bool> big_endian_utf16(std::string_view bytes)
{
    if (bytes.starts_with("\xFE\xFF"))
        return true;
    if (bytes.starts_with("\xFF\xFE"))
        return false;
    auto const sample = bytes.substr(0, 4096);
    if (sample.size() < 8 || bytes.size() % 2 != 0)
        return {};
    std::size_t even = 0;
    std::size_t odd = 0;
    for (std::size_t i = 0; i < sample.size(); ++i)
        if (sample[i] == '\0')
            ++(i % 2 == 0 ? even : odd);
    auto const half = sample.size() / 2;
    if (odd * 10 > half * 8 && even * 20 < half)
        return false;
    if (even * 10 > half * 8 && odd * 20 < half)
        return true;
    return {};
}

std::optional<std::string> from_utf16(std::string_view bytes, bool big_endian)
{
    std::string text;
    text.reserve(bytes.size());
    auto const unit = [&](std::size_t i) {
        auto const first = static_cast<unsigned char>(bytes[i]);
        auto const second = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
    };
    if (bytes.size() % 2 != 0)
        return {};
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        auto code = unit(i);
        if (code >= 0xD800 && code < 0xDC00) {
            if (i + 3 >= bytes.size())
                return {};
            auto const low = unit(i + 2);
            if (low < 0xDC00 || low > 0xDFFF)
                return {};
            code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
            i += 2;
        } else if (code >= 0xDC00 && code <= 0xDFFF)
            return {};
        if (code != 0xFEFF)
            append_utf8(text, code);
    }
    return text;
}

bool has_control(std::string_view bytes)
{
    return std::ranges::any_of(bytes, [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v';
    });
}

std::optional<std::string> from_windows_1252(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    std::size_t high = 0;
    for (char c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text += c;
            continue;
        }
        ++high;
        auto const code = byte < 0xA0 ? windows_1252[byte - 0x80U] : static_cast<char16_t>(byte);
        if (code == 0)
            return {};
        append_utf8(text, code);
    }
    // Indonesian text has few letters outside ASCII; a text mostly of high bytes is some other encoding.
    if (high * 4 > bytes.size())
        return {};
    return text;
}

}

void append_utf8(std::string& to, char32_t code)
{
    if (code < 0x80)
        to += static_cast<char>(code);
    else if (code < 0x800) {
        to += static_cast<char>(0xC0U | code >> 6U);
        to += static_cast<char>(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        to += static_cast<char>(0xE0U | code >> 12U);
        to += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
        to += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
        to += static_cast<char>(0xF0U | code >> 18U);
        to += static_cast<char>(0x80U | (code >> 12U & 0x3FU));
        to += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
        to += static_cast<char>(0x80U | (code & 0x3FU));
    }
}

bool is_utf8(std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size();) {
        auto const lead = static_cast<unsigned char>(bytes[i]);
        std::size_t const length = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
        if (length == 0 || i + length > bytes.size())
            return false;
        for (std::size_t k = 1; k < length; ++k)
            if ((static_cast<unsigned char>(bytes[i + k]) & 0xC0U) != 0x80)
                return false;
        if (length >= 3) {
            auto const next = static_cast<unsigned char>(bytes[i + 1]);
            if ((lead == 0xE0 && next < 0xA0) || (lead == 0xED && next > 0x9F) || (lead == 0xF0 && next < 0x90) || (lead == 0xF4 && next > 0x8F))
                return false;
        }
        i += length;
    }
    return true;
}

Result<std::string> decode_text(std::string_view bytes)
{
    if (bytes.find_first_not_of(std::string_view { " \t\r\n\f\0", 6 }) == std::string_view::npos)
        return invalid("codec.empty");
    if (auto const big_endian = big_endian_utf16(bytes)) {
        auto text = from_utf16(bytes, *big_endian);
        if (!text || has_control(*text))
            return invalid("codec.encoding");
        return std::move(*text);
    }
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    if (has_control(bytes))
        return invalid("codec.binary");
    if (is_utf8(bytes))
        return std::string { bytes };
    if (auto text = from_windows_1252(bytes))
        return std::move(*text);
    return invalid("codec.encoding");
}

Result<Document> read_text(std::string_view text, Limits const& limits)
{
    Page page;
    std::string line;
    auto const finish = [&] {
        page.lines.push_back(std::move(line));
        line.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n')
            continue;
        if (c == '\n' || c == '\r')
            finish();
        else if (c != '\f' && c != '\v')
            line += c;
        if (page.lines.size() > limits.lines)
            return invalid_because("codec.too_many_lines", std::to_string(limits.lines));
    }
    if (!line.empty())
        finish();
    return Document { Format::Text, { std::move(page) } };
}

}
