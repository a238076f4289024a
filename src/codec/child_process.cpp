#include "codec/child_process.hpp"
#include "codec/own_folder.hpp"
#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <string_view>
#include <sys/prctl.h>
#include <sched.h>
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

/// The kernel ends this process before the service when memory is short.
void go_first_when_memory_is_short()
{
    int const score = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (score >= 0) {
        (void)!::write(score, "1000", 4);
        ::close(score);
    }
}

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
    ::sched_param const none {};
    ::sched_setscheduler(0, SCHED_BATCH, &none);    // pages go first, but never all of the time (SCHED_IDLE would wait for good)
    ::setpriority(PRIO_PROCESS, 0, 19);
    go_first_when_memory_is_short();
    char* const empty_environment[] = { nullptr };
    ::execve(words[0], words, empty_environment);
    ::_exit(70);
}

Result<std::string> collect(int output, ChildLimits const& limits, ChildProgress const& progress)
{
    using std::chrono::steady_clock;
    constexpr std::chrono::milliseconds look_again { 2000 };
    auto const whole = std::chrono::seconds { limits.wall_seconds };
    auto deadline = steady_clock::now() + whole;
    std::string written;
    std::array<char, 65536> part {};
    ChildSteps steps;
    for (;;) {
        auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now());
        if (left.count() <= 0)
            return invalid_because("codec.too_slow", std::to_string(limits.wall_seconds));
        pollfd wait { output, POLLIN, 0 };
        int const ready = ::poll(&wait, 1, static_cast<int>((progress ? std::min(left, look_again) : left).count()));
        auto const got = ready > 0 ? ::read(output, part.data(), part.size()) : -1;
        if (ready > 0 && got == 0)
            return written;
        if (ready > 0 && got < 0 && errno != EINTR)
            return written;
        written.append(part.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (auto const newer = take_progress(written)) {
            // Only a step forward earns more time.
            if (newer->done > steps.done || steps.all == 0)
                deadline = steady_clock::now() + whole;
            steps = *newer;
        } else if (ready > 0) {
            if (written.size() > limits.output_bytes)
                return invalid_because("codec.too_large", std::to_string(limits.output_bytes >> 20U));
            continue;
        }
        if (progress && !progress(steps.done, steps.all))
            return invalid("codec.cancelled");
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
    std::string const& input_path, std::string const& temporary_folder, ChildLimits const& limits, ChildProgress const& progress)
{
    Descriptor const input { ::open(input_path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) };
    struct stat about { };
    if (input.number() < 0 || ::fstat(input.number(), &about) != 0 || !S_ISREG(about.st_mode))
        return not_found("codec.no_file");
    if (static_cast<std::size_t>(about.st_size) > limits.input_bytes)
        return invalid_because("codec.too_large", std::to_string(limits.input_bytes >> 20U));
    auto const seat = TRY(take_reader_seat(limits.asker));
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
        become(input.number(), child_end.number(), folder.path().c_str(), limits.processor_seconds, arguments.data(), parent);
    ::setpgid(id, id);
    Child const child { id };
    child_end.close();
    return collect(output.number(), limits, progress);
}

std::optional<ChildSteps> take_progress(std::string& written)
{
    constexpr std::string_view opening = "{\"progress\":[";
    std::optional<ChildSteps> newest;
    for (auto end = written.find('\n'); written.starts_with(opening) && end != std::string::npos && end < 60; end = written.find('\n')) {
        ChildSteps steps;
        auto const* const last = written.data() + end;
        auto const done = std::from_chars(written.data() + opening.size(), last, steps.done);
        if (done.ec != std::errc {} || done.ptr == last || *done.ptr != ',')
            break;
        auto const all = std::from_chars(done.ptr + 1, last, steps.all);
        if (all.ec != std::errc {} || std::string_view { all.ptr, static_cast<std::size_t>(last - all.ptr) } != "]}" || steps.done < 0 || steps.done > steps.all || steps.all > 1000)
            break;
        newest = steps;
        written.erase(0, end + 1);
    }
    return newest;
}

void write_progress(int done, int all)
{
    write_standard_output("{\"progress\":[" + std::to_string(done) + "," + std::to_string(all) + "]}\n");
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
