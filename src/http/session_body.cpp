#include "http/session.hpp"
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>

namespace kpuhub::http {

namespace {

constexpr std::size_t body_piece_bytes = 32 * 1024;

/// The client broke the rules of chunks or lengths, as opposed to having gone away.
bool is_framing_error(boost::system::error_code const& error)
{
    namespace http = boost::beast::http;
    return error.category() == make_error_code(http::error::bad_chunk).category() && error != http::error::partial_message
        && error != http::error::end_of_stream;
}

}

/// Large bodies are read only for who may send them, which a worker finds out.
void Session::ask_admission()
{
    enter(Phase::Working, m_shared.settings.limits.handler);
    auto posted = workers_of(m_shared, m_exchange->pool()).post([self = shared_from_this(), exchange = m_exchange, turn = m_turn]() mutable {
        bool admitted = exchange->admit_upload();
        auto executor = self->m_socket.get_executor();
        net::post(executor, [self = std::move(self), admitted, turn] {
            if (self->m_phase != Phase::Working || self->m_turn != turn)
                return;
            admitted ? self->begin_body() : self->work();
        });
    });
    if (!posted)
        send_bare(503);
}

void Session::begin_body()
{
    if (!m_unread_body) {
        work();
        return;
    }
    m_body_began = std::chrono::steady_clock::now();
    m_received = 0;
    m_phase = Phase::Body;
    if (!m_exchange->expects_continue() || m_buffer.size() > 0) {
        read_body();
        return;
    }
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    m_deadline = m_body_began + m_shared.settings.limits.rate_grace;
    net::async_write(m_socket, net::buffer(go_on), [self = shared_from_this()](Error error, std::size_t) {
        if (error || self->m_phase != Phase::Body)
            return self->close();
        self->read_body();
    });
}

/// The deadline moves with what has come: the grace, and then never slower than the rate.
void Session::read_body()
{
    auto const& limits = m_shared.settings.limits;
    auto due = (m_received + static_cast<std::int64_t>(body_piece_bytes)) * 1000 / static_cast<std::int64_t>(limits.upload_rate);
    m_deadline = m_body_began + limits.rate_grace + std::chrono::milliseconds { due };
    m_piece.resize(body_piece_bytes);
    auto& body = m_parser->get().body();
    body.data = m_piece.data();
    body.size = m_piece.size();
    body.more = true;
    boost::beast::http::async_read(m_socket, m_buffer, *m_parser,
        [self = shared_from_this()](Error error, std::size_t) { self->on_body_bytes(error); });
}

void Session::on_body_bytes(Error error)
{
    if (m_phase != Phase::Body)
        return;
    if (m_timed_out) {
        m_exchange->refuse(408, "http.slow");
        work();
        return;
    }
    if (error && error != boost::beast::http::error::need_buffer) {
        is_framing_error(error) ? send_bare(400) : close();
        return;
    }
    auto bytes = m_piece.size() - m_parser->get().body().size;
    m_received += static_cast<std::int64_t>(bytes);
    if (m_received > m_exchange->body_limit()) {
        m_exchange->refuse(413, "http.form.too_large");
        work();
        return;
    }
    if (!m_exchange->writes_files()) {
        after_piece(m_exchange->take({ m_piece.data(), bytes }));
        return;
    }
    auto posted = m_shared.files->post([self = shared_from_this(), exchange = m_exchange, bytes]() mutable {
        bool taken = exchange->take({ self->m_piece.data(), bytes });
        auto executor = self->m_socket.get_executor();
        net::post(executor, [self = std::move(self), taken] {
            if (self->m_phase == Phase::Body)
                self->after_piece(taken);
        });
    });
    if (!posted)
        send_bare(503);
}

void Session::after_piece(bool taken)
{
    if (taken && m_timed_out)
        m_exchange->refuse(408, "http.slow");
    if (!taken || m_timed_out) {
        work();
    } else if (m_parser->is_done()) {
        m_unread_body = false;
        work();
    } else {
        read_body();
    }
}

void Session::work()
{
    enter(Phase::Working, m_shared.settings.limits.handler);
    if (m_shared.draining)
        m_exchange->close_after();
    auto& workers = workers_of(m_shared, m_exchange->pool());
    auto posted = workers.post([self = shared_from_this(), exchange = std::move(m_exchange), turn = m_turn]() mutable {
        auto answer = std::make_shared<Answer>(exchange->answer());
        exchange.reset();
        auto executor = self->m_socket.get_executor();
        net::post(executor, [self = std::move(self), answer = std::move(answer), turn]() mutable {
            if (self->m_phase == Phase::Working && self->m_turn == turn)
                self->send(std::move(answer));
        });
    });
    if (!posted)
        send_bare(503);
}

}
