#include "storage/child.hpp"
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kpuhub::storage {

static std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> result;
    for (auto& text : texts)
        result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

static std::string read_tail(int descriptor)
{
    constexpr std::size_t kept = 4096;
    std::string text;
    std::array<char, 1024> piece {};
    for (;;) {
        auto length = ::read(descriptor, piece.data(), piece.size());
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            return text;
        text.append(piece.data(), static_cast<std::size_t>(length));
        if (text.size() > kept)
            text.erase(0, text.size() - kept);
    }
}

Result<EndedChild> run_child(std::vector<std::string> const& command, std::vector<std::string> environment)
{
    auto arguments = command;
    auto const* path = std::getenv("PATH");
    environment.push_back(std::string { "PATH=" } + (path ? path : "/usr/bin:/bin"));
    environment.emplace_back("LANG=C.UTF-8");
    std::array<int, 2> messages {};
    if (::pipe2(messages.data(), O_CLOEXEC) != 0)
        return unavailable("storage.dump_failed", std::strerror(errno));
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, messages[1], STDERR_FILENO);
    pid_t child = 0;
    int error = posix_spawnp(&child, arguments.front().c_str(), &files, nullptr, pointers(arguments).data(),
        pointers(environment).data());
    posix_spawn_file_actions_destroy(&files);
    ::close(messages[1]);
    if (error != 0) {
        ::close(messages[0]);
        return unavailable("storage.dump_failed", command.front() + ": " + std::strerror(error));
    }
    EndedChild ended { 0, read_tail(messages[0]) };
    ::close(messages[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    ended.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ended;
}

}
