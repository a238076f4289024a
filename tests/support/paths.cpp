#include "support/paths.hpp"

namespace kpuhub::testing {

std::string const& source_folder()
{
    static std::string const folder = KPUHUB_SOURCE_DIR;
    return folder;
}

std::string const& program()
{
    static std::string const file = KPUHUB_PROGRAM;
    return file;
}

}
