#pragma once
#include "view/visitor.hpp"
#include <optional>
#include <string>
#include <string_view>

namespace kpuhub::view {

/// The address of a bundled file or one of web/public, with a hash of its bytes in the name: "/assets/app.3f9a0c12b7d4.css". What stands
/// there never changes, so it may be kept for ever. The plain address for a file that does not exist.
[[nodiscard]] Link asset_link(std::string_view name);

/// The bytes behind such an address ("app.3f9a0c12b7d4.css"); nothing when the hash is not today's.
[[nodiscard]] std::optional<std::string_view> asset(std::string_view hashed_name);

/// Content-Type by the ending of the name (css, js, svg, png, woff2); otherwise application/octet-stream.
[[nodiscard]] std::string_view asset_type(std::string_view name);

}
