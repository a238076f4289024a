#include "http/systemd.hpp"
#include <array>
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace kpuhub::http;

TEST(Systemd, is_told_over_its_socket)
{
    auto path = "/tmp/kpuhub-notify-" + std::to_string(::getpid());
    int receiver = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, path.c_str());
    ASSERT_EQ(::bind(receiver, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    notify_systemd("READY=1");
    ::unsetenv("NOTIFY_SOCKET");
    notify_systemd("WATCHDOG=1");
    std::array<char, 64> bytes {};
    auto size = ::recv(receiver, bytes.data(), bytes.size(), MSG_DONTWAIT);
    EXPECT_EQ(std::string(bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0), "READY=1");
    EXPECT_LT(::recv(receiver, bytes.data(), bytes.size(), MSG_DONTWAIT), 0);
    ::close(receiver);
    ::unlink(path.c_str());
}

TEST(Systemd, watchdog_hears_from_us_twice_in_its_time)
{
    ::setenv("WATCHDOG_USEC", "30000000", 1);
    EXPECT_EQ(watchdog_rhythm(), std::chrono::seconds { 15 });
    ::unsetenv("WATCHDOG_USEC");
    EXPECT_EQ(watchdog_rhythm(), std::nullopt);
}
