#pragma once
#include "command/control_protocol.hpp"
#include "command/settings.hpp"
#include "storage/blob_store.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <atomic>
#include <memory>
#include <thread>

namespace kpuhub::command {

/// Listens on data/control.sock (mode 0600; the peer's user id is checked) for commands that write, and runs them one after
/// another with the server's own database (security.md 2). Everything handed in outlives it.
class ControlServer {
public:
    struct Parts {
        Settings const& settings;
        storage::Database& database;
        storage::BlobStore& blobs;
        time::Clock const& clock;
    };
    /// Errors: Broken when the socket cannot be made.
    static Result<std::unique_ptr<ControlServer>> create(Parts);
    /// Waits for the command that runs.
    ~ControlServer();
    ControlServer(ControlServer const&) = delete;
    ControlServer& operator=(ControlServer const&) = delete;

private:
    ControlServer(Parts parts, int listener);
    void listen();
    void serve(int peer);

    Parts m_parts;
    int m_listener;
    std::atomic<bool> m_ending { false };
    std::thread m_thread;
};

/// Runs one request; `input` is the file that came with it. Only commands that may run inside the server are known here.
ControlAnswer run_command(ControlServer::Parts const&, ControlRequest const&, std::string const& input);

}
