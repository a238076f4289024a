#include "http/assets.hpp"
#include "core/embedded.hpp"
#include "http/gzip.hpp"
#include "view/assets.hpp"
#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace kpuhub::http {

namespace {

constexpr std::string_view for_ever = "public, max-age=31536000, immutable";
constexpr std::string_view for_a_day = "public, max-age=86400";

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> types { {
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".webp", "image/webp" },
    { ".jpg", "image/jpeg" },
    { ".ico", "image/x-icon" },
    { ".woff2", "font/woff2" },
    { ".json", "application/json" },
    { ".webmanifest", "application/manifest+json" },
    { ".txt", "text/plain; charset=utf-8" },
    { ".html", "text/html; charset=utf-8" },
} };

std::string_view type_of(std::string_view name)
{
    auto found = std::ranges::find_if(types, [&](auto const& type) { return name.ends_with(type.first); });
    return found == types.end() ? "application/octet-stream" : found->second;
}

Handler sender(std::string_view name, std::string_view bytes, std::string_view cache)
{
    auto type = type_of(name);
    std::shared_ptr<std::string const> packed;
    if (packs_well(type))
        packed = std::make_shared<std::string const>(gzip(bytes, Packing::Small));
    return [bytes, type, cache, packed](Request& request) {
        Response response;
        response.with("Content-Type", std::string(type)).with("Cache-Control", std::string(cache)).with("Vary", "Accept-Encoding");
        if (packed && accepts_gzip(request.header("accept-encoding"))) {
            response.with("Content-Encoding", "gzip");
            response.body = *packed;
        } else {
            response.body = bytes;
        }
        return response;
    };
}

}

void add_assets(Router& router)
{
    constexpr std::string_view bundled = "assets/";
    constexpr std::string_view site = "web/public/";
    for (auto const& file : embedded_files()) {
        if (file.path.starts_with(bundled)) {
            auto name = file.path.substr(bundled.size());
            router.add({ Method::Get, view::asset_link(name).address, "public", sender(name, file.bytes, for_ever) });
        } else if (file.path.starts_with(site)) {
            auto name = file.path.substr(site.size());
            router.add({ Method::Get, "/" + std::string(name), "public", sender(name, file.bytes, for_a_day) });
        }
    }
}

}
