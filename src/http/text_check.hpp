#pragma once
#include <string_view>

namespace kpuhub::http {

/// Whether a text from outside is valid UTF-8 (no overlong forms, no surrogates, at most U+10FFFF) without control
/// signs (C0, DEL, C1) other than tab and line ends.
bool acceptable_text(std::string_view);

/// The same for a name or a path: no tab or line end either.
bool acceptable_line(std::string_view);

}
