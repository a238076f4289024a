#pragma once
#include "command/control_protocol.hpp"

namespace kpuhub::command {

/// Asks the server that holds the data folder to run a command, with the file that it reads (empty = none), and waits.
/// Errors: NotFound "control.nobody" when nobody listens there or may not be asked; Invalid "control.file" for a file
/// that cannot be sent; Broken when the server broke off.
Result<ControlAnswer> ask_server(std::string const& data_folder, std::vector<std::string> const& words, std::string const& file);

}
