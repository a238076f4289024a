#include "codec/child_process.hpp"
#include "codec/own_folder.hpp"
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace kpuhub::codec {

namespace {

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor() { close(); }
    void close()
    {
        if (m_number >= 0)
            ::close(std::exchange(m_number, -1));
    }
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

/// The child with its group; whatever of it still lives is killed when this value goes.
class Child {
public:
    explicit Child(pid_t id) : m_id(id) {}
    Child(Child const&) = delete;
    Child& operator=(Child const&) = delete;
    ~Child()
    {
        ::kill(-m_id, SIGKILL);
        ::kill(m_id, SIGKILL);
        while (::waitpid(m_id, nullptr, 0) < 0 && errno == EINTR) { }
    }

private:
    pid_t m_id;
};

void limit(__rlimit_resource what, rlim_t value)
{
    rlimit const both { value, value };
    ::setrlimit(what, &both);
}

constexpr bool sanitized =
#ifdef __SANITIZE_ADDRESS__
    true;
#else
    false;
#endif

/// Between fork and exec only calls that are safe there; the words were made before.
[[noreturn]] void become(int input, int output, char const* folder, int seconds, char* const* words, pid_t parent)
{
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent || ::chdir(folder) != 0)
        ::_exit(70);
    ::dup2(input, 0);
    ::dup2(output, 1);
    int const nothing = ::open("/dev/null", O_WRONLY);
    ::dup2(nothing, 2);
    ::syscall(SYS_close_range, 3U, ~0U, 0U);
    limit(RLIMIT_CPU, static_cast<rlim_t>(seconds));
    if (!sanitized)
        limit(RLIMIT_AS, 640UL << 20U);
    limit(RLIMIT_FSIZE, 256UL << 20U);
    limit(RLIMIT_NOFILE, 64);
    limit(RLIMIT_CORE, 0);
    ::setpriority(PRIO_PROCESS, 0, 10);
    char* const empty_environment[] = { nullptr };
    ::execve(words[0], words, empty_environment);
    ::_exit(70);
}

Result<std::string> collect(int output, ChildLimits const& limits)
{
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds { limits.wall_seconds };
    std::string written;
    std::array<char, 65536> part {};
    for (;;) {
        auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0)
            return invalid_because("codec.too_slow", std::to_string(limits.wall_seconds));
        pollfd wait { output, POLLIN, 0 };
        if (::poll(&wait, 1, static_cast<int>(left)) <= 0)
            continue;
        auto const got = ::read(output, part.data(), part.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return written;
        written.append(part.data(), static_cast<std::size_t>(got));
        if (written.size() > limits.output_bytes)
            return invalid_because("codec.too_large", std::to_string(limits.output_bytes >> 20U));
    }
}

}

std::string own_program()
{
    constexpr auto self = "/proc/self/exe";
    std::error_code fault;
    auto const running = std::filesystem::read_symlink(self, fault);
    auto const beside = running.parent_path() / "kpuhub";
    return !fault && running.filename() != "kpuhub" && std::filesystem::exists(beside, fault) ? beside.string() : self;
}

Result<std::string> run_child_process(std::string const& program, std::vector<std::string> const& words,
    std::string const& input_path, std::string const& temporary_folder, ChildLimits const& limits)
{
    Descriptor const input { ::open(input_path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) };
    struct stat about { };
    if (input.number() < 0 || ::fstat(input.number(), &about) != 0 || !S_ISREG(about.st_mode))
        return not_found("codec.no_file");
    if (static_cast<std::size_t>(about.st_size) > limits.input_bytes)
        return invalid_because("codec.too_large", std::to_string(limits.input_bytes >> 20U));
    OwnFolder const folder { temporary_folder };
    std::array<int, 2> ends {};
    if (folder.path().empty() || ::pipe2(ends.data(), O_CLOEXEC) != 0)
        return unavailable("codec.no_child");
    Descriptor const output { ends[0] };
    Descriptor child_end { ends[1] };
    std::string first = program;
    auto rest = words;
    std::vector<char*> arguments { first.data() };
    for (auto& word : rest)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    auto const parent = ::getpid();
    auto const id = ::fork();
    if (id < 0)
        return unavailable("codec.no_child");
    if (id == 0)
        become(input.number(), child_end.number(), folder.path().c_str(), limits.wall_seconds, arguments.data(), parent);
    ::setpgid(id, id);
    Child const child { id };
    child_end.close();
    return collect(output.number(), limits);
}

bool read_standard_input(std::string& bytes, std::size_t most_bytes)
{
    std::array<char, 65536> part {};
    while (bytes.size() <= most_bytes) {
        auto const got = ::read(0, part.data(), part.size());
        if (got < 0)
            return false;
        if (got == 0)
            return true;
        bytes.append(part.data(), static_cast<std::size_t>(got));
    }
    return true;
}

bool write_standard_output(std::string const& bytes)
{
    for (std::size_t done = 0; done < bytes.size();) {
        auto const put = ::write(1, bytes.data() + done, bytes.size() - done);
        if (put <= 0)
            return false;
        done += static_cast<std::size_t>(put);
    }
    return true;
}

}
