#include "http/session.hpp"
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <unistd.h>

namespace kpuhub::http {

namespace {

constexpr std::size_t first_read_bytes = 2048;          // a usual head; grows when more comes
constexpr std::size_t file_piece_bytes = 64 * 1024;
constexpr std::chrono::milliseconds linger_time { 1000 };
constexpr std::chrono::milliseconds linger_time_of_refused_body { 5000 };
constexpr std::int64_t linger_bytes = 8 * 1024 * 1024;

std::chrono::milliseconds at_rate(std::int64_t bytes, std::size_t bytes_a_second)
{
    return std::chrono::milliseconds { bytes * 1000 / static_cast<std::int64_t>(bytes_a_second) };
}

/// What a stream throws ends its connection, never the worker.
Result<std::string> next_piece(BodyStream& stream)
{
    try {
        return stream.next();
    } catch (std::exception const& error) {
        return broken(std::string { "a streamed body: " } + error.what());
    }
}

}

Session::Session(Tcp::socket socket, Address const& peer, Door door, Loop& loop, Shared& shared, std::function<void()> on_close)
    : m_socket(std::move(socket)), m_peer(peer), m_door(door), m_loop(loop), m_shared(shared), m_on_close(std::move(on_close))
{
}

Session::~Session() = default;

void Session::start()
{
    Error ignored;
    m_socket.set_option(Tcp::no_delay(true), ignored);
    m_socket.non_blocking(true, ignored);
    m_loop.sessions.insert(shared_from_this());
    wait_for_request();
}

void Session::enter(Phase phase, std::chrono::milliseconds allowed)
{
    m_phase = phase;
    m_deadline = std::chrono::steady_clock::now() + allowed;
}

void Session::sweep(SteadyTime now)
{
    if (now < m_deadline)
        return;
    switch (m_phase) {
    case Phase::Head:
    case Phase::Body: {
        m_timed_out = true;
        Error ignored;
        m_socket.cancel(ignored);
        return;
    }
    case Phase::Working:
        ++m_turn;
        send_bare(503);
        return;
    case Phase::Idle:
    case Phase::Writing:
    case Phase::Lingering: close(); return;
    case Phase::Closed: return;
    }
}

void Session::drain()
{
    if (m_phase == Phase::Idle)
        close();
}

/// An idle connection holds no buffer: it is told when something can be read, and only then makes one.
void Session::wait_for_request()
{
    m_exchange.reset();
    m_parser.reset();
    m_head.reset();
    m_timed_out = false;
    m_received = 0;
    if (m_buffer.size() > 0) {
        enter(Phase::Head, m_shared.settings.limits.header);
        scan_head();
        return;
    }
    if (m_shared.draining) {
        close();
        return;
    }
    m_buffer = {};
    std::string {}.swap(m_piece);
    enter(Phase::Idle, m_shared.settings.limits.idle);
    m_socket.async_wait(Tcp::socket::wait_read, [self = shared_from_this()](Error error) {
        if (error || self->m_phase != Phase::Idle)
            return self->close();
        self->enter(Phase::Head, self->m_shared.settings.limits.header);
        self->read_head();
    });
}

void Session::read_head()
{
    m_socket.async_read_some(m_buffer.prepare(first_read_bytes),
        [self = shared_from_this()](Error error, std::size_t bytes) { self->on_head_bytes(error, bytes); });
}

void Session::on_head_bytes(Error error, std::size_t bytes)
{
    if (m_phase != Phase::Head)
        return;
    if (m_timed_out) {
        m_buffer.size() > 0 ? send_bare(408) : close();
        return;
    }
    if (error) {
        close();
        return;
    }
    m_buffer.commit(bytes);
    scan_head();
}

void Session::scan_head()
{
    auto data = m_buffer.cdata();
    std::string_view arrived { static_cast<char const*>(data.data()), data.size() };
    auto end = find_head_end(arrived, m_shared.settings.limits);
    if (auto* refusal = std::get_if<Refusal>(&end)) {
        m_unread_body = true;
        send_bare(refusal->status);
    } else if (auto* position = std::get_if<std::size_t>(&end)) {
        take_head(*position);
    } else {
        read_head();
    }
}

/// Two readers look at the head, ours and Beast's, and both must find it right.
void Session::take_head(std::size_t end)
{
    auto data = m_buffer.cdata();
    auto head = http::read_head({ static_cast<char const*>(data.data()), end }, m_shared.settings.limits);
    if (auto* refusal = std::get_if<Refusal>(&head)) {
        m_unread_body = true;
        send_bare(refusal->status);
        return;
    }
    m_head = std::make_unique<Head>(std::move(std::get<Head>(head)));
    m_parser = std::make_unique<BodyParser>();
    m_parser->header_limit(static_cast<std::uint32_t>(m_shared.settings.limits.header_bytes + 1));
    m_parser->body_limit(boost::none);
    Error error;
    m_parser->put(net::buffer(data.data(), end), error);
    if ((error && error != boost::beast::http::error::need_buffer) || !m_parser->is_header_done()) {
        m_unread_body = true;
        send_bare(400);
        return;
    }
    m_buffer.consume(end);
    begin_exchange();
}

void Session::begin_exchange()
{
    ++m_turn;
    m_unread_body = m_head->has_body();
    if (auto probe = answer_probe(m_shared, m_door, *m_head)) {
        probe->close = probe->close || m_unread_body;
        send(std::make_shared<Answer>(std::move(*probe)));
        return;
    }
    m_exchange = std::make_shared<Exchange>(m_shared, std::move(*m_head), m_peer);
    m_head.reset();
    if (!m_exchange->admit_head())
        work();
    else if (m_exchange->needs_admission())
        ask_admission();
    else
        begin_body();
}

void Session::send_bare(int status)
{
    m_shared.settings.log.access({ "", "-", "-", status, 0, 0, 0, 0, block_of(m_peer) });
    m_shared.metrics.answered("-", status, 0);
    send(std::make_shared<Answer>(bare_answer(status, m_shared.clock)));
}

void Session::send(std::shared_ptr<Answer> answer)
{
    m_answer = std::move(answer);
    m_file_sent = 0;
    auto const& limits = m_shared.settings.limits;
    enter(Phase::Writing, limits.rate_grace + at_rate(static_cast<std::int64_t>(m_answer->body.size()), limits.answer_rate));
    std::array<net::const_buffer, 2> buffers { net::buffer(m_answer->head), net::buffer(m_answer->body) };
    net::async_write(m_socket, buffers, [self = shared_from_this()](Error error, std::size_t) { self->on_head_written(error); });
}

void Session::on_head_written(Error error)
{
    if (m_phase != Phase::Writing)
        return;
    if (error)
        close();
    else if (m_file_sent < m_answer->file_bytes)
        read_file_piece();
    else if (m_answer->stream)
        make_piece();
    else
        after_answer();
}

/// The disk is read by the file workers, so that a slow disk holds no other connection.
void Session::read_file_piece()
{
    auto const& limits = m_shared.settings.limits;
    enter(Phase::Writing, limits.rate_grace + at_rate(file_piece_bytes, limits.answer_rate));
    auto posted = m_shared.files->post([self = shared_from_this(), answer = m_answer, offset = m_file_sent]() mutable {
        auto piece = std::make_shared<std::string>(file_piece_bytes, '\0');
        auto wanted = std::min(static_cast<std::int64_t>(file_piece_bytes), answer->file_bytes - offset);
        auto bytes = ::pread(answer->file.number(), piece->data(), static_cast<std::size_t>(wanted), offset);
        piece->resize(bytes > 0 ? static_cast<std::size_t>(bytes) : 0);
        auto executor = self->m_socket.get_executor();
        net::post(executor, [self = std::move(self), piece] {
            if (self->m_phase != Phase::Writing || piece->empty())
                return self->close();
            self->m_file_sent += static_cast<std::int64_t>(piece->size());
            net::async_write(self->m_socket, net::buffer(*piece),
                [self, piece](Error error, std::size_t) { self->on_head_written(error); });
        });
    });
    if (!posted)
        close();
}

/// The next piece is made only when the last one has left: a slow reader waits for itself alone.
void Session::make_piece()
{
    enter(Phase::Writing, m_shared.settings.limits.handler);
    auto posted = m_shared.streams->post([self = shared_from_this(), answer = m_answer]() mutable {
        auto piece = std::make_shared<Result<std::string>>(next_piece(*answer->stream));
        auto executor = self->m_socket.get_executor();
        net::post(executor, [self = std::move(self), answer = std::move(answer), piece] {
            if (self->m_phase == Phase::Writing && self->m_answer == answer)
                self->take_piece(std::move(*piece));
        });
    });
    if (!posted)
        close();
}

void Session::take_piece(Result<std::string> made)
{
    if (!made)
        return close();
    bool const last = made->empty();
    if (!m_answer->chunked && last)
        return after_answer();
    auto piece = std::make_shared<std::string>(!m_answer->chunked ? std::move(*made) : last ? chunk_of({}, m_answer->stream->trailer()) : chunk_of(*made));
    if (last)
        m_answer->stream.reset();
    auto const& limits = m_shared.settings.limits;
    enter(Phase::Writing, limits.rate_grace + at_rate(static_cast<std::int64_t>(piece->size()), limits.answer_rate));
    net::async_write(m_socket, net::buffer(*piece), [self = shared_from_this(), piece](Error error, std::size_t) { self->on_head_written(error); });
}

void Session::after_answer()
{
    bool last = m_answer->close || m_shared.draining;
    m_answer.reset();
    if (last)
        linger();
    else
        wait_for_request();
}

/// Ends our side and reads what still comes for a while: closing at once would make the kernel send RST, and the
/// client would lose the answer.
void Session::linger()
{
    if (m_phase != Phase::Lingering) {
        Error ignored;
        m_socket.shutdown(Tcp::socket::shutdown_send, ignored);
        enter(Phase::Lingering, m_unread_body ? linger_time_of_refused_body : linger_time);
        m_received = 0;
        m_piece.resize(first_read_bytes * 4);
    }
    m_socket.async_read_some(net::buffer(m_piece), [self = shared_from_this()](Error error, std::size_t bytes) {
        self->m_received += static_cast<std::int64_t>(bytes);
        if (error || self->m_phase != Phase::Lingering || self->m_received > linger_bytes)
            return self->close();
        self->linger();
    });
}

void Session::close()
{
    if (m_phase == Phase::Closed)
        return;
    m_phase = Phase::Closed;
    Error ignored;
    m_socket.close(ignored);
    m_on_close();
    m_loop.sessions.erase(shared_from_this());
}

}
