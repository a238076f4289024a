#include "support/raw_client.hpp"
#include "support/test_server.hpp"
#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <thread>
#include <vector>

using namespace kpuhub;
using namespace kpuhub::testing;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;

namespace {

std::string request(TestServer const& server, std::string const& path) { return "GET " + path + " HTTP/1.1\r\n" + server.host() + "\r\n"; }

http::Router slow_pages(std::atomic<int>& running)
{
    http::Router router;
    router.add({ http::Method::Get, "/page", "public", [](http::Request&) { return http::text(200, "page\n"); } });
    router.add({ http::Method::Get, "/slow", "public", [&running](http::Request&) {
                    ++running;
                    std::this_thread::sleep_for(1s);
                    return http::text(200, "slow\n");
                } });
    return router;
}

void wait_for(std::atomic<int> const& count, int wanted)
{
    for (int round = 0; round < 500 && count < wanted; ++round)
        std::this_thread::sleep_for(10ms);
}

}

TEST(Load, thousand_idle_connections_hold_nobody_up)
{
    std::atomic<int> running { 0 };
    TestServer server { slow_pages(running) };
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int count = 0; count < 1000; ++count)
        idle.push_back(std::make_unique<RawClient>(server.port()));
    for (std::size_t at = 0; at < idle.size(); at += 50) {
        idle[at]->send(request(server, "/page"));
        EXPECT_EQ(status_in(idle[at]->read_answer()), 200);
    }
}

TEST(Load, clients_that_send_a_byte_at_a_time_hold_nobody_up)
{
    std::atomic<int> running { 0 };
    TestServer server { slow_pages(running) };
    std::vector<std::unique_ptr<RawClient>> slow;
    auto bytes = request(server, "/page");
    for (int count = 0; count < 200; ++count)
        slow.push_back(std::make_unique<RawClient>(server.port()));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (auto& client : slow)
            client->send(bytes.substr(at, 1));
        if (at % 10 == 0) {
            EXPECT_EQ(status_in(server.ask("GET /page HTTP/1.1")), 200);
        }
    }
    for (auto& client : slow)
        EXPECT_EQ(status_in(client->read_answer()), 200);
}

TEST(Load, one_address_block_cannot_take_all_connections)
{
    std::atomic<int> running { 0 };
    TestServer server { slow_pages(running), [](http::Settings& settings) {
                           settings.uncounted = {};
                           settings.limits.connections_per_block = 5;
                       } };
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int count = 0; count < 5; ++count) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        clients.back()->send(request(server, "/page"));
        EXPECT_EQ(status_in(clients.back()->read_answer()), 200);
    }
    RawClient sixth { server.port() };
    EXPECT_EQ(status_in(sixth.read_all(2s)), 503);
    clients.pop_back();
    for (int round = 0; round < 100; ++round) {
        RawClient next { server.port() };
        next.send(request(server, "/page"));
        if (status_in(next.read_answer()) == 200)
            return;
        std::this_thread::sleep_for(20ms);
    }
    FAIL() << "the place of a closed connection is not free again";
}

TEST(Load, beyond_the_queue_is_answered_with_503_and_retry_after)
{
    std::atomic<int> running { 0 };
    TestServer server { slow_pages(running), [](http::Settings& settings) {
                           settings.web_workers = 1;
                           settings.limits.waiting_requests = 1;
                       } };
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int count = 0; count < 2; ++count) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        clients.back()->send(request(server, "/slow"));
        wait_for(running, 1);
        std::this_thread::sleep_for(50ms);
    }
    auto answer = server.ask("GET /slow HTTP/1.1");
    EXPECT_EQ(status_in(answer), 503);
    EXPECT_THAT(answer, HasSubstr("Retry-After: "));
    for (auto& client : clients)
        EXPECT_EQ(status_in(client->read_answer()), 200);
}

/// The pools beside that of signed-in pages: a route names whose workers run it.
class LoadOfOneKind : public ::testing::TestWithParam<http::Pool> { };

TEST_P(LoadOfOneKind, leaves_the_others_their_workers)
{
    std::atomic<int> running { 0 };
    auto router = slow_pages(running);
    http::Route busy { http::Method::Get, "/busy", "public", [&running](http::Request&) {
                          ++running;
                          std::this_thread::sleep_for(1s);
                          return http::text(200, "busy\n");
                      } };
    busy.pool = GetParam();
    router.add(std::move(busy));
    TestServer server { std::move(router), [](http::Settings& settings) {
                           settings.public_workers = 1;
                           settings.password_workers = 1;
                           settings.limits.waiting_public = 1;
                           settings.limits.waiting_passwords = 1;
                           settings.upload_workers = 1;
                           settings.limits.waiting_uploads = 1;
                       } };
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int count = 0; count < 2; ++count) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        clients.back()->send(request(server, "/busy"));
        wait_for(running, 1);
        std::this_thread::sleep_for(50ms);
    }
    auto refused = server.ask("GET /busy HTTP/1.1");
    EXPECT_EQ(status_in(refused), 503);
    EXPECT_THAT(refused, HasSubstr("Retry-After: "));
    EXPECT_EQ(status_in(server.ask("GET /page HTTP/1.1")), 200) << "pages of who is signed in go on";
    for (auto& client : clients)
        EXPECT_EQ(status_in(client->read_answer()), 200);
}

INSTANTIATE_TEST_SUITE_P(Pools, LoadOfOneKind, ::testing::Values(http::Pool::Public, http::Pool::Passwords, http::Pool::Uploads));

TEST(Load, what_takes_files_runs_apart_from_the_pages)
{
    http::Router router;
    router.add({ http::Method::Post, "/send", "public", [](http::Request&) { return http::text(200, ""); }, http::BodyKind::Upload });
    router.add({ http::Method::Post, "/form", "public", [](http::Request&) { return http::text(200, ""); } });
    EXPECT_EQ(router.routes().at(0).pool, http::Pool::Uploads);
    EXPECT_EQ(router.routes().at(1).pool, http::Pool::Web);
}

TEST(Load, handler_that_takes_too_long_is_answered_for)
{
    std::atomic<int> running { 0 };
    TestServer server { slow_pages(running), [](http::Settings& settings) { settings.limits.handler = 100ms; } };
    EXPECT_EQ(status_in(server.ask("GET /slow HTTP/1.1")), 503);
    EXPECT_EQ(status_in(server.ask("GET /page HTTP/1.1")), 200);
}

TEST(Load, connection_that_waits_too_long_is_closed)
{
    std::atomic<int> running { 0 };
    TestServer server { slow_pages(running), [](http::Settings& settings) { settings.limits.idle = 100ms; } };
    RawClient client { server.port() };
    EXPECT_TRUE(client.is_closed(3s));
}

TEST(Drain, finishes_running_requests_and_closes_idle_ones)
{
    std::atomic<int> running { 0 };
    TestServer server { slow_pages(running) };
    RawClient idle { server.port() };
    RawClient busy { server.port() };
    busy.send(request(server, "/slow"));
    wait_for(running, 1);
    auto began = Clock::now();
    std::thread stopping { [&] { server.server().stop(); } };
    auto answer = busy.read_all(5s);
    stopping.join();
    EXPECT_EQ(status_in(answer), 200);
    EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
    EXPECT_TRUE(idle.is_closed(1s));
    EXPECT_LT(Clock::now() - began, 4s);
    EXPECT_THROW(RawClient { server.port() }, std::runtime_error);
}
