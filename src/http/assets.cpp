#include "http/assets.hpp"
#include "core/embedded.hpp"
#include "http/gzip.hpp"
#include "view/assets.hpp"
#include <memory>

namespace kpuhub::http {

namespace {

constexpr std::string_view for_ever = "public, max-age=31536000, immutable";
constexpr std::string_view for_a_day = "public, max-age=86400";

Handler sender(std::string_view name, std::string_view bytes, std::string_view cache)
{
    auto type = view::asset_type(name);
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
            router.add({ Method::Get, view::asset_link(name).address, "public", sender(name, file.bytes, for_ever) });
            router.add({ Method::Get, "/" + std::string(name), "public", sender(name, file.bytes, for_a_day) });
        }
    }
}

}
