#include "support/test_server.hpp"
#include "support/raw_client.hpp"
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace kpuhub::testing {

TestServer::TestServer(http::Router router, std::function<void(http::Settings&)> change) : m_router(std::move(router))
{
    std::string folder = "/tmp/kpuhub-http-XXXXXX";
    if (!::mkdtemp(folder.data()))
        throw std::runtime_error("no temporary folder");
    m_folder = folder;
    http::Settings settings;
    settings.listen = { "127.0.0.1:0" };
    settings.temporary_folder = m_folder + "/uploads";
    settings.limits = http::embedded_limits().value();
    settings.web_workers = 8;
    if (change)
        change(settings);
    auto server = http::Server::create(std::move(settings), m_router, m_clock, m_metrics);
    if (!server)
        throw std::runtime_error(server.error().detail);
    m_server = std::move(*server);
    m_server->start();
}

TestServer::~TestServer()
{
    m_server.reset();
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
}

std::string TestServer::ask(std::string const& head, std::string const& body) const
{
    RawClient client { port() };
    auto length = head.starts_with("POST") ? "Content-Length: " + std::to_string(body.size()) + "\r\n" : std::string {};
    client.send(head + "\r\n" + host() + length + "\r\n" + body);
    return client.read_answer(head.starts_with("HEAD"));
}

}
