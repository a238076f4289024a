#pragma once
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace kpuhub::codec {

/// A folder readable by its owner only, gone with this value. `path` is empty when it could not be made.
class OwnFolder {
public:
    explicit OwnFolder(std::string const& under) : m_path(under + "/kpuhub-child.XXXXXX")
    {
        if (::mkdtemp(m_path.data()) == nullptr)
            m_path.clear();
    }
    OwnFolder(OwnFolder const&) = delete;
    OwnFolder& operator=(OwnFolder const&) = delete;
    ~OwnFolder()
    {
        std::error_code ignored;
        if (!m_path.empty())
            std::filesystem::remove_all(m_path, ignored);
    }
    [[nodiscard]] std::string const& path() const { return m_path; }

private:
    std::string m_path;
};

}
