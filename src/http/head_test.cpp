#include "http/head.hpp"
#include <gtest/gtest.h>

using namespace kpuhub::http;

namespace {

Limits limits()
{
    Limits limits;
    limits.header_bytes = 16384;
    limits.header_fields = 64;
    limits.target_bytes = 4096;
    return limits;
}

int status_of(std::string const& text)
{
    auto read = read_head(text, limits());
    auto* refusal = std::get_if<Refusal>(&read);
    return refusal ? refusal->status : 200;
}

std::string get(std::string const& fields) { return "GET / HTTP/1.1\r\n" + fields + "\r\n"; }

}

TEST(Head, of_a_browser_is_read)
{
    auto read = read_head("POST /form?a=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nCookie: a=1\r\nCookie: b=2\r\nX: \t y \r\n\r\n", limits());
    auto const& head = std::get<Head>(read);
    EXPECT_EQ(head.method, "POST");
    EXPECT_EQ(head.target, "/form?a=1");
    EXPECT_EQ(head.content_length, 5);
    EXPECT_EQ(head.field("cookie"), "a=1; b=2");
    EXPECT_EQ(head.field("x"), "y");
    EXPECT_TRUE(head.keeps_alive());
}

TEST(Head, with_two_hosts_or_none_is_refused)
{
    EXPECT_EQ(status_of(get("Host: a\r\nHost: a\r\n")), 400);
    EXPECT_EQ(status_of(get("")), 400);
    EXPECT_EQ(status_of(get("Host:\r\n")), 400);
}

TEST(Head, that_two_servers_could_frame_differently_is_refused)
{
    EXPECT_EQ(status_of(get("Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n")), 400);
    EXPECT_EQ(status_of(get("Host: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n")), 400);
    EXPECT_EQ(status_of(get("Host: a\r\nContent-Length: 3, 3\r\n")), 400);
    EXPECT_EQ(status_of(get("Host: a\r\nContent-Length: +3\r\n")), 400);
    EXPECT_EQ(status_of(get("Host: a\r\nContent-Length: -3\r\n")), 400);
    EXPECT_EQ(status_of(get("Host: a\r\nContent-Length:\r\n")), 400);
    EXPECT_EQ(status_of(get("Host: a\r\nContent-Length: 99999999999999999999\r\n")), 400);
    EXPECT_EQ(status_of(get("Host: a\r\nTransfer-Encoding: gzip, chunked\r\n")), 400);
    EXPECT_EQ(status_of(get("Host: a\r\nTransfer-Encoding: identity\r\n")), 400);
    EXPECT_EQ(status_of("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
}

TEST(Head, with_folded_lines_or_blanks_before_the_colon_is_refused)
{
    EXPECT_EQ(status_of(get("Host: a\r\nX: 1\r\n 2\r\n")), 400);
    EXPECT_EQ(status_of(get("Host : a\r\n")), 400);
    EXPECT_EQ(status_of(get("Host: a\r\n: b\r\n")), 400);
    EXPECT_EQ(status_of(get("Host: a\r\nX\r\n")), 400);
    EXPECT_EQ(status_of(get("Host: a\r\nX: a\rb\r\n")), 400);
    EXPECT_EQ(status_of(get(std::string("Host: a\r\nX: a\0b\r\n", 17))), 400);
}

TEST(Head, request_line_is_strict)
{
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), 200);
    EXPECT_EQ(status_of("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(status_of("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(status_of("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 505);
    EXPECT_EQ(status_of("GET /\r\n\r\n"), 400);
    EXPECT_EQ(status_of("\r\n"), 400);
    EXPECT_EQ(status_of(""), 400);
    EXPECT_EQ(status_of("GET /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
    EXPECT_EQ(status_of("GET  / HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
}

TEST(Head, with_too_many_fields_is_refused)
{
    std::string fields = "Host: a\r\n";
    for (int count = 0; count < 64; ++count)
        fields += "X" + std::to_string(count) + ": 1\r\n";
    EXPECT_EQ(status_of(get(fields)), 431);
}

TEST(Head, end_is_found_and_a_bare_line_feed_refused_at_once)
{
    EXPECT_TRUE(std::holds_alternative<std::monostate>(find_head_end("GET / HTTP/1.1\r\nHost: a\r\n", limits())));
    EXPECT_EQ(std::get<std::size_t>(find_head_end("GET / HTTP/1.1\r\n\r\nrest", limits())), 18u);
    EXPECT_EQ(std::get<Refusal>(find_head_end("GET / HTTP/1.1\nHost", limits())).status, 400);
    EXPECT_EQ(std::get<Refusal>(find_head_end("GET / HTTP/1.1\r\nHost: a\r\n\n", limits())).status, 400);
    EXPECT_EQ(std::get<Refusal>(find_head_end("GET / HTTP/1.1\r\nX: " + std::string(17000, 'a'), limits())).status, 431);
    EXPECT_EQ(std::get<Refusal>(find_head_end("GET /" + std::string(17000, 'a'), limits())).status, 414);
}
