#pragma once
#include "text/escape.hpp"
#include <string>
#include <string_view>

namespace kpuhub::http {

/// A text as a JSON string with its quotes, for log lines and problems.
inline std::string json_text(std::string_view text)
{
    std::string json;
    text::escape_json(json, text);
    return json;
}

}
