#include "http/text_check.hpp"
#include <cstddef>

namespace kpuhub::http {

namespace {

/// Length of the UTF-8 sequence that starts here, 0 when it is not valid (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text)
{
    auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    auto follows = [&](std::size_t at, unsigned low = 0x80, unsigned high = 0xBF) {
        return at < text.size() && byte(at) >= low && byte(at) <= high;
    };
    auto first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF)
        return follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
    if (first >= 0xF0 && first <= 0xF4)
        return follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && follows(2) && follows(3) ? 4 : 0;
    return 0;
}

bool acceptable(std::string_view text, bool lines)
{
    while (!text.empty()) {
        auto first = static_cast<unsigned char>(text[0]);
        auto length = sequence_length(text);
        if (length == 0)
            return false;
        bool line_sign = first == '\t' || first == '\n' || first == '\r';
        if ((first < 0x20 && !(lines && line_sign)) || first == 0x7F)
            return false;
        if (first == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

}

bool acceptable_text(std::string_view text) { return acceptable(text, true); }
bool acceptable_line(std::string_view text) { return acceptable(text, false); }

}
