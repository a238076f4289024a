#include "codec/clean_file.hpp"
#include <algorithm>
#include <array>
#include <zlib.h>

namespace kpuhub::codec {

namespace {

constexpr std::size_t most_unpacked = 64U << 20U;

int hex_digit(char sign)
{
    if (sign >= '0' && sign <= '9')
        return sign - '0';
    auto small = static_cast<char>(sign | 0x20);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/// "/J#61vaScript" is "/JavaScript" (ISO 32000-1, 7.3.5).
std::string with_plain_names(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] == '#' && i + 2 < bytes.size() && hex_digit(bytes[i + 1]) >= 0 && hex_digit(bytes[i + 2]) >= 0) {
            out += static_cast<char>(hex_digit(bytes[i + 1]) * 16 + hex_digit(bytes[i + 2]));
            i += 2;
        } else {
            out += bytes[i];
        }
    }
    return out;
}

bool ends_name(std::string_view bytes, std::size_t at)
{
    return at >= bytes.size() || std::string_view(" \t\r\n\f()<>[]{}/%", 15).find(bytes[at]) != std::string_view::npos || bytes[at] == '\0';
}

bool names_action(std::string_view bytes)
{
    constexpr std::array<std::string_view, 8> names { "/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia",
        "/Encrypt", "/XFA" };
    return std::any_of(names.begin(), names.end(), [&](auto name) {
        for (auto at = bytes.find(name); at != std::string_view::npos; at = bytes.find(name, at + 1))
            if (ends_name(bytes, at + name.size()))
                return true;
        return false;
    });
}

std::string unpacked(std::string_view packed, std::size_t room)
{
    std::string out;
    z_stream stream {};
    if (inflateInit(&stream) != Z_OK)
        return out;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));     // zlib does not write to its input
    stream.avail_in = static_cast<uInt>(packed.size());
    std::array<char, 16384> piece {};
    int state = Z_OK;
    while (state == Z_OK && out.size() < room) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = piece.size();
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(piece.data(), piece.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    return out;
}

}

bool is_active_pdf(std::string_view bytes)
{
    auto plain = with_plain_names(bytes);
    if (names_action(plain))
        return true;
    // Object streams hold further objects, packed (ISO 32000-1, 7.5.7): look into each.
    std::size_t read = 0;
    for (auto at = bytes.find("/ObjStm"); at != std::string_view::npos; at = bytes.find("/ObjStm", at + 1)) {
        auto from = bytes.find("stream", at);
        auto to = from == std::string_view::npos ? from : bytes.find("endstream", from);
        if (to == std::string_view::npos)
            return true;
        from += bytes.substr(from + 6, 2) == "\r\n" ? 8 : 7;
        if (from > to)
            return true;
        auto objects = unpacked(bytes.substr(from, to - from), most_unpacked - read);
        read += objects.size();
        if (read >= most_unpacked || names_action(with_plain_names(objects)))
            return true;
    }
    return false;
}

}
