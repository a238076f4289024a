#include "command/control_server.hpp"
#include "storage/file.hpp"
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace kpuhub::command {

namespace {

constexpr timeval patience { 10, 0 };       // of a peer that does not send or take
constexpr auto socket_name = "/control.sock";

/// The file that came with a request, gone with this value.
class Arrived {
public:
    explicit Arrived(std::string const& folder) : m_path(folder + "/control.XXXXXX"), m_file(::mkostemp(m_path.data(), O_CLOEXEC)) {}
    Arrived(Arrived const&) = delete;
    Arrived& operator=(Arrived const&) = delete;
    ~Arrived()
    {
        if (m_file < 0)
            return;
        ::close(m_file);
        ::unlink(m_path.c_str());
    }
    [[nodiscard]] std::string const& path() const { return m_path; }

    bool receive(int peer, std::int64_t bytes) const
    {
        std::array<char, 65536> part {};
        while (m_file >= 0 && bytes > 0) {
            auto const got = ::recv(peer, part.data(), std::min<std::size_t>(part.size(), static_cast<std::size_t>(bytes)), 0);
            if (got < 0 && errno == EINTR)
                continue;
            if (got <= 0 || ::write(m_file, part.data(), static_cast<std::size_t>(got)) != got)
                return false;
            bytes -= got;
        }
        return m_file >= 0;
    }

private:
    std::string m_path;
    int m_file;
};

bool is_own(int peer)
{
    ucred credentials {};
    socklen_t length = sizeof(credentials);
    return ::getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 && may_command(credentials.uid, ::geteuid());
}

}

Result<std::unique_ptr<ControlServer>> ControlServer::create(Parts parts)
{
    auto const& folder = parts.settings.data;
    ControlPath const path { folder };
    ::unlink((folder + socket_name).c_str());       // of a server that was killed; the folder's lock is ours
    int const listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.text().c_str(), sizeof(address.sun_path) - 1);
    auto const mask = ::umask(0177);
    bool const bound = listener >= 0 && ::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    ::umask(mask);
    constexpr int in_line = 8;
    if (!bound || ::chmod((folder + socket_name).c_str(), 0600) != 0 || ::listen(listener, in_line) != 0) {
        if (listener >= 0)
            ::close(listener);
        return broken(std::string { "control.sock: " } + std::strerror(errno));
    }
    return std::unique_ptr<ControlServer> { new ControlServer { parts, listener } };
}

ControlServer::ControlServer(Parts parts, int listener) : m_parts(parts), m_listener(listener), m_thread([this] { listen(); }) {}

ControlServer::~ControlServer()
{
    m_ending = true;
    m_thread.join();
    ::close(m_listener);
    ::unlink((m_parts.settings.data + socket_name).c_str());
}

void ControlServer::listen()
{
    constexpr int look_again_ms = 200;
    while (!m_ending) {
        pollfd wait { m_listener, POLLIN, 0 };
        if (::poll(&wait, 1, look_again_ms) <= 0)
            continue;
        int const peer = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (peer < 0)
            continue;
        ::setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        ::setsockopt(peer, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
        if (is_own(peer))
            serve(peer);
        ::close(peer);
    }
}

void ControlServer::serve(int peer)
{
    auto const request = read_request_line(receive_line(peer, control_line_bytes));
    if (!request)
        return;
    Arrived const file { m_parts.settings.data };
    if (!file.receive(peer, request->file_bytes))
        return;
    auto const answer = run_command(m_parts, *request, file.path());
    spdlog::info(R"({{"event":"control","command":"{}","code":{}}})", answer.code == 64 ? "-" : request->words.front(), answer.code);
    (void)send_all(peer, answer_line(answer));
}

}
