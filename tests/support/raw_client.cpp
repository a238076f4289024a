#include "support/raw_client.hpp"
#include <arpa/inet.h>
#include <array>
#include <cstdlib>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace kpuhub::testing {

using Clock = std::chrono::steady_clock;

RawClient::RawClient(std::uint16_t port) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (m_socket < 0 || ::connect(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot connect");
}

RawClient::~RawClient() { ::close(m_socket); }

bool RawClient::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawClient::read_some(Clock::time_point end)
{
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd waiting { m_socket, POLLIN, 0 };
    if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0)
        return false;
    std::array<char, 16384> buffer;
    auto bytes = ::recv(m_socket, buffer.data(), buffer.size(), 0);
    if (bytes <= 0)
        return false;
    m_arrived.append(buffer.data(), static_cast<std::size_t>(bytes));
    return true;
}

std::string RawClient::read_all(std::chrono::milliseconds most)
{
    auto end = Clock::now() + most;
    while (read_some(end)) { }
    return std::exchange(m_arrived, {});
}

std::string RawClient::read_answer(bool head, std::chrono::milliseconds most)
{
    auto end = Clock::now() + most;
    std::size_t head_end = 0;
    while ((head_end = m_arrived.find("\r\n\r\n")) == std::string::npos)
        if (!read_some(end))
            return std::exchange(m_arrived, {});
    auto length = m_arrived.find("Content-Length: ");
    auto size = head_end + 4;
    if (!head && length < head_end)
        size += std::strtoul(m_arrived.c_str() + length + 16, nullptr, 10);
    while (m_arrived.size() < size)
        if (!read_some(end))
            return std::exchange(m_arrived, {});
    auto answer = m_arrived.substr(0, size);
    m_arrived.erase(0, size);
    return answer;
}

bool RawClient::is_closed(std::chrono::milliseconds within)
{
    auto end = Clock::now() + within;
    while (read_some(end)) { }
    std::array<char, 1> buffer;
    return ::recv(m_socket, buffer.data(), 1, MSG_DONTWAIT) == 0;
}

int status_in(std::string_view answer)
{
    return answer.starts_with("HTTP/1.1 ") && answer.size() > 12 ? std::atoi(std::string(answer.substr(9, 3)).c_str()) : 0;
}

std::string body_in(std::string_view answer)
{
    auto end = answer.find("\r\n\r\n");
    return end == std::string_view::npos ? std::string {} : std::string(answer.substr(end + 4));
}

}
