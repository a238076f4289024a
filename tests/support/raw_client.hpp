#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace kpuhub::testing {

/// A TCP connection to 127.0.0.1 that sends exactly the bytes it is given.
class RawClient {
public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(RawClient const&) = delete;
    RawClient& operator=(RawClient const&) = delete;

    /// False when the other side has closed.
    bool send(std::string_view bytes);
    /// What comes until the other side closes or the time is over.
    std::string read_all(std::chrono::milliseconds most = std::chrono::seconds { 10 });
    /// One whole answer, by its Content-Length (no body for HEAD and 1xx, 204, 304).
    std::string read_answer(bool head = false, std::chrono::milliseconds most = std::chrono::seconds { 10 });
    /// Whether the other side closes within the time.
    bool is_closed(std::chrono::milliseconds within);

private:
    bool read_some(std::chrono::steady_clock::time_point end);

    int m_socket;
    std::string m_arrived;
};

/// "200" of "HTTP/1.1 200 OK"; 0 when there is none.
int status_in(std::string_view answer);
std::string body_in(std::string_view answer);

}
