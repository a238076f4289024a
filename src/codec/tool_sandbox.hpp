#pragma once

namespace kpuhub::codec {

/// Shuts this process and the tools it will start (jpegtran, optipng ...) in: it reads /usr and the list of
/// the machine's fonts, writes the folder it stands
/// in and nothing else (Landlock), and has no network, no other process and no kernel interface beyond plain work
/// (seccomp). Cannot be undone. False when one of the two is missing on this machine.
bool enter_tool_sandbox();

}
