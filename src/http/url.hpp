#pragma once
#include "core/result.hpp"
#include <optional>
#include <string>
#include <string_view>

namespace kpuhub::http {

enum class Plus { Sign, Blank };

/// Undoes percent coding. Nothing for a broken escape or for bytes that may not stand in an address.
std::optional<std::string> percent_decode(std::string_view, Plus = Plus::Sign);

/// Codes everything except the unreserved signs of RFC 3986 (2.3).
std::string percent_encode(std::string_view);

/// The path of a request target: decoded, starting with one slash. Errors (Invalid): no leading slash, a coded slash
/// or backslash, a "." or ".." step, an empty step, control signs, wrong UTF-8. Nothing is repaired: a path that two
/// readers could understand in two ways is refused.
Result<std::string> read_path(std::string_view);

/// A target of our own site to go back to ("next"): a path with query, never another site. Nothing otherwise.
std::optional<std::string> local_target(std::string_view);

}
