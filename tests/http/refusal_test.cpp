#include "support/raw_client.hpp"
#include "support/test_server.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

namespace {

http::Router pages()
{
    http::Router router;
    router.add({ http::Method::Get, "/page", "public", [](http::Request&) { return http::text(200, "page\n"); } });
    router.add({ http::Method::Post, "/form", "public",
        [](http::Request& request) { return http::text(422, "got " + request.form.text("a") + "\n"); } });
    return router;
}

std::string const type = "Content-Type: application/x-www-form-urlencoded\r\n";

/// Sends bytes as they are; the answer, and that the connection has ended.
int refused(TestServer const& server, std::string const& bytes)
{
    RawClient client { server.port() };
    client.send(bytes);
    auto answer = client.read_all(5s);
    EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
    return status_in(answer);
}

int status(TestServer const& server, std::string const& head, std::string const& body = "")
{
    RawClient client { server.port() };
    client.send(head + server.host() + "\r\n" + body);
    return status_in(client.read_answer());
}

}

TEST(Refusal, of_two_hosts_none_and_a_wrong_one)
{
    TestServer server { pages() };
    EXPECT_EQ(refused(server, "GET /page HTTP/1.1\r\n" + server.host() + server.host() + "\r\n"), 400);
    EXPECT_EQ(refused(server, "GET /page HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(refused(server, "GET /page HTTP/1.1\r\nHost: evil.example\r\n\r\n"), 421);
}

TEST(Refusal, of_heads_that_smuggle_a_second_request)
{
    TestServer server { pages() };
    auto post = "POST /form HTTP/1.1\r\n" + server.host() + type;
    auto smuggled = "GET /page HTTP/1.1\r\n" + server.host() + "\r\n";
    for (auto const& fields : { std::string("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), std::string("Content-Length: 3\r\nContent-Length: 4\r\n"),
             std::string("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"), std::string("Transfer-Encoding: xchunked\r\n"),
             std::string("Content-Length : 3\r\n"), std::string("X: a\r\n Content-Length: 3\r\n"), std::string("Content-Length: 3\nX: 1\r\n") }) {
        RawClient client { server.port() };
        client.send(post + fields + "\r\n0\r\n\r\n" + smuggled);
        auto answers = client.read_all(5s);
        EXPECT_EQ(status_in(answers), 400) << fields;
        EXPECT_EQ(answers.find("page\n"), std::string::npos) << fields;
    }
}

TEST(Refusal, of_a_body_whose_chunks_are_broken)
{
    TestServer server { pages() };
    auto post = "POST /form HTTP/1.1\r\n" + server.host() + type + "Transfer-Encoding: chunked\r\n\r\n";
    EXPECT_EQ(refused(server, post + "zz\r\na=1\r\n0\r\n\r\n"), 400);
    EXPECT_EQ(refused(server, post + "fffffffffffffffff\r\n"), 400);
    EXPECT_EQ(status(server, "POST /form HTTP/1.1\r\n" + type + "Transfer-Encoding: chunked\r\n", "3\r\na=1\r\n0\r\n\r\n"), 422);
}

TEST(Refusal, of_what_is_too_long)
{
    TestServer server { pages() };
    EXPECT_EQ(refused(server, "GET /" + std::string(5000, 'a') + " HTTP/1.1\r\n" + server.host() + "\r\n"), 414);
    EXPECT_EQ(refused(server, "GET /page HTTP/1.1\r\nX: " + std::string(20000, 'a')), 431);
    EXPECT_EQ(refused(server, "GET /page HTTP/1.1\r\n" + server.host() + "X: " + std::string(17000, 'a') + "\r\n\r\n"), 431);
    std::string fields;
    for (int count = 0; count < 100; ++count)
        fields += "X" + std::to_string(count) + ": 1\r\n";
    EXPECT_EQ(refused(server, "GET /page HTTP/1.1\r\n" + server.host() + fields + "\r\n"), 431);
}

TEST(Refusal, of_a_body_that_is_too_large_reaches_the_client)
{
    TestServer server { pages() };
    std::string body(3'000'000, 'a');
    RawClient announced { server.port() };
    announced.send("POST /form HTTP/1.1\r\n" + server.host() + type + "Content-Length: 3000000\r\n\r\n");
    announced.send(body);
    EXPECT_EQ(status_in(announced.read_all(5s)), 413);
    RawClient chunked { server.port() };
    chunked.send("POST /form HTTP/1.1\r\n" + server.host() + type + "Transfer-Encoding: chunked\r\n\r\n2dc6c0\r\n" + body + "\r\n0\r\n\r\n");
    EXPECT_EQ(status_in(chunked.read_all(5s)), 413);
}

TEST(Refusal, of_bodies_without_length_or_of_a_wrong_type)
{
    TestServer server { pages() };
    EXPECT_EQ(status(server, "POST /form HTTP/1.1\r\n" + type), 411);
    EXPECT_EQ(status(server, "POST /form HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n", "a=1"), 415);
    EXPECT_EQ(status(server, "POST /form HTTP/1.1\r\nContent-Length: 3\r\n", "a=1"), 415);
    EXPECT_EQ(status(server, "POST /form HTTP/1.1\r\n" + type + "Expect: the-unexpected\r\nContent-Length: 3\r\n", "a=1"), 417);
    EXPECT_EQ(status(server, "GET /page HTTP/1.1\r\nContent-Length: 3\r\n", "a=1"), 400);
    EXPECT_EQ(status(server, "POST /form HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 7\r\n", R"({"a":1})"), 422);
    EXPECT_EQ(status(server, "POST /form HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 3\r\n", "[1]"), 400);
}

TEST(Refusal, of_paths_that_climb_out)
{
    TestServer server { pages() };
    for (auto const* path : { "/../etc/passwd", "/%2e%2e/etc", "/page/..%2f..", "/page%00", "//page", "/page?a=%zz" })
        EXPECT_EQ(status(server, "GET " + std::string(path) + " HTTP/1.1\r\n"), 400) << path;
}

TEST(Refusal, of_a_head_that_never_ends)
{
    TestServer server { pages(), [](http::Settings& settings) { settings.limits.header = 300ms; } };
    RawClient client { server.port() };
    client.send("GET /page HTTP/1.1\r\nHost:");
    EXPECT_EQ(status_in(client.read_all(5s)), 408);
}

TEST(Refusal, of_a_body_that_comes_too_slowly)
{
    TestServer server { pages(), [](http::Settings& settings) {
                           settings.limits.rate_grace = 300ms;
                           settings.limits.upload_rate = 1'000'000;
                       } };
    RawClient client { server.port() };
    client.send("POST /form HTTP/1.1\r\n" + server.host() + type + "Content-Length: 30\r\n\r\na=");
    EXPECT_EQ(status_in(client.read_all(5s)), 408);
}

TEST(Refusal, of_rubbish_leaves_the_server_alive)
{
    TestServer server { pages() };
    std::uint32_t seed = 1;
    for (int round = 0; round < 50; ++round) {
        std::string bytes;
        for (int at = 0; at < 300; ++at)
            bytes += static_cast<char>((seed = seed * 1664525 + 1013904223) >> 24);
        RawClient client { server.port() };
        client.send(bytes + "\r\n\r\n");
    }
    EXPECT_EQ(status(server, "GET /page HTTP/1.1\r\n"), 200);
}
