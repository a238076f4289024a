#pragma once
#include "core/result.hpp"
#include "http/fault_page.hpp"
#include "http/limits.hpp"
#include "http/log.hpp"
#include "http/metrics.hpp"
#include "http/router.hpp"
#include "time/date.hpp"
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::http {

/// What /readyz says on the loopback address.
struct Readiness {
    bool ready = true;
    std::string json = "{}";        ///< details, such as {"durability":"local"}
};

struct Settings {
    std::vector<std::string> listen { "127.0.0.1:8080" };      ///< "host:port", "[::1]:port"; port 0 = any free one
    std::string internal_listen {};                             ///< /readyz and /metrics, loopback only; empty = none
    /// "https://hub.example.go.id": links and origin checks use it, a request with another Host gets 421. Needed as
    /// soon as one address to listen on is not loopback; otherwise it is the first address, and who comes by
    /// "localhost" is led there.
    std::string public_url {};
    std::vector<std::string> trusted_proxies {};                ///< blocks whose X-Forwarded-* is believed
    std::vector<std::string> uncounted { "127.0.0.0/8", "::1" };  ///< blocks without connections_per_block
    std::string temporary_folder = "/tmp/kpuhub-uploads";
    Limits limits {};                                           ///< left empty: the numbers of limits.yaml
    int io_threads = 2;
    int web_workers = 32;
    int public_workers = 8;
    int password_workers = 2;                                   ///< each may take 64 MiB
    int upload_workers = 8;                                     ///< each may wait for a child that cleans a file

    Log log {};
    FaultPages faults {};
    std::function<Readiness()> ready {};
    /// Statements that the calling thread has asked for so far; the difference goes to the access log.
    std::function<std::int64_t()> statements {};
    /// Asked on a worker before the body of an Upload or Raw route is read (form and uploads are still empty): an answer
    /// refuses it, so that a stranger cannot send 50 MiB.
    std::function<std::optional<Response>(Route const&, Request const&)> admit {};
};

/// The HTTP/1.1 server (security.md 11, 13, 14). Router, clock and metrics outlive it.
class Server {
public:
    /// Opens the addresses; nothing is accepted yet. Errors: Broken with the setting that is wrong.
    static Result<std::unique_ptr<Server>> create(Settings, Router const&, time::Clock const&, Metrics&);
    ~Server();
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    void start();
    /// Starts, waits for SIGTERM or SIGINT, stops.
    void run();
    /// Takes no new connection, finishes running requests within limits.drain, then ends. May be called once, from any
    /// thread but the server's own.
    void stop();

    [[nodiscard]] std::uint16_t port() const;               ///< of the first address
    [[nodiscard]] std::uint16_t internal_port() const;      ///< 0 when there is none
    [[nodiscard]] std::string const& public_url() const;    ///< without a slash at the end
    [[nodiscard]] std::vector<std::string> const& origins() const;      ///< for check_csrf

private:
    class Parts;
    explicit Server(std::unique_ptr<Parts>);
    std::unique_ptr<Parts> m_parts;
};

}
