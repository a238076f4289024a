#include "http/server.hpp"
#include "http/session.hpp"
#include "http/systemd.hpp"
#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <condition_variable>
#include <map>
#include <mutex>

namespace kpuhub::http {

namespace {

using Error = boost::system::error_code;

constexpr std::chrono::milliseconds sweep_rhythm { 500 };
constexpr std::chrono::milliseconds accept_pause { 100 };       // when no descriptor is left
constexpr std::size_t file_workers = 2;
constexpr std::size_t stream_workers = 2;                       // long bodies share them piece by piece; pages have their own workers
constexpr std::size_t most_waiting_files = 20'000;              // one for each connection at most

/// "127.0.0.1:8080", "[::1]:8080".
std::optional<Tcp::endpoint> endpoint_of(std::string_view text)
{
    auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    auto host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    auto digits = text.substr(colon + 1);
    if (digits.empty() || digits.size() > 5 || !std::ranges::all_of(digits, [](char sign) { return sign >= '0' && sign <= '9'; }))
        return std::nullopt;
    auto port = std::stoi(std::string(digits));
    Error error;
    auto address = net::ip::make_address(std::string(host), error);
    if (error || port > 65535)
        return std::nullopt;
    return Tcp::endpoint { address, static_cast<std::uint16_t>(port) };
}

Address address_of(Tcp::endpoint const& endpoint)
{
    return Address::from(endpoint.address().to_string()).value_or(Address {});
}

Result<std::vector<Network>> networks_of(std::vector<std::string> const& texts, std::string_view setting)
{
    std::vector<Network> networks;
    for (auto const& text : texts) {
        auto network = Network::from(text);
        if (!network)
            return broken(std::string(setting) + ": not an address block: " + text);
        networks.push_back(*network);
    }
    return networks;
}

}

class Server::Parts {
public:
    Parts(Settings settings, Router const& router, time::Clock const& clock, Metrics& metrics)
        : m_shared { std::move(settings), router, clock, metrics }
    {
    }
    ~Parts() { stop(); }
    Parts(Parts const&) = delete;
    Parts& operator=(Parts const&) = delete;

    Result<void> open();
    void start();
    void run();
    void stop();

    Shared m_shared;
    std::uint16_t m_port = 0;
    std::uint16_t m_internal_port = 0;

private:
    struct Listener {
        Tcp::acceptor acceptor;
        net::steady_timer pause;
        Door door;
    };

    Result<Tcp::endpoint> listen(std::string const& address, Door);
    Result<void> name_site();
    void open_pools();
    void accept(Listener&);
    void admit(Tcp::socket, Door, Loop&);
    bool count_in(std::string const& block);
    void count_out(std::string const& block);
    void sweep(Loop&);
    void watchdog(SteadyTime now);

    std::vector<std::unique_ptr<Loop>> m_loops;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::size_t m_next_loop = 0;                ///< of the first loop's thread
    SteadyTime m_last_watchdog {};
    std::mutex m_mutex;                         ///< guards m_blocks
    std::map<std::string, std::size_t> m_blocks;
    bool m_running = false;
};

Result<void> Server::Parts::open()
{
    auto& settings = m_shared.settings;
    if (settings.limits.connections == 0)
        settings.limits = TRY(embedded_limits());
    if (settings.listen.empty() || settings.io_threads < 1 || settings.web_workers < 1 || settings.public_workers < 1
        || settings.password_workers < 1)
        return broken("server: addresses or threads are not set");
    m_shared.trusted = TRY(networks_of(settings.trusted_proxies, "trusted_proxies"));
    m_shared.uncounted = TRY(networks_of(settings.uncounted, "uncounted"));
    m_shared.uncounted.insert(m_shared.uncounted.end(), m_shared.trusted.begin(), m_shared.trusted.end());
    m_shared.folder = TRY(TemporaryFolder::create(settings.temporary_folder, settings.limits));
    for (int count = 0; count < settings.io_threads; ++count)
        m_loops.push_back(std::make_unique<Loop>());
    bool loopback = true;
    for (auto const& address : settings.listen) {
        auto endpoint = TRY(listen(address, Door::Public));
        loopback = loopback && address_of(endpoint).is_loopback();
        m_port = m_port == 0 ? endpoint.port() : m_port;
    }
    if (!settings.internal_listen.empty()) {
        auto endpoint = TRY(listen(settings.internal_listen, Door::Internal));
        m_internal_port = endpoint.port();
        if (!address_of(endpoint).is_loopback())
            return broken("internal_listen: only a loopback address");
    }
    if (settings.public_url.empty() && !loopback)
        return broken("public_url: needed to listen on an address that is not loopback");
    TRY_VOID(name_site());
    return {};
}

Result<Tcp::endpoint> Server::Parts::listen(std::string const& address, Door door)
{
    auto endpoint = endpoint_of(address);
    if (!endpoint)
        return broken("listen: not an address with a port: " + address);
    auto& io = m_loops.front()->io;
    auto listener = std::make_unique<Listener>(Listener { Tcp::acceptor { io }, net::steady_timer { io }, door });
    Error error;
    listener->acceptor.open(endpoint->protocol(), error);
    if (!error)
        listener->acceptor.set_option(net::socket_base::reuse_address(true), error);
    if (!error)
        listener->acceptor.bind(*endpoint, error);
    if (!error)
        listener->acceptor.listen(net::socket_base::max_listen_connections, error);
    if (error)
        return broken("listen: " + address + ": " + error.message());
    auto bound = listener->acceptor.local_endpoint();
    m_listeners.push_back(std::move(listener));
    return bound;
}

/// Which names and origins are ours.
Result<void> Server::Parts::name_site()
{
    auto url = m_shared.settings.public_url;
    while (url.ends_with('/'))
        url.pop_back();
    if (!url.empty()) {
        auto begin = url.find("://");
        auto scheme = url.substr(0, begin);
        auto host = begin == std::string::npos ? std::string {} : url.substr(begin + 3);
        if ((scheme != "https" && scheme != "http") || host.empty() || host.find('/') != std::string::npos)
            return broken("public_url: must be like https://hub.example.go.id");
        m_shared.public_url = url;
        m_shared.origins = { url };
        m_shared.hosts = { host };
        return {};
    }
    auto port = ":" + std::to_string(m_port);
    auto bound = m_listeners.front()->acceptor.local_endpoint().address();
    auto host = (bound.is_v6() ? "[" + bound.to_string() + "]" : bound.to_string()) + port;
    m_shared.hosts = { host };
    m_shared.aliases = { "localhost" + port };
    m_shared.public_url = "http://" + host;
    m_shared.origins = { m_shared.public_url };
    return {};
}

void Server::Parts::open_pools()
{
    auto const& settings = m_shared.settings;
    auto open = [this](Pool pool, int workers, std::size_t most_waiting, std::string name, std::string who) {
        auto& made = m_shared.workers[static_cast<std::size_t>(pool)];
        made = std::make_unique<WorkerPool>(static_cast<std::size_t>(workers), most_waiting);
        m_shared.metrics.add_gauge("kpuhub_waiting_" + name, who + " that wait for a worker.", [&made] { return double(made->waiting()); });
    };
    open(Pool::Web, settings.web_workers, settings.limits.waiting_requests, "requests", "Requests");
    open(Pool::Public, settings.public_workers, settings.limits.waiting_public, "public", "Requests of public pages");
    open(Pool::Passwords, settings.password_workers, settings.limits.waiting_passwords, "passwords", "Sign-ins and other hashing requests");
    open(Pool::Uploads, settings.upload_workers, settings.limits.waiting_uploads, "uploads", "Requests with files");
}

void Server::Parts::start()
{
    open_pools();
    m_shared.files = std::make_unique<WorkerPool>(file_workers, most_waiting_files);
    m_shared.streams = std::make_unique<WorkerPool>(stream_workers, most_waiting_files);
    m_shared.metrics.add_gauge("kpuhub_connections", "Open connections.", [this] { return double(m_shared.connections.load()); });
    for (auto& listener : m_listeners)
        accept(*listener);
    m_running = true;
    for (auto& loop : m_loops) {
        sweep(*loop);
        loop->thread = std::thread([&loop = *loop] { loop.io.run(); });
    }
    notify_systemd("READY=1");
}

void Server::Parts::run()
{
    net::io_context io { 1 };
    net::signal_set signals { io, SIGTERM, SIGINT };
    signals.async_wait([](Error, int) {});
    start();
    io.run();
    stop();
}

/// New connections go to the loops in turn.
void Server::Parts::accept(Listener& listener)
{
    auto& loop = *m_loops[m_next_loop++ % m_loops.size()];
    listener.acceptor.async_accept(loop.io, [this, &listener, &loop](Error error, Tcp::socket socket) {
        if (error == net::error::operation_aborted || m_shared.draining)
            return;
        if (!error) {
            net::post(loop.io, [this, &loop, door = listener.door, socket = std::move(socket)]() mutable {
                admit(std::move(socket), door, loop);
            });
            accept(listener);
            return;
        }
        listener.pause.expires_after(accept_pause);
        listener.pause.async_wait([this, &listener](Error cancelled) {
            if (!cancelled)
                accept(listener);
        });
    });
}

void Server::Parts::admit(Tcp::socket socket, Door door, Loop& loop)
{
    Error error;
    auto endpoint = socket.remote_endpoint(error);
    if (error || m_shared.draining)
        return;
    auto peer = address_of(endpoint);
    auto block = any_holds(m_shared.uncounted, peer) ? std::string {} : block_of(peer);
    if (!count_in(block)) {
        auto answer = bare_answer(503, m_shared.clock);
        socket.non_blocking(true, error);
        socket.write_some(net::buffer(answer.head + answer.body), error);
        return;
    }
    auto session = std::make_shared<Session>(std::move(socket), peer, door, loop, m_shared, [this, block] { count_out(block); });
    session->start();
}

bool Server::Parts::count_in(std::string const& block)
{
    auto const& limits = m_shared.settings.limits;
    std::lock_guard lock { m_mutex };
    if (m_shared.connections >= limits.connections)
        return false;
    if (!block.empty()) {
        auto& count = m_blocks[block];
        if (count >= limits.connections_per_block)
            return false;
        ++count;
    }
    ++m_shared.connections;
    return true;
}

void Server::Parts::count_out(std::string const& block)
{
    std::lock_guard lock { m_mutex };
    --m_shared.connections;
    if (auto found = m_blocks.find(block); found != m_blocks.end() && --found->second == 0)
        m_blocks.erase(found);
}

void Server::Parts::sweep(Loop& loop)
{
    loop.sweep.expires_after(sweep_rhythm);
    loop.sweep.async_wait([this, &loop](Error error) {
        if (error)
            return;
        auto now = std::chrono::steady_clock::now();
        loop.last_sweep = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
        std::vector<std::shared_ptr<Session>> sessions { loop.sessions.begin(), loop.sessions.end() };
        for (auto& session : sessions) {
            session->sweep(now);
            if (m_shared.draining)
                session->drain();
        }
        if (&loop == m_loops.front().get())
            watchdog(now);
        sweep(loop);
    });
}

/// Speaks for all loops: silent when one of them hangs.
void Server::Parts::watchdog(SteadyTime now)
{
    static auto const rhythm = watchdog_rhythm();
    if (!rhythm || now - m_last_watchdog < *rhythm)
        return;
    auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    for (auto const& loop : m_loops)
        if (loop->last_sweep != 0 && milliseconds - loop->last_sweep > rhythm->count())
            return;
    m_last_watchdog = now;
    notify_systemd("WATCHDOG=1");
}

void Server::Parts::stop()
{
    if (!m_running)
        return;
    m_running = false;
    notify_systemd("STOPPING=1");
    m_shared.draining = true;
    net::post(m_loops.front()->io, [this] {
        for (auto& listener : m_listeners) {
            Error ignored;
            listener->acceptor.close(ignored);
            listener->pause.cancel();
        }
    });
    for (auto& loop : m_loops)
        net::post(loop->io, [&loop = *loop] {
            std::vector<std::shared_ptr<Session>> sessions { loop.sessions.begin(), loop.sessions.end() };
            for (auto& session : sessions)
                session->drain();
        });
    auto end = std::chrono::steady_clock::now() + m_shared.settings.limits.drain;
    while (m_shared.connections > 0 && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds { 10 });
    for (auto& workers : m_shared.workers)
        workers->stop();
    m_shared.files->stop();
    m_shared.streams->stop();
    for (auto& loop : m_loops)
        loop->io.stop();
    for (auto& loop : m_loops)
        loop->thread.join();
    for (auto& loop : m_loops)
        loop->sessions.clear();
}

Server::Server(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::create(Settings settings, Router const& router, time::Clock const& clock, Metrics& metrics)
{
    auto parts = std::make_unique<Parts>(std::move(settings), router, clock, metrics);
    TRY_VOID(parts->open());
    return std::unique_ptr<Server>(new Server(std::move(parts)));
}

void Server::start() { m_parts->start(); }
void Server::run() { m_parts->run(); }
void Server::stop() { m_parts->stop(); }
std::uint16_t Server::port() const { return m_parts->m_port; }
std::uint16_t Server::internal_port() const { return m_parts->m_internal_port; }
std::string const& Server::public_url() const { return m_parts->m_shared.public_url; }
std::vector<std::string> const& Server::origins() const { return m_parts->m_shared.origins; }

}
