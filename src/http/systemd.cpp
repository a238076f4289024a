#include "http/systemd.hpp"
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace kpuhub::http {

void notify_systemd(std::string_view state)
{
    char const* path = std::getenv("NOTIFY_SOCKET");
    sockaddr_un address {};
    if (!path || (path[0] != '/' && path[0] != '@') || std::strlen(path) >= sizeof address.sun_path)
        return;
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, path);
    if (path[0] == '@')
        address.sun_path[0] = '\0';
    auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + std::strlen(path));
    int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return;
    [[maybe_unused]] auto sent = ::sendto(descriptor, state.data(), state.size(), MSG_NOSIGNAL,
        reinterpret_cast<sockaddr const*>(&address), length);
    ::close(descriptor);
}

std::optional<std::chrono::milliseconds> watchdog_rhythm()
{
    char const* text = std::getenv("WATCHDOG_USEC");
    auto microseconds = text ? std::strtoll(text, nullptr, 10) : 0;
    if (microseconds <= 0)
        return std::nullopt;
    return std::chrono::milliseconds { microseconds / 2000 };
}

}
