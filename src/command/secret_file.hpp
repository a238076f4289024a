#pragma once
#include "core/result.hpp"
#include <functional>
#include <optional>
#include <string>

namespace kpuhub::command {

/// The bytes of a file; nothing when it cannot be read.
std::optional<std::string> bytes_of_file(std::string const& path);

/// Writes a whole file durably, in place of what is there.
Result<void> write_whole(std::string const& path, std::string_view bytes);

/// The bytes of a secret that this installation keeps in a file, readable by its owner only; made when the file is not there.
/// Errors: Invalid "command.secret_readable" when group or others may read it, Invalid `wrong_key` when it cannot be read; both with the
/// name of the file; what `make` gives.
Result<std::string> secret_of_file(std::string const& path, std::string const& wrong_key, std::function<Result<std::string>()> const& make);

}
