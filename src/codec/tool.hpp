#pragma once
#include "core/result.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::codec {

/// Runs a program of the machine with an empty environment, no input and no output, and waits for it. True when it ended
/// with 0 or `also_good`. Limits of time and memory are those of the process that calls it (the child).
bool run_tool(std::vector<std::string> const& words, int also_good = 0);

/// A program of the machine at work beside this process. Whoever drops it ends it.
class Tool {
public:
    enum class State { Running, Done, Failed, TooSlow };

    /// No input; output to `output` (a file of this process's folder); `environment` as NAME=VALUE. It may take
    /// `most_seconds` by the clock.
    Tool(std::vector<std::string> const& words, std::string const& output, double most_seconds, std::vector<std::string> const& environment = {});
    Tool(Tool const&) = delete;
    Tool& operator=(Tool const&) = delete;
    ~Tool();

    /// Looks once, without waiting. Ends a program that is over its time.
    State look();
    /// Waits until it has ended or is over its time.
    State wait();

private:
    int m_process = 0;
    double m_until = 0;
    State m_state = State::Running;
};

/// The whole file; empty when it cannot be read or holds more.
std::string read_whole(std::string const& path, std::size_t most_bytes);
bool write_whole(std::string const& path, std::string_view bytes);

}
