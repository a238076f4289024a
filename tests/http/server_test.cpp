#include "support/raw_client.hpp"
#include "support/test_server.hpp"
#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

using namespace kpuhub;
using namespace kpuhub::testing;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

/// Pieces of 64 KiB; how many were made is told to the test.
class CountedPieces final : public http::BodyStream {
public:
    explicit CountedPieces(std::string how) : m_how(std::move(how)) {}
    Result<std::string> next() override
    {
        constexpr int whole = 3;
        if (m_how == "broken" && m_pieces == 2)
            return broken("a piece that cannot be made");
        if (m_how == "thrown" && m_pieces == 2)
            throw std::runtime_error("a piece that throws");
        if (m_how != "endless" && m_pieces == whole)
            return std::string {};
        ++m_pieces;
        ++made;
        return std::string(64 * 1024, 'x');
    }
    std::vector<std::pair<std::string, std::string>> trailer() const override { return { { "X-Row-Count", std::to_string(m_pieces) } }; }
    static inline std::atomic<int> made { 0 };

private:
    std::string m_how;
    int m_pieces = 0;
};

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
    router.add({ http::Method::Get, "/stream/{how}", "public", [](http::Request& request) {
                    auto answer = http::text(200, "head\n");
                    answer.with("Trailer", "X-Row-Count");
                    answer.stream = std::make_shared<CountedPieces>(request.parameter("how"));
                    return answer;
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

TEST(Server, answers_what_it_does_not_know_with_404_and_405)
{
    TestServer server { pages() };
    EXPECT_EQ(status_in(server.ask("GET /nothing HTTP/1.1")), 404);
    auto wrong = server.ask("GET /form HTTP/1.1");
    EXPECT_EQ(status_in(wrong), 405);
    EXPECT_THAT(wrong, HasSubstr("Allow: POST\r\n"));
    EXPECT_EQ(status_in(server.ask("DELETE /long HTTP/1.1")), 405);
    EXPECT_EQ(status_in(server.ask("TRACE /long HTTP/1.1")), 405);
}

TEST(Server, gives_head_the_length_and_no_body)
{
    TestServer server { pages() };
    RawClient client { server.port() };
    client.send("HEAD /long HTTP/1.1\r\n" + server.host() + "\r\nGET /hello/a HTTP/1.1\r\n" + server.host() + "\r\n");
    EXPECT_THAT(client.read_answer(true), HasSubstr("Content-Length: 20000\r\n"));
    EXPECT_EQ(body_in(client.read_answer()), "hello a\n");
}

TEST(Server, keeps_the_connection_for_requests_sent_one_behind_the_other)
{
    TestServer server { pages() };
    RawClient client { server.port() };
    std::string three;
    for (auto const* name : { "a", "b", "c" })
        three += "GET /hello/" + std::string(name) + " HTTP/1.1\r\n" + server.host() + "\r\n";
    client.send(three);
    for (auto const* name : { "a", "b", "c" })
        EXPECT_EQ(body_in(client.read_answer()), "hello " + std::string(name) + "\n");
}

TEST(Server, closes_after_http_1_0_and_connection_close)
{
    TestServer server { pages() };
    for (auto const* head : { "GET /hello/a HTTP/1.0\r\n", "GET /hello/a HTTP/1.1\r\nConnection: close\r\n" }) {
        RawClient client { server.port() };
        client.send(head + server.host() + "\r\n");
        EXPECT_THAT(client.read_all(), HasSubstr("Connection: close\r\n"));
        EXPECT_TRUE(client.is_closed(2s));
    }
}

TEST(Server, packs_what_the_client_can_unpack)
{
    TestServer server { pages() };
    auto packed = server.ask("GET /long HTTP/1.1\r\nAccept-Encoding: gzip");
    EXPECT_THAT(packed, HasSubstr("Content-Encoding: gzip\r\n"));
    EXPECT_LT(body_in(packed).size(), 200u);
    EXPECT_THAT(packed, HasSubstr("Vary: Accept, Accept-Encoding, Cookie\r\n"));
    EXPECT_THAT(server.ask("GET /long HTTP/1.1"), Not(HasSubstr("gzip")));
}

TEST(Server, tells_a_browser_that_nothing_has_changed)
{
    TestServer server { pages() };
    auto answer = server.ask("GET /tagged HTTP/1.1\r\nIf-None-Match: \"7\"");
    EXPECT_EQ(status_in(answer), 304);
    EXPECT_EQ(body_in(answer), "");
    EXPECT_THAT(answer, Not(HasSubstr("Content-Length")));
    EXPECT_EQ(status_in(server.ask("GET /tagged HTTP/1.1\r\nIf-None-Match: \"6\"")), 200);
}

TEST(Server, survives_a_bug_in_a_handler_without_telling_it)
{
    TestServer server { pages() };
    auto answer = server.ask("GET /bug HTTP/1.1");
    EXPECT_EQ(status_in(answer), 500);
    EXPECT_THAT(answer, Not(HasSubstr("secret")));
    EXPECT_THAT(answer, HasSubstr("X-Request-Id: "));
}

TEST(Server, refuses_to_send_an_injected_header)
{
    TestServer server { pages() };
    auto answer = server.ask("GET /injection HTTP/1.1");
    EXPECT_EQ(status_in(answer), 500);
    EXPECT_THAT(answer, Not(HasSubstr("Set-Cookie")));
}

TEST(Server, leads_localhost_to_its_own_address)
{
    TestServer server { pages() };
    RawClient client { server.port() };
    client.send("GET /hello/a?b=1 HTTP/1.1\r\nHost: localhost:" + std::to_string(server.port()) + "\r\n\r\n");
    auto answer = client.read_answer();
    EXPECT_EQ(status_in(answer), 308);
    EXPECT_THAT(answer, HasSubstr("Location: http://127.0.0.1:" + std::to_string(server.port()) + "/hello/a?b=1\r\n"));
}

TEST(Server, answers_probes_and_shows_figures_only_on_the_internal_address)
{
    TestServer server { pages(), [](http::Settings& settings) {
                           settings.internal_listen = "127.0.0.1:0";
                           settings.ready = [] { return http::Readiness { true, R"({"durability":"local"})" }; };
                       } };
    EXPECT_EQ(body_in(server.ask("GET /healthz HTTP/1.1")), "ok\n");
    EXPECT_EQ(status_in(server.ask("GET /metrics HTTP/1.1")), 404);
    EXPECT_EQ(status_in(server.ask("GET /readyz HTTP/1.1")), 404);
    EXPECT_EQ(status_in(server.ask("GET /hello/siti HTTP/1.1")), 200);
    RawClient client { server.server().internal_port() };
    client.send("GET /readyz HTTP/1.1\r\nHost: any\r\n\r\nGET /metrics HTTP/1.1\r\nHost: any\r\n\r\n");
    EXPECT_EQ(body_in(client.read_answer()), R"({"durability":"local"})");
    auto metrics = client.read_answer();
    EXPECT_THAT(metrics, HasSubstr("kpuhub_answer_seconds_count{route=\"/hello/{name}\"} 1\n"));
    EXPECT_THAT(metrics, HasSubstr("kpuhub_connections "));
    EXPECT_THAT(metrics, Not(HasSubstr("siti")));
}

TEST(Server, with_wrong_settings_does_not_start)
{
    http::Router router = pages();
    time::MachineClock clock;
    http::Metrics metrics;
    auto start = [&](auto change) {
        http::Settings settings;
        settings.listen = { "127.0.0.1:0" };
        change(settings);
        auto server = http::Server::create(std::move(settings), router, clock, metrics);
        return server ? std::string {} : server.error().detail;
    };
    EXPECT_EQ(start([](auto&) {}), "");
    EXPECT_THAT(start([](auto& settings) { settings.listen = { "0.0.0.0:0" }; }), HasSubstr("public_url"));
    EXPECT_THAT(start([](auto& settings) { settings.listen = { "nowhere" }; }), HasSubstr("nowhere"));
    EXPECT_THAT(start([](auto& settings) { settings.listen = { "127.0.0.1:99999" }; }), HasSubstr("listen"));
    EXPECT_THAT(start([](auto& settings) { settings.internal_listen = "0.0.0.0:0"; }), HasSubstr("internal_listen"));
    EXPECT_THAT(start([](auto& settings) { settings.public_url = "hub.go.id"; }), HasSubstr("public_url"));
    EXPECT_THAT(start([](auto& settings) { settings.trusted_proxies = { "ten" }; }), HasSubstr("trusted_proxies"));
}

TEST(Server, sends_a_body_in_chunks_while_it_is_made_and_the_count_behind_it)
{
    TestServer server { pages() };
    RawClient client { server.port() };
    client.send("GET /stream/whole HTTP/1.1\r\n" + server.host() + "\r\nGET /hello/siti HTTP/1.1\r\n" + server.host() + "Connection: close\r\n\r\n");
    auto const answer = client.read_all();
    EXPECT_EQ(status_in(answer), 200);
    EXPECT_THAT(answer, HasSubstr("Transfer-Encoding: chunked\r\n"));
    EXPECT_THAT(answer, Not(HasSubstr("Content-Length: 196613")));
    EXPECT_THAT(answer, HasSubstr("\r\n\r\n5\r\nhead\n\r\n10000\r\nxxx"));
    EXPECT_THAT(answer, HasSubstr("xxx\r\n0\r\nX-Row-Count: 3\r\n\r\nHTTP/1.1 200 OK")) << "the connection goes on behind the body";
    EXPECT_THAT(answer, HasSubstr("hello siti"));
}

TEST(Server, ends_a_streamed_body_with_the_connection_for_an_old_reader)
{
    TestServer server { pages() };
    RawClient client { server.port() };
    client.send("GET /stream/whole HTTP/1.0\r\n" + server.host() + "\r\n");
    auto const answer = client.read_all();
    EXPECT_EQ(status_in(answer), 200);
    EXPECT_THAT(answer, Not(HasSubstr("Transfer-Encoding")));
    EXPECT_THAT(answer, HasSubstr("Connection: close"));
    EXPECT_EQ(body_in(answer).size(), 5U + 3 * 64 * 1024);
}

TEST(Server, leaves_a_streamed_body_without_its_end_when_a_piece_fails)
{
    TestServer server { pages() };
    for (auto const* how : { "broken", "thrown" }) {
        RawClient client { server.port() };
        client.send(std::string { "GET /stream/" } + how + " HTTP/1.1\r\n" + server.host() + "\r\n");
        auto const answer = client.read_all();
        EXPECT_GT(answer.size(), 2U * 64 * 1024);
        EXPECT_EQ(status_in(answer), 200);
        EXPECT_THAT(answer, Not(HasSubstr("\r\n0\r\n"))) << how;
        EXPECT_THAT(answer, Not(HasSubstr("that throws")));
    }
    EXPECT_EQ(status_in(server.ask("GET /hello/siti HTTP/1.1")), 200);
}

TEST(Server, makes_no_more_pieces_than_a_slow_reader_takes)
{
    TestServer server { pages() };
    CountedPieces::made = 0;
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int count = 0; count < 6; ++count) {       // more than there are workers for pieces
        slow.push_back(std::make_unique<RawClient>(server.port()));
        slow.back()->send("GET /stream/endless HTTP/1.1\r\n" + server.host() + "\r\n");
    }
    std::this_thread::sleep_for(1000ms);
    auto const after_a_second = CountedPieces::made.load();
    EXPECT_EQ(status_in(server.ask("GET /stream/whole HTTP/1.1")), 200) << "readers that do not read hold no worker";
    std::this_thread::sleep_for(500ms);
    EXPECT_LE(CountedPieces::made.load(), after_a_second + 3);
    EXPECT_LT(after_a_second, 6 * 200) << "what the sockets hold, and one piece more";
}

TEST(Server, gives_the_head_alone_of_a_streamed_body_to_head)
{
    TestServer server { pages() };
    CountedPieces::made = 0;
    auto const answer = server.ask("HEAD /stream/endless HTTP/1.1\r\nConnection: close");
    EXPECT_EQ(status_in(answer), 200);
    EXPECT_TRUE(body_in(answer).empty());
    EXPECT_EQ(CountedPieces::made.load(), 0);
}
