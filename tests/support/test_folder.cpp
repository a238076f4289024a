#include "support/test_folder.hpp"
#include <cstdlib>
#include <stdexcept>
#include <unistd.h>

namespace kpuhub::testing {

std::filesystem::path TestFolder::parent()
{
    std::filesystem::path memory { "/dev/shm" };
    return ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
}

TestFolder::TestFolder()
{
    auto name = (parent() / "kpuhub_test_XXXXXX").string();
    if (!::mkdtemp(name.data()))
        throw std::runtime_error("no temporary folder");
    m_path = name;
}

TestFolder::~TestFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

}
