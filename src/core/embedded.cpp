#include "core/embedded.hpp"

namespace kpuhub {

std::string_view embedded_file(std::string_view path)
{
    for (auto const& file : embedded_files())
        if (file.path == path)
            return file.bytes;
    return {};
}

}
