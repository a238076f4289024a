#include "http/url.hpp"
#include "http/text_check.hpp"
#include "text/escape.hpp"

namespace kpuhub::http {

namespace {

int hex_value(char sign)
{
    if (sign >= '0' && sign <= '9')
        return sign - '0';
    if (sign >= 'a' && sign <= 'f')
        return sign - 'a' + 10;
    if (sign >= 'A' && sign <= 'F')
        return sign - 'A' + 10;
    return -1;
}

bool traverses(std::string_view path)
{
    while (!path.empty()) {
        path.remove_prefix(1);
        auto step = path.substr(0, path.find('/'));
        bool last = step.size() == path.size();
        if (step == "." || step == ".." || (step.empty() && !last))
            return true;
        path.remove_prefix(step.size());
    }
    return false;
}

}

std::optional<std::string> percent_decode(std::string_view text, Plus plus)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto sign = text[at];
        if (sign == '%') {
            if (at + 2 >= text.size() || hex_value(text[at + 1]) < 0 || hex_value(text[at + 2]) < 0)
                return std::nullopt;
            decoded += static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
            at += 2;
        } else if (static_cast<unsigned char>(sign) <= ' ' || sign == 0x7F) {
            return std::nullopt;
        } else {
            decoded += sign == '+' && plus == Plus::Blank ? ' ' : sign;
        }
    }
    return decoded;
}

std::string percent_encode(std::string_view text) { return text::url_part(text); }

Result<std::string> read_path(std::string_view raw)
{
    if (raw.empty() || raw.front() != '/')
        return invalid("http.address");
    auto path = percent_decode(raw);
    if (!path || path->find('\\') != std::string::npos || !acceptable_line(*path))
        return invalid("http.address");
    for (std::size_t at = 0; at + 2 < raw.size(); ++at)
        if (raw[at] == '%' && raw[at + 1] == '2' && (raw[at + 2] == 'F' || raw[at + 2] == 'f'))
            return invalid("http.address");
    if (traverses(*path))
        return invalid("http.address");
    return *path;
}

std::optional<std::string> local_target(std::string_view target)
{
    auto path = target.substr(0, target.find_first_of("?#"));
    if (target.find('\\') != std::string_view::npos || !acceptable_line(target) || !read_path(path))
        return std::nullopt;
    return std::string(target);
}

}
