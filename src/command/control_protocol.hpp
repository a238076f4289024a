#pragma once
#include "core/result.hpp"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::command {

/// One command asked of the running server: a line of JSON, then the bytes of the file that it reads.
///     {"kpuhub":1,"words":["user","list","--unit","7571"],"folder":"/home/siti","file_bytes":0}\n
struct ControlRequest {
    std::vector<std::string> words;
    std::string folder;                 ///< where the command was typed: its relative paths stand below it
    std::int64_t file_bytes = 0;
};

/// Its answer: one line of JSON.
struct ControlAnswer {
    int code = 0;                       ///< exit code
    std::string out;
    std::string err;
};

constexpr std::size_t control_line_bytes = 64 * 1024;
constexpr std::int64_t control_file_bytes = 50 << 20;       ///< as an upload
constexpr std::size_t control_answer_bytes = 16 << 20;

/// Path of the socket as bind and connect take it: a long data folder is reached through its descriptor.
class ControlPath {
public:
    explicit ControlPath(std::string const& data_folder);
    ControlPath(ControlPath const&) = delete;
    ControlPath& operator=(ControlPath const&) = delete;
    ~ControlPath();
    [[nodiscard]] std::string const& text() const { return m_text; }

private:
    int m_folder;
    std::string m_text;
};

std::string request_line(ControlRequest const&);
/// Errors: Invalid "control.request" for what is no request of this program.
Result<ControlRequest> read_request_line(std::string_view);
std::string answer_line(ControlAnswer const&);
/// Errors: Broken.
Result<ControlAnswer> read_answer_line(std::string_view);

/// Whether a peer with this user id may command a server that runs as `own`: the same account, or root.
bool may_command(std::uint32_t peer, std::uint32_t own);

/// All bytes, in pieces. False when the other end is gone.
bool send_all(int socket, std::string_view bytes);
/// Up to and with the first line end, never more; what came behind it stays in the socket. Empty when there was none
/// within `most` bytes or the time of the socket.
std::string receive_line(int socket, std::size_t most);

}
