#include "text/utf8.hpp"

namespace kpuhub::text {

static int length_of(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead < 0xE0)
        return 2;
    if (lead >= 0xE0 && lead < 0xF0)
        return 3;
    if (lead >= 0xF0 && lead < 0xF5)
        return 4;
    return 0;
}

std::uint32_t next_sign(std::string_view text, std::size_t& at)
{
    auto const lead = static_cast<unsigned char>(text[at]);
    int const length = length_of(lead);
    auto const start = at++;
    if (length == 1)
        return lead;
    if (length == 0 || start + static_cast<std::size_t>(length) > text.size())
        return replacement_sign;
    std::uint32_t sign = lead & (0xFFu >> (length + 1));
    for (int each = 1; each < length; ++each) {
        auto const byte = static_cast<unsigned char>(text[start + static_cast<std::size_t>(each)]);
        if ((byte & 0xC0) != 0x80)
            return replacement_sign;
        sign = sign << 6 | (byte & 0x3F);
    }
    constexpr std::uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (sign < least[length] || (sign >= 0xD800 && sign < 0xE000) || sign > 0x10FFFF)
        return replacement_sign;
    at = start + static_cast<std::size_t>(length);
    return sign;
}

void append_sign(std::string& out, std::uint32_t sign)
{
    auto byte = [&out](std::uint32_t value) { out += static_cast<char>(value); };
    if (sign < 0x80) {
        byte(sign);
    } else if (sign < 0x800) {
        byte(0xC0 | sign >> 6);
        byte(0x80 | (sign & 0x3F));
    } else if (sign < 0x10000) {
        byte(0xE0 | sign >> 12);
        byte(0x80 | (sign >> 6 & 0x3F));
        byte(0x80 | (sign & 0x3F));
    } else {
        byte(0xF0 | sign >> 18);
        byte(0x80 | (sign >> 12 & 0x3F));
        byte(0x80 | (sign >> 6 & 0x3F));
        byte(0x80 | (sign & 0x3F));
    }
}

std::size_t sign_count(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count)
        next_sign(text, at);
    return count;
}

}
