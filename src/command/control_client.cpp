#include "command/control_client.hpp"
#include "command/secret_file.hpp"
#include "command/upkeep.hpp"
#include <cstring>
#include <filesystem>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace kpuhub::command {

namespace {

class Socket {
public:
    Socket() : m_number(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
    Socket(Socket const&) = delete;
    Socket& operator=(Socket const&) = delete;
    ~Socket()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

bool connect_to(Socket const& socket, std::string const& data_folder)
{
    ControlPath const path { data_folder };
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.text().c_str(), sizeof(address.sun_path) - 1);
    return socket.number() >= 0 && ::connect(socket.number(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
}

}

Result<ControlAnswer> ask_server(std::string const& data_folder, std::vector<std::string> const& words, std::string const& file)
{
    std::string bytes;
    if (!file.empty()) {
        auto found = bytes_of_file(file);
        if (!found || static_cast<std::int64_t>(found->size()) > control_file_bytes)
            return invalid_because("control.file", file);
        bytes = std::move(*found);
    }
    Socket const socket;
    if (!connect_to(socket, data_folder))
        return not_found("control.nobody");
    std::error_code failed;
    auto const line = request_line({ words, std::filesystem::current_path(failed).string(), static_cast<std::int64_t>(bytes.size()) });
    if (line.size() > control_line_bytes)
        return invalid("control.request");
    if (!send_all(socket.number(), line) || !send_all(socket.number(), bytes))
        return broken("the server broke off");
    return read_answer_line(receive_line(socket.number(), control_answer_bytes));
}

}
