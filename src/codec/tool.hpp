#pragma once
#include "core/result.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::codec {

/// Runs a program of the machine with an empty environment, no input and no output, and waits for it. True when it ended
/// with 0 or `also_good`. Limits of time and memory are those of the process that calls it (the child).
bool run_tool(std::vector<std::string> const& words, int also_good = 0);

/// The whole file; empty when it cannot be read or holds more.
std::string read_whole(std::string const& path, std::size_t most_bytes);
bool write_whole(std::string const& path, std::string_view bytes);

}
