#pragma once
#include "http/server.hpp"
#include <memory>

namespace kpuhub::testing {

/// A running server on a loopback port that the system chose, with the limits of limits.yaml unless changed.
class TestServer {
public:
    explicit TestServer(http::Router router, std::function<void(http::Settings&)> change = {});
    ~TestServer();
    [[nodiscard]] std::uint16_t port() const { return m_server->port(); }
    [[nodiscard]] http::Server& server() { return *m_server; }
    /// "Host: 127.0.0.1:port\r\n"
    [[nodiscard]] std::string host() const { return "Host: 127.0.0.1:" + std::to_string(port()) + "\r\n"; }
    /// One request on a connection of its own; "Host" and the empty line are added.
    [[nodiscard]] std::string ask(std::string const& head, std::string const& body = "") const;

private:
    std::string m_folder;
    http::Router m_router;
    time::MachineClock m_clock;
    http::Metrics m_metrics;
    std::unique_ptr<http::Server> m_server;
};

}
