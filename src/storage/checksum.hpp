#pragma once
#include "core/result.hpp"
#include <string>
#include <string_view>

namespace kpuhub::storage {

/// SHA-256 in lower-case hexadecimal.
std::string sha256_hex(std::string_view bytes);

/// The same of a file, read in pieces. Errors: NotFound, Unavailable.
Result<std::string> sha256_hex_of_file(std::string const& path);

}
