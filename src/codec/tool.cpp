#include "codec/tool.hpp"
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sys/wait.h>

namespace kpuhub::codec {

bool run_tool(std::vector<std::string> const& words, int also_good)
{
    std::vector<char*> arguments;
    for (auto const& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));     // posix_spawn does not write to them
    arguments.push_back(nullptr);
    char* environment[] = { nullptr };
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    pid_t process = 0;
    auto failed = posix_spawn(&process, words.front().c_str(), &files, nullptr, arguments.data(), environment);
    posix_spawn_file_actions_destroy(&files);
    int status = 0;
    if (failed != 0 || waitpid(process, &status, 0) != process)
        return false;
    return WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == also_good);
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
