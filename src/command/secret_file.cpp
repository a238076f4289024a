#include "command/secret_file.hpp"
#include "storage/file.hpp"
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>

namespace kpuhub::command {

std::optional<std::string> bytes_of_file(std::string const& path)
{
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        return std::nullopt;
    return std::string { std::istreambuf_iterator<char> { stream }, {} };
}

Result<void> write_whole(std::string const& path, std::string_view bytes)
{
    auto file = TRY(storage::TemporaryFile::create(std::filesystem::path { path }.parent_path().string()));
    TRY_VOID(file.write(bytes));
    return file.put_at(path);
}

/// Readable by its owner only (security.md 20).
static bool is_secret(std::string const& path)
{
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0 && (about.st_mode & 0077) == 0;
}

Result<std::string> secret_of_file(std::string const& path, std::string const& wrong_key, std::function<Result<std::string>()> const& make)
{
    if (!std::filesystem::exists(path)) {
        auto const secret = TRY(make());
        TRY_VOID(write_whole(path, secret));
        ::chmod(path.c_str(), 0600);
    }
    auto secret = bytes_of_file(path);
    if (secret && !is_secret(path))
        return invalid_because("command.secret_readable", path);
    if (!secret)
        return invalid_because(wrong_key, path);
    return *secret;
}

}
