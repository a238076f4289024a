#include "support/raw_client.hpp"
#include "support/test_server.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mutex>
#include <nlohmann/json.hpp>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sstream>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

http::Router pages()
{
    http::Router router;
    router.add({ http::Method::Get, "/track/{receipt}", "public", [](http::Request&) { return http::text(200, "state\n"); } });
    router.add({ http::Method::Post, "/form", "public", [](http::Request&) { return http::text(422, "form\n"); } });
    router.add({ http::Method::Get, "/bug", "public", [](http::Request&) -> http::Response { throw std::runtime_error("column 3"); } });
    router.add({ http::Method::Get, "/report-a-wrong", "public",
        [](http::Request& request) {
            return http::text(200, "id '" + request.id + "' network '" + request.client_network + "'\n");
        },
        http::BodyKind::None, true, http::PagePolicy::Traceless });
    return router;
}

/// A server whose log can be read.
class LoggedServer {
public:
    LoggedServer()
        : m_server(pages(), [this](http::Settings& settings) {
            auto logger = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(m_text));
            logger->set_pattern("%v");
            settings.log = http::Log { logger };
            settings.faults = http::FaultPages { {}, {}, settings.log };
            settings.statements = [count = 0]() mutable { return count += 3; };
        })
    {
    }
    TestServer& operator*() { return m_server; }
    std::string text()
    {
        m_server.server().stop();
        return m_text.str();
    }

private:
    std::ostringstream m_text;
    TestServer m_server;
};

}

TEST(AccessLog, is_json_with_the_pattern_of_the_route_and_nothing_that_the_client_sent)
{
    LoggedServer server;
    (void)(*server).ask("GET /track/MARK1?q=MARK2 HTTP/1.1\r\nCookie: kpuhub=MARK3\r\nUser-Agent: MARK4\r\nX-Forwarded-For: 198.51.100.77");
    (void)(*server).ask("POST /form HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded", "name=MARK5");
    (void)(*server).ask("GET /MARK6/../x HTTP/1.1");
    (void)(*server).ask("MARK7 /form HTTP/1.1");
    (void)(*server).ask("GET /nothing/MARK8 HTTP/1.1");
    (void)(*server).ask("GET /bug?MARK9 HTTP/1.1");
    auto text = server.text();
    EXPECT_THAT(text, Not(HasSubstr("MARK")));
    EXPECT_THAT(text, Not(HasSubstr("198.51")));
    EXPECT_THAT(text, HasSubstr(R"("event":"fault")"));
    std::istringstream lines { text };
    int answers = 0;
    for (std::string line; std::getline(lines, line);) {
        auto json = nlohmann::json::parse(line);
        answers += json["event"] == "answer";
        if (json["event"] == "answer" && json["route"] == "/track/{receipt}") {
            EXPECT_EQ(json["status"], 200);
            EXPECT_EQ(json["network"], "127.0.0.0/24");
            EXPECT_EQ(json["statements"], 3);
            EXPECT_EQ(json["request"].get<std::string>().size(), 16u);
        }
    }
    EXPECT_EQ(answers, 6);
}

TEST(AccessLog, of_a_traceless_route_is_empty)
{
    LoggedServer server;
    auto answer = (*server).ask("GET /report-a-wrong HTTP/1.1");
    EXPECT_EQ(body_in(answer), "id '' network ''\n");
    EXPECT_THAT(answer, Not(HasSubstr("X-Request-Id")));
    EXPECT_THAT(answer, HasSubstr("Referrer-Policy: no-referrer\r\n"));
    EXPECT_THAT(answer, HasSubstr("require-trusted-types-for 'script'"));
    EXPECT_EQ(server.text(), "");
}
