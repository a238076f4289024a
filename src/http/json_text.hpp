#pragma once
#include <string>
#include <string_view>

namespace kpuhub::http {

/// A text as a JSON string with its quotes. Control signs are escaped; bytes that are no UTF-8 become U+FFFD, so that a
/// log line or an answer is always valid JSON on one line.
std::string json_text(std::string_view);

}
