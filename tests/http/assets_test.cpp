#include "http/assets.hpp"
#include "support/scenario.hpp"
#include "view/assets.hpp"
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::testing;

TEST(Assets, are_kept_by_browsers_for_ever_under_their_hash)
{
    http::Router router;
    http::add_assets(router);
    auto address = view::asset_link("app.css").address;
    run_scenarios({ router },
        {
            { .name = "a browser that unpacks gets it packed", .path = address, .headers = { { "accept-encoding", "gzip" } },
                .expected_headers = { { "Cache-Control", "immutable" }, { "Content-Encoding", "gzip" }, { "Content-Type", "text/css" } } },
            { .name = "others get it plain", .path = address, .expected = { "{" }, .expected_headers = { { "Cache-Control", "immutable" } },
                .also = [](http::Response const& response) { EXPECT_EQ(response.header("Content-Encoding"), ""); } },
            { .name = "the icon stands at the root, where browsers ask for it", .path = "/favicon.svg",
                .expected_headers = { { "Cache-Control", "max-age=86400" }, { "Content-Type", "image/svg+xml" } } },
            { .name = "another hash is not there", .path = "/assets/app.000000000000.css", .status = 404 },
            { .name = "nothing beside the assets can be read", .path = "/assets/..%2f..%2fmigrations", .status = 404 },
        });
}
