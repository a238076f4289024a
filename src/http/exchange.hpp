#pragma once
#include "http/head.hpp"
#include "http/multipart.hpp"
#include "http/network.hpp"
#include "http/server.hpp"
#include "http/temporary_file.hpp"
#include "http/worker_pool.hpp"
#include <array>
#include <atomic>
#include <chrono>
#include <set>
#include <utility>

namespace kpuhub::http {

/// What all connections of a server share; built before the first and immutable but for its counters.
struct Shared {
    Settings settings;
    Router const& router;
    time::Clock const& clock;
    Metrics& metrics;
    std::string public_url {};
    std::vector<std::string> origins {};
    std::set<std::string, std::less<>> hosts {};
    std::set<std::string, std::less<>> aliases {};      ///< hosts that are led to public_url
    std::vector<Network> trusted {};
    std::vector<Network> uncounted {};
    std::shared_ptr<TemporaryFolder> folder {};
    std::array<std::unique_ptr<WorkerPool>, pools> workers {};  ///< handlers, by Pool
    std::unique_ptr<WorkerPool> files {};       ///< writes uploads, reads files to send
    std::unique_ptr<WorkerPool> streams {};     ///< makes the pieces of streamed bodies
    std::atomic<bool> draining { false };
    std::atomic<std::size_t> connections { 0 };
};

inline WorkerPool& workers_of(Shared& shared, Pool pool) { return *shared.workers[static_cast<std::size_t>(pool)]; }

/// An open file that closes itself.
class FileDescriptor {
public:
    explicit FileDescriptor(int number = -1) : m_number(number) {}
    ~FileDescriptor();
    FileDescriptor(FileDescriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
    FileDescriptor& operator=(FileDescriptor&&) noexcept;
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

/// An answer as bytes.
struct Answer {
    std::string head;
    std::string body;
    FileDescriptor file {};
    std::int64_t file_bytes = 0;
    std::shared_ptr<BodyStream> stream {};
    bool chunked = false;           ///< the pieces of the stream are chunks; otherwise the end of the connection ends them
    bool close = false;

    [[nodiscard]] std::int64_t bytes() const { return static_cast<std::int64_t>(body.size()) + file_bytes; }
};

/// One request on its way to its answer. Belongs to one thread at a time; knows no socket.
class Exchange {
public:
    Exchange(Shared&, Head, Address const& peer);

    /// Decides on the head alone (address, host, route, method, kind and length of the body). False when it is refused:
    /// then answer() gives the refusal and the body is not read.
    bool admit_head();
    /// Asks Settings::admit; false when it refused.
    bool admit_upload();
    [[nodiscard]] bool needs_admission() const;
    [[nodiscard]] bool writes_files() const { return m_multipart.has_value(); }
    [[nodiscard]] bool expects_continue() const;
    [[nodiscard]] std::int64_t body_limit() const { return m_body_limit; }
    [[nodiscard]] Head const& head() const { return m_head; }
    /// Whose workers are to run it; Web for what has no route.
    [[nodiscard]] Pool pool() const { return m_route ? m_route->pool : Pool::Web; }

    /// Takes the next piece of the body; false when it is refused.
    bool take(std::string_view piece);
    void refuse(int status, std::string_view key);
    void close_after() { m_close = true; }

    /// Reads the form, runs the handler, gives the answer as bytes and writes the log. On a worker.
    Answer answer();

private:
    bool read_target();
    bool read_body_kind();
    void read_client(Address const& peer);
    void refuse(Fault const&, int status);
    bool read_form();
    Answer serialize(Response);
    void write_body_length(Response const&, Answer&, std::string& head) const;
    static bool open_file(Response&, Answer&);
    void report(Answer const&, int status, std::int64_t cpu_microseconds, std::int64_t statements) const;

    Shared& m_shared;
    Head m_head;
    Request m_request;
    Route const* m_route = nullptr;
    std::int64_t m_body_limit = 0;
    RequestFiles m_files;
    std::optional<MultipartReader> m_multipart;
    std::string m_body;
    std::optional<Response> m_refusal;
    std::optional<Fault> m_fault;       ///< what the page of the refusal says; made on a worker
    bool m_body_read = true;            ///< false: the connection must end after the answer
    bool m_close = false;
    std::chrono::steady_clock::time_point m_started;
};

/// An answer to what never became a request: no page, no words, the connection ends.
Answer bare_answer(int status, time::Clock const&);

/// An answer of a text that needs no route (health, metrics).
Answer plain_answer(int status, std::string body, std::string_view type, bool close, time::Clock const&);

/// "Fri, 20 Nov 2026 22:10:29 GMT", made once a second for each thread.
std::string const& date_header(time::Instant);

std::string_view reason_phrase(int status);

/// A piece as a chunk of a body in chunks; the empty piece ends the body, with the fields behind it.
std::string chunk_of(std::string_view piece, std::vector<std::pair<std::string, std::string>> const& trailer = {});

}
