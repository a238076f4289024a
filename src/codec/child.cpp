#include "codec/child.hpp"
#include "codec/document_lines.hpp"
#include "codec/read.hpp"
#include "codec/sandbox.hpp"
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <linux/close_range.h>
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
    explicit Descriptor(int number = -1) : m_number(number) {}
    Descriptor(Descriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
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

/// A folder of one child, readable by its owner only, gone with this value.
class OwnFolder {
public:
    explicit OwnFolder(std::string const& under) : m_path(under + "/kpuhub-read.XXXXXX")
    {
        if (::mkdtemp(m_path.data()) == nullptr)
            m_path.clear();
    }
    OwnFolder(OwnFolder const&) = delete;
    OwnFolder& operator=(OwnFolder const&) = delete;
    ~OwnFolder()
    {
        std::error_code ignored;
        if (!m_path.empty())
            std::filesystem::remove_all(m_path, ignored);
    }
    [[nodiscard]] std::string const& path() const { return m_path; }

private:
    std::string m_path;
};

/// The child with its group; whatever of it still lives is killed when this value goes.
class Child {
public:
    explicit Child(pid_t id) : m_id(id) {}
    Child(Child const&) = delete;
    Child& operator=(Child const&) = delete;
    ~Child() { end(); }
    void end()
    {
        if (m_id <= 0)
            return;
        ::kill(-m_id, SIGKILL);
        ::kill(m_id, SIGKILL);
        while (::waitpid(m_id, nullptr, 0) < 0 && errno == EINTR) { }
        m_id = 0;
    }

private:
    pid_t m_id;
};

void limit(int what, rlim_t value)
{
    rlimit const both { value, value };
    ::setrlimit(static_cast<__rlimit_resource>(what), &both);
}

constexpr bool sanitized =
#ifdef __SANITIZE_ADDRESS__
    true;
#else
    false;
#endif

/// Between fork and exec only calls that are safe there; the arguments were made before.
[[noreturn]] void become_reader(int input, int output, char const* folder, int seconds, char* const* arguments, pid_t parent)
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
    char* const nothing_set[] = { nullptr };
    ::execve(arguments[0], arguments, nothing_set);
    ::_exit(70);
}

Result<std::string> collect(int output, Limits const& limits)
{
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds { limits.wall_seconds };
    std::string lines;
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
            return lines;
        lines.append(part.data(), static_cast<std::size_t>(got));
        if (lines.size() > limits.output_bytes)
            return invalid_because("codec.too_large", std::to_string(limits.output_bytes >> 20U));
    }
}

}

Result<Document> read_file_in_child(std::string const& path, Limits const& limits, ChildSetting const& setting)
{
    Descriptor const input { ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) };
    struct stat about {};
    if (input.number() < 0 || ::fstat(input.number(), &about) != 0 || !S_ISREG(about.st_mode))
        return not_found("codec.no_file");
    if (about.st_size == 0)
        return invalid("codec.empty");
    if (static_cast<std::size_t>(about.st_size) > limits.input_bytes)
        return invalid_because("codec.too_large", std::to_string(limits.input_bytes >> 20U));
    OwnFolder const folder { setting.temporary };
    std::array<int, 2> ends {};
    if (folder.path().empty() || ::pipe2(ends.data(), O_CLOEXEC) != 0)
        return unavailable("codec.no_child");
    Descriptor const output { ends[0] };
    Descriptor child_end { ends[1] };
    std::string program = setting.program;
    std::string command = "read-file";
    std::string required = "--sandbox-required";
    std::array<char*, 4> const arguments { program.data(), command.data(), setting.sandbox_required ? required.data() : nullptr, nullptr };
    auto const parent = ::getpid();
    auto const id = ::fork();
    if (id < 0)
        return unavailable("codec.no_child");
    if (id == 0)
        become_reader(input.number(), child_end.number(), folder.path().c_str(), limits.wall_seconds, arguments.data(), parent);
    ::setpgid(id, id);
    Child child { id };
    child_end.close();
    auto const lines = TRY(collect(output.number(), limits));
    child.end();
    return from_lines(lines, limits);
}

int read_file_command(bool sandbox_required)
{
    std::array<char, 4096> here {};
    auto const sandbox = enter_sandbox(::getcwd(here.data(), here.size()) != nullptr ? here.data() : "", sandbox_required);
    Limits const limits;
    std::string bytes;
    std::array<char, 65536> part {};
    for (;;) {
        auto const got = ::read(0, part.data(), part.size());
        if (got < 0)
            return 70;
        if (got == 0 || bytes.size() > limits.input_bytes)
            break;
        bytes.append(part.data(), static_cast<std::size_t>(got));
    }
    auto const lines = to_lines(sandbox ? read_document(bytes, limits) : Result<Document> { fail(sandbox.error()) });
    for (std::size_t done = 0; done < lines.size();) {
        auto const put = ::write(1, lines.data() + done, lines.size() - done);
        if (put <= 0)
            return 70;
        done += static_cast<std::size_t>(put);
    }
    return 0;
}

}
