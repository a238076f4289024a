#include "http/gzip.hpp"
#include <algorithm>
#include <array>
#include <stdexcept>
#include <zlib.h>

namespace kpuhub::http {

namespace {

std::string_view without_blanks(std::string_view text)
{
    auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool zero_quality(std::string_view parameters)
{
    auto quality = parameters.find("q=");
    if (quality == std::string_view::npos)
        return false;
    auto number = parameters.substr(quality + 2);
    return number.find_first_of("123456789") == std::string_view::npos;
}

}

std::string gzip(std::string_view bytes, Packing packing)
{
    constexpr int gzip_window = 15 + 16;
    constexpr int fast_level = 4;
    z_stream stream {};
    auto level = packing == Packing::Small ? Z_BEST_COMPRESSION : fast_level;
    if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("gzip");
    std::string packed(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    auto outcome = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (outcome != Z_STREAM_END)
        throw std::runtime_error("gzip");
    return packed;
}

bool accepts_gzip(std::string_view accept)
{
    bool accepted = false;
    while (!accept.empty()) {
        auto entry = accept.substr(0, accept.find(','));
        accept.remove_prefix(std::min(accept.size(), entry.size() + 1));
        auto name = without_blanks(entry.substr(0, entry.find(';')));
        if (name != "gzip" && name != "*")
            continue;
        accepted = entry.size() == name.size() || !zero_quality(entry);
        if (name == "gzip")
            return accepted;
    }
    return accepted;
}

bool packs_well(std::string_view type)
{
    static constexpr std::array<std::string_view, 4> others { "application/json", "application/problem+json",
        "application/javascript", "image/svg+xml" };
    type = without_blanks(type.substr(0, type.find(';')));
    return type.starts_with("text/") || std::ranges::find(others, type) != others.end();
}

}
