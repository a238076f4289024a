#include "support/raw_client.hpp"
#include "support/test_server.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

http::Router pages()
{
    http::Router router;
    router.add({ http::Method::Get, "/hello/{name}", "public",
        [](http::Request& request) { return http::text(200, "hello " + request.parameter("name") + "\n"); } });
    router.add({ http::Method::Get, "/long", "public", [](http::Request&) { return http::html(200, std::string(20000, 'x')); } });
    router.add({ http::Method::Get, "/tagged", "public",
        [](http::Request&) { return std::move(http::text(200, "tagged\n").with("ETag", "\"7\"")); } });
    router.add({ http::Method::Get, "/bug", "public", [](http::Request&) -> http::Response { throw std::runtime_error("secret 42"); } });
    router.add({ http::Method::Get, "/injection", "public",
        [](http::Request&) { return http::see_other("/x\r\nSet-Cookie: a=b"); } });
    router.add({ http::Method::Get, "/slow", "public", [](http::Request&) {
                    std::this_thread::sleep_for(1500ms);
                    return http::text(200, "slow\n");
                } });
    router.add({ http::Method::Post, "/form", "public",
        [](http::Request& request) { return http::text(422, "got " + request.form.text("a") + "\n"); } });
    return router;
}

std::string const form_head = "POST /form HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded";

}

TEST(Server, gives_a_page_of_a_route_with_its_parameter)
{
    TestServer server { pages() };
    auto answer = server.ask("GET /hello/siti HTTP/1.1");
    EXPECT_EQ(status_in(answer), 200);
    EXPECT_EQ(body_in(answer), "hello siti\n");
    EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
    EXPECT_THAT(answer, HasSubstr("Cache-Control: no-store\r\n"));
    EXPECT_THAT(answer, HasSubstr("Date: "));
}

TEST(Server, reads_a_posted_form)
{
    TestServer server { pages() };
    auto answer = server.ask(form_head, "a=rencana+aksi");
    EXPECT_EQ(status_in(answer), 422);
    EXPECT_EQ(body_in(answer), "got rencana aksi\n");
}
