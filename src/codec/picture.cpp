#include "codec/picture.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::codec {

namespace {

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t count, bool little = false)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count && at + i < bytes.size(); ++i) {
        std::uint32_t byte = static_cast<unsigned char>(bytes[at + i]);
        value = little ? value | byte << (8U * i) : value << 8U | byte;
    }
    return value;
}

/// Walks the segments of a JPEG up to the picture data: visit(marker, content). False when the format is not kept.
template<typename Visit>
bool walk_jpeg(std::string_view bytes, Visit visit)
{
    std::size_t at = 2;
    while (at + 4 <= bytes.size()) {
        if (static_cast<unsigned char>(bytes[at]) != 0xFF)
            return false;
        auto marker = static_cast<unsigned char>(bytes[at + 1]);
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        auto length = number(bytes, at + 2, 2);
        if (length < 2 || at + 2 + length > bytes.size())
            return false;
        visit(marker, bytes.substr(at + 4, length - 2));
        if (marker == 0xDA)
            return true;
        at += 2 + length;
    }
    return false;
}

bool is_frame(unsigned char marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// Exif tag 0x0112 of the first directory.
int orientation(std::string_view exif)
{
    if (!exif.starts_with(std::string_view("Exif\0\0", 6)))
        return 1;
    auto tiff = exif.substr(6);
    bool little = tiff.starts_with("II");
    auto directory = number(tiff, 4, 4, little);
    auto entries = number(tiff, directory, 2, little);
    for (std::uint32_t i = 0; i < entries && i < 200; ++i) {
        auto entry = std::size_t { directory } + 2 + std::size_t { i } * 12;
        if (entry + 12 > tiff.size())
            break;
        if (number(tiff, entry, 2, little) == 0x0112) {
            auto value = number(tiff, entry + 8, 2, little);
            return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
        }
    }
    return 1;
}

std::optional<Picture> jpeg(std::string_view bytes)
{
    Picture picture;
    bool whole = walk_jpeg(bytes, [&](unsigned char marker, std::string_view content) {
        if (is_frame(marker) && content.size() >= 5) {
            picture.height = number(content, 1, 2);
            picture.width = number(content, 3, 2);
        } else if (marker == 0xE1 && picture.turned == 1) {
            picture.turned = orientation(content);
        }
    });
    return whole ? std::optional { picture } : std::nullopt;
}

std::optional<Picture> png(std::string_view bytes)
{
    if (bytes.size() < 33 || bytes.substr(12, 4) != "IHDR")
        return std::nullopt;
    return Picture { number(bytes, 16, 4), number(bytes, 20, 4) };
}

std::optional<Picture> webp(std::string_view bytes)
{
    if (bytes.size() < 30)
        return std::nullopt;
    auto kind = bytes.substr(12, 4);
    if (kind == "VP8X")
        return Picture { number(bytes, 24, 3, true) + 1, number(bytes, 27, 3, true) + 1 };
    if (kind == "VP8L") {
        auto bits = number(bytes, 21, 4, true);
        return Picture { (bits & 0x3FFFU) + 1, (bits >> 14U & 0x3FFFU) + 1 };
    }
    if (kind == "VP8 ")
        return Picture { number(bytes, 26, 2, true) & 0x3FFFU, number(bytes, 28, 2, true) & 0x3FFFU };
    return std::nullopt;
}

bool bare_jpeg(std::string_view bytes)
{
    bool bare = true;
    // JFIF (E0) and Adobe's colour transform (EE) are needed to show it; all other application segments and comments are not
    bool whole = walk_jpeg(bytes, [&](unsigned char marker, std::string_view) {
        bare = bare && !((marker > 0xE0 && marker <= 0xEF && marker != 0xEE) || marker == 0xFE);
    });
    return whole && bare && bytes.ends_with("\xFF\xD9");
}

bool bare_png(std::string_view bytes)
{
    constexpr std::array<std::string_view, 16> needed { "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT",
        "bKGD", "pHYs", "hIST", "acTL", "fcTL", "fdAT", "cICP" };
    std::size_t at = 8;
    while (at + 12 <= bytes.size()) {
        auto kind = bytes.substr(at + 4, 4);
        if (std::find(needed.begin(), needed.end(), kind) == needed.end())
            return false;
        at += 12 + std::size_t { number(bytes, at, 4) };
        if (kind == "IEND")
            return at == bytes.size();
    }
    return false;
}

bool bare_webp(std::string_view bytes)
{
    constexpr std::array<std::string_view, 6> needed { "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF" };
    if (bytes.size() < 12 || std::size_t { number(bytes, 4, 4, true) } + 8 != bytes.size())
        return false;
    std::size_t at = 12;
    while (at + 8 <= bytes.size()) {
        if (std::find(needed.begin(), needed.end(), bytes.substr(at, 4)) == needed.end())
            return false;
        auto length = std::size_t { number(bytes, at + 4, 4, true) };
        at += 8 + length + (length & 1U);
    }
    return at == bytes.size();
}

/// Turns descriptive boxes between `at` and `end` into free space; looks into moov and trak. False when the format is not kept.
bool free_boxes(std::string& film, std::size_t at, std::size_t end)
{
    while (at < end) {
        if (end - at < 8)
            return false;
        std::uint64_t size = number(film, at, 4);
        std::size_t head = 8;
        if (size == 1 && end - at >= 16) {
            size = std::uint64_t { number(film, at + 8, 4) } << 32U | number(film, at + 12, 4);
            head = 16;
        } else if (size == 0) {
            size = end - at;
        }
        if (size < head || size > end - at)
            return false;
        auto kind = film.substr(at + 4, 4);
        if (kind == "udta" || kind == "meta" || kind == "uuid") {
            film.replace(at + 4, 4, "free");
            std::fill(film.begin() + static_cast<std::ptrdiff_t>(at + head), film.begin() + static_cast<std::ptrdiff_t>(at + size), '\0');
        } else if ((kind == "moov" || kind == "trak") && !free_boxes(film, at + head, at + size)) {
            return false;
        }
        at += size;
    }
    return true;
}

}

std::optional<Picture> picture_of(std::string_view content, std::string_view bytes)
{
    auto picture = content == "jpeg" ? jpeg(bytes) : content == "png" ? png(bytes) : content == "webp" ? webp(bytes) : std::nullopt;
    return picture && picture->width > 0 && picture->height > 0 ? picture : std::nullopt;
}

bool is_bare(std::string_view content, std::string_view bytes)
{
    if (content == "jpeg")
        return bare_jpeg(bytes);
    if (content == "png")
        return bare_png(bytes);
    if (content == "webp")
        return bare_webp(bytes);
    return content == "mp4" && film_without_descriptions(bytes) == bytes;
}

std::optional<std::string> film_without_descriptions(std::string_view bytes)
{
    std::string film(bytes);
    return free_boxes(film, 0, film.size()) ? std::optional { std::move(film) } : std::nullopt;
}

}
