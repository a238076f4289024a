#include "http/json_text.hpp"
#include "http/text_check.hpp"

namespace kpuhub::http {

std::string json_text(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    bool sound = acceptable_text(text);
    std::string json = "\"";
    for (auto sign : text) {
        auto byte = static_cast<unsigned char>(sign);
        if (sign == '"' || sign == '\\') {
            json += '\\';
            json += sign;
        } else if (byte < 0x20 || byte == 0x7F) {
            json += "\\u00";
            json += digits[byte >> 4];
            json += digits[byte & 15];
        } else if (byte >= 0x80 && !sound) {
            json += "\\ufffd";
        } else {
            json += sign;
        }
    }
    return json + '"';
}

}
