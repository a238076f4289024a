#pragma once
// Only session.cpp, session_body.cpp and server.cpp include this file: it is the one that sees Boost.Beast.
#include "http/exchange.hpp"
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <chrono>
#include <memory>
#include <thread>
#include <unordered_set>

namespace kpuhub::http {

namespace net = boost::asio;
using Tcp = net::ip::tcp;
using SteadyTime = std::chrono::steady_clock::time_point;

class Session;

/// One I/O thread with the connections that belong to it. Deadlines are kept by a sweep instead of a timer for each
/// connection: half a second of precision, no cost for an idle connection.
struct Loop {
    net::io_context io { 1 };
    net::steady_timer sweep { io };
    std::unordered_set<std::shared_ptr<Session>> sessions;      ///< touched by the loop's thread only
    std::atomic<std::int64_t> last_sweep { 0 };                 ///< steady milliseconds; for the watchdog
    std::thread thread;
};

/// Which address a connection came in by.
enum class Door { Public, Internal };

/// Answers the small questions of the internal address and /healthz; nothing = not one of them.
std::optional<Answer> answer_probe(Shared&, Door, Head const&);

/// One connection: waits, reads a head, reads a body, waits for the handler, writes the answer, and again. Every method
/// runs on the thread of its loop.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(Tcp::socket, Address const& peer, Door, Loop&, Shared&, std::function<void()> on_close);
    ~Session();
    Session(Session const&) = delete;
    Session& operator=(Session const&) = delete;

    void start();
    /// Ends what has passed its deadline.
    void sweep(SteadyTime now);
    /// Closes the connection when it waits for a request; otherwise its next answer is its last.
    void drain();

private:
    enum class Phase { Idle, Head, Body, Working, Writing, Lingering, Closed };
    using BodyParser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;
    using Error = boost::system::error_code;

    void enter(Phase, std::chrono::milliseconds allowed);
    void wait_for_request();
    void read_head();
    void on_head_bytes(Error, std::size_t bytes);
    void scan_head();
    void take_head(std::size_t end);
    void begin_exchange();

    void ask_admission();
    void begin_body();
    void read_body();
    void on_body_bytes(Error);
    void after_piece(bool taken);
    void work();

    void send_bare(int status);
    void send(std::shared_ptr<Answer>);
    void on_head_written(Error);
    void read_file_piece();
    void make_piece();
    void take_piece(Result<std::string>);
    void after_answer();
    void linger();
    void close();

    Tcp::socket m_socket;
    Address m_peer;
    Door m_door;
    Loop& m_loop;
    Shared& m_shared;
    std::function<void()> m_on_close;
    Phase m_phase = Phase::Idle;
    bool m_timed_out = false;
    bool m_unread_body = false;
    SteadyTime m_deadline {};
    SteadyTime m_body_began {};
    std::int64_t m_received = 0;
    std::int64_t m_file_sent = 0;
    std::uint64_t m_turn = 0;           ///< counts requests: an answer that comes too late finds another number
    boost::beast::flat_buffer m_buffer;
    std::unique_ptr<BodyParser> m_parser;
    std::unique_ptr<Head> m_head;
    std::shared_ptr<Exchange> m_exchange;
    std::string m_piece;
    std::shared_ptr<Answer> m_answer;
};

}
