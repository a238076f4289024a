#pragma once
#include "core/result.hpp"
#include <string>
#include <vector>

namespace kpuhub::storage {

struct EndedChild {
    int exit_code;              ///< 128 + n when signal n ended it
    std::string messages;       ///< the last 4 KiB of its standard error
};

/// Runs a program of the system (found by PATH) and waits for its end. Its environment is PATH, LANG=C.UTF-8 and
/// what is given ("NAME=value"); standard input and output are empty.
/// Errors: Unavailable "storage.dump_failed" when it cannot be started.
Result<EndedChild> run_child(std::vector<std::string> const& command, std::vector<std::string> environment);

}
