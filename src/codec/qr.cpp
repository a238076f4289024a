#include "codec/qr.hpp"
#include <cstdint>
#include <memory>
#include <qrencode.h>
#include <vector>
#include <zlib.h>

namespace kpuhub::codec {

namespace {

constexpr int quiet_modules = 4;        // ISO/IEC 18004: the light border

struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
};
using Code = std::unique_ptr<QRcode, Free>;

Result<Code> encoded(std::string_view text)
{
    Code code { text.empty() ? nullptr : QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<unsigned char const*>(text.data()), 0, QR_ECLEVEL_M) };
    if (!code)
        return invalid("codec.qr_too_long");
    return code;
}

bool dark(QRcode const& code, int row, int column)
{
    return (code.data[row * code.width + column] & 1U) != 0;
}

void append_number(std::string& out, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xffU);
}

void append_chunk(std::string& out, std::string const& kind, std::string const& bytes)
{
    auto const covered = kind + bytes;
    append_number(out, static_cast<std::uint32_t>(bytes.size()));
    out += covered;
    append_number(out, static_cast<std::uint32_t>(::crc32(0, reinterpret_cast<Bytef const*>(covered.data()), static_cast<uInt>(covered.size()))));
}

/// The lines of a picture of one bit for each point, as PNG wants them: a filter byte, then eight points in a byte.
std::string lines_of(QRcode const& code, int scale)
{
    auto const points = static_cast<std::size_t>((code.width + 2 * quiet_modules) * scale);
    std::string lines;
    for (std::size_t y = 0; y < points; ++y) {
        std::string line((points + 7) / 8, '\xff');
        for (std::size_t x = 0; x < points; ++x) {
            int const row = static_cast<int>(y) / scale - quiet_modules;
            int const column = static_cast<int>(x) / scale - quiet_modules;
            if (row >= 0 && column >= 0 && row < code.width && column < code.width && dark(code, row, column))
                line[x / 8] = static_cast<char>(static_cast<unsigned char>(line[x / 8]) & ~(0x80U >> x % 8));
        }
        lines += '\0' + line;
    }
    return lines;
}

}

Result<std::string> qr_svg(std::string_view text)
{
    auto const code = TRY(encoded(text));
    auto const side = std::to_string(code->width + 2 * quiet_modules);
    std::string path;
    for (int row = 0; row < code->width; ++row) {
        for (int column = 0; column < code->width;) {
            int end = column;
            while (end < code->width && dark(*code, row, end))
                ++end;
            if (end > column)
                path += "M" + std::to_string(column + quiet_modules) + " " + std::to_string(row + quiet_modules) + "h" + std::to_string(end - column) + "v1h-" + std::to_string(end - column) + "z";
            column = end + 1;
        }
    }
    return R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + side + " " + side + R"(" width=")" + side + R"(" height=")" + side
        + R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)" + side + "v" + side + "H0z\"/><path d=\"" + path + "\"/></svg>";
}

Result<std::string> qr_png(std::string_view text)
{
    constexpr int scale = 6;
    auto const code = TRY(encoded(text));
    auto const lines = lines_of(*code, scale);
    auto room = ::compressBound(static_cast<uLong>(lines.size()));
    std::string packed(room, '\0');
    ::compress2(reinterpret_cast<Bytef*>(packed.data()), &room, reinterpret_cast<Bytef const*>(lines.data()), static_cast<uLong>(lines.size()), Z_BEST_COMPRESSION);
    packed.resize(room);
    auto const points = static_cast<std::uint32_t>((code->width + 2 * quiet_modules) * scale);
    std::string head;
    append_number(head, points);
    append_number(head, points);
    head += { 1, 0, 0, 0, 0 };          // one bit, grey, deflate, no filter method of its own, not interlaced
    std::string png = "\x89PNG\r\n\x1a\n";
    append_chunk(png, "IHDR", head);
    append_chunk(png, "IDAT", packed);
    append_chunk(png, "IEND", "");
    return png;
}

}
