#include "view/assets.hpp"
#include "core/embedded.hpp"
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <utility>
#include <vector>

namespace kpuhub::view {

/// FNV-1a: names a version of our own file, it does not defend anything.
static std::uint64_t hash(std::string_view bytes)
{
    std::uint64_t value = 14695981039346656037u;
    for (unsigned char byte : bytes)
        value = (value ^ byte) * 1099511628211u;
    return value;
}

static std::string hashed(std::string_view name, std::string_view bytes)
{
    auto const dot = name.rfind('.');
    return fmt::format("{}.{:012x}{}", name.substr(0, dot), hash(bytes) & 0xFFFFFFFFFFFF, name.substr(dot));
}

struct Asset {
    std::string_view name;
    std::string hashed_name;
    std::string_view bytes;
};

static std::vector<Asset> const& assets()
{
    static std::vector<Asset> const known = [] {
        std::vector<Asset> found;
        for (auto const& file : embedded_files()) {
            for (std::string_view const folder : { "assets/", "web/public/" }) {
                if (!file.path.starts_with(folder) || file.path.rfind('.') == std::string_view::npos)
                    continue;
                auto const name = file.path.substr(folder.size());
                found.push_back({ name, hashed(name, file.bytes), file.bytes });
            }
        }
        return found;
    }();
    return known;
}

Link asset_link(std::string_view name)
{
    for (auto const& each : assets())
        if (each.name == name)
            return { "/assets/" + each.hashed_name };
    return { fmt::format("/assets/{}", name) };
}

std::optional<std::string_view> asset(std::string_view hashed_name)
{
    for (auto const& each : assets())
        if (each.hashed_name == hashed_name)
            return each.bytes;
    return std::nullopt;
}

std::string_view asset_type(std::string_view name)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> types { {
        { ".css", "text/css; charset=utf-8" },
        { ".js", "text/javascript; charset=utf-8" },
        { ".svg", "image/svg+xml" },
        { ".png", "image/png" },
        { ".woff2", "font/woff2" },
        { ".ico", "image/x-icon" },
        { ".txt", "text/plain; charset=utf-8" },
        { ".webmanifest", "application/manifest+json" },
    } };
    for (auto const& [ending, type] : types)
        if (name.ends_with(ending))
            return type;
    return "application/octet-stream";
}

}
