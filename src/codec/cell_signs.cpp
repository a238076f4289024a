#include "codec/cell_signs.hpp"

namespace kpuhub::codec {

std::string one_line(std::string_view text)
{
    std::string out;
    for (std::size_t start = 0;;) {
        auto const end = text.find(line_separator, start);
        auto part = text.substr(start, end - start);
        while (part.starts_with(' '))
            part.remove_prefix(1);
        while (part.ends_with(' '))
            part.remove_suffix(1);
        out += (out.empty() || part.empty() ? "" : " ") + std::string { part };
        if (end == std::string_view::npos)
            return out;
        start = end + line_separator.size();
    }
}

}
