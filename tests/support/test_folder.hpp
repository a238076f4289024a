#pragma once
#include <filesystem>
#include <string>

namespace kpuhub::testing {

/// A temporary folder that is gone with this object; in memory (/dev/shm) when the machine has it.
class TestFolder {
public:
    TestFolder();
    ~TestFolder();
    TestFolder(TestFolder const&) = delete;
    TestFolder& operator=(TestFolder const&) = delete;

    [[nodiscard]] std::filesystem::path const& path() const { return m_path; }
    [[nodiscard]] std::string operator/(std::string const& name) const { return (m_path / name).string(); }

    /// Where temporary folders go.
    static std::filesystem::path parent();

private:
    std::filesystem::path m_path;
};

}
