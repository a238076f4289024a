#include "command/control_protocol.hpp"
#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

namespace kpuhub::command {

using Json = nlohmann::json;

ControlPath::ControlPath(std::string const& data_folder)
    : m_folder(::open(data_folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC))
    , m_text("/proc/self/fd/" + std::to_string(m_folder) + "/control.sock")
{
}

ControlPath::~ControlPath()
{
    if (m_folder >= 0)
        ::close(m_folder);
}

static std::string line_of(Json const& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

std::string request_line(ControlRequest const& request)
{
    return line_of({ { "kpuhub", 1 }, { "words", request.words }, { "folder", request.folder }, { "file_bytes", request.file_bytes } });
}

Result<ControlRequest> read_request_line(std::string_view line)
{
    try {
        auto json = Json::parse(line);
        ControlRequest request { json.at("words").get<std::vector<std::string>>(), json.at("folder").get<std::string>(), json.at("file_bytes").get<std::int64_t>() };
        bool whole = json.at("kpuhub").get<int>() == 1 && !request.words.empty() && request.file_bytes >= 0 && request.file_bytes <= control_file_bytes;
        // A word with a NUL would end early where it becomes an argument.
        whole = whole && std::ranges::none_of(request.words, [](auto const& word) { return word.find('\0') != std::string::npos; });
        if (whole)
            return request;
    } catch (Json::exception const&) {
    }
    return invalid("control.request");
}

std::string answer_line(ControlAnswer const& answer)
{
    return line_of({ { "code", answer.code }, { "out", answer.out }, { "err", answer.err } });
}

Result<ControlAnswer> read_answer_line(std::string_view line)
{
    try {
        auto json = Json::parse(line);
        return ControlAnswer { json.at("code").get<int>(), json.at("out").get<std::string>(), json.at("err").get<std::string>() };
    } catch (Json::exception const&) {
        return broken("the server broke off");
    }
}

bool may_command(std::uint32_t peer, std::uint32_t own) { return peer == own || peer == 0; }

bool send_all(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::string receive_line(int socket, std::size_t most)
{
    std::string line;
    std::array<char, 4096> part {};
    while (line.size() < most) {
        // look first: what stands behind the line is not ours to take
        auto const seen = ::recv(socket, part.data(), std::min(part.size(), most - line.size()), MSG_PEEK);
        if (seen < 0 && errno == EINTR)
            continue;
        if (seen <= 0)
            return {};
        auto const end = std::find(part.begin(), part.begin() + seen, '\n');
        auto const length = end == part.begin() + seen ? seen : end - part.begin() + 1;
        if (::recv(socket, part.data(), static_cast<std::size_t>(length), 0) != length)
            return {};
        line.append(part.data(), static_cast<std::size_t>(length));
        if (line.back() == '\n')
            return line;
    }
    return {};
}

}
