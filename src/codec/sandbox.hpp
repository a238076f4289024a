#pragma once
#include "core/result.hpp"
#include <string>

namespace kpuhub::codec {

/// How far this process was shut in.
struct Sandbox {
    bool landlock = false;   ///< file access limited by the kernel
    bool seccomp = false;    ///< only the calls that parsing needs
};

/// Gives up everything that reading bytes does not need: files other than `folder` (Landlock, when the kernel has it), all
/// calls but memory, reading and writing of open files (seccomp). Cannot be undone.
/// With `required`, Unavailable codec.no_sandbox when one of the two is missing.
Result<Sandbox> enter_sandbox(std::string const& folder, bool required);

}
