#pragma once
#include <string>
#include <vector>

namespace kpuhub::codec {

/// Shuts this process and the tools it will start (jpegtran, optipng ...) in: it reads /usr and the list of the machine's
/// fonts, writes the folder it stands in, reads the folders named as far as they exist, and nothing else (Landlock), and has
/// no network, no other process and no kernel interface beyond plain work
/// (seccomp). Cannot be undone. False when one of the two is missing on this machine.
bool enter_tool_sandbox(std::vector<std::string> const& also_readable = {});

}
