#include "codec/tool.hpp"
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sys/wait.h>

namespace kpuhub::codec {

namespace {

double seconds_now()
{
    timespec now {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// posix_spawn does not write to the words.
std::vector<char*> pointers(std::vector<std::string> const& words)
{
    std::vector<char*> list;
    for (auto const& word : words)
        list.push_back(const_cast<char*>(word.c_str()));
    list.push_back(nullptr);
    return list;
}

/// 0 when it could not be started.
pid_t start(std::vector<std::string> const& words, std::string const& output, std::vector<std::string> const& environment)
{
    auto const arguments = pointers(words);
    auto const variables = pointers(environment);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    pid_t process = 0;
    auto const failed = posix_spawn(&process, words.front().c_str(), &files, nullptr, arguments.data(), variables.data());
    posix_spawn_file_actions_destroy(&files);
    return failed == 0 ? process : 0;
}

}

bool run_tool(std::vector<std::string> const& words, int also_good)
{
    auto const process = start(words, "/dev/null", {});
    int status = 0;
    if (process == 0 || waitpid(process, &status, 0) != process)
        return false;
    return WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == also_good);
}

Tool::Tool(std::vector<std::string> const& words, std::string const& output, double most_seconds, std::vector<std::string> const& environment)
    : m_process(start(words, output, environment)), m_until(seconds_now() + most_seconds)
{
    if (m_process == 0)
        m_state = State::Failed;
}

Tool::~Tool()
{
    if (m_state != State::Running)
        return;
    ::kill(m_process, SIGKILL);
    while (::waitpid(m_process, nullptr, 0) < 0 && errno == EINTR) { }
}

Tool::State Tool::look()
{
    int status = 0;
    if (m_state != State::Running)
        return m_state;
    if (::waitpid(m_process, &status, WNOHANG) == m_process)
        m_state = WIFEXITED(status) && WEXITSTATUS(status) == 0 ? State::Done : State::Failed;
    else if (seconds_now() > m_until) {
        ::kill(m_process, SIGKILL);
        ::waitpid(m_process, nullptr, 0);
        m_state = State::TooSlow;
    }
    return m_state;
}

Tool::State Tool::wait()
{
    for (long pause = 500'000; look() == State::Running; pause = std::min(pause * 2, 10'000'000L)) {
        timespec const length { 0, pause };
        ::nanosleep(&length, nullptr);
    }
    return m_state;
}

std::string read_whole(std::string const& path, std::size_t most_bytes)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    auto size = file ? static_cast<std::streamoff>(file.tellg()) : 0;
    if (size <= 0 || static_cast<std::size_t>(size) > most_bytes)
        return {};
    std::string bytes(static_cast<std::size_t>(size), '\0');
    file.seekg(0);
    file.read(bytes.data(), size);
    return file ? bytes : std::string {};
}

bool write_whole(std::string const& path, std::string_view bytes)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    return file.good();
}

}
