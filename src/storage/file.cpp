#include "storage/file.hpp"
#include "storage/engine_fault.hpp"
#include "storage/file_system.hpp"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace kpuhub::storage {

Descriptor::~Descriptor()
{
    if (m_number >= 0)
        ::close(m_number);
}

Result<TemporaryFile> TemporaryFile::create(std::string const& folder)
{
    auto path = (std::filesystem::path { folder } / "incoming_XXXXXX").string();
    Descriptor descriptor { ::mkostemp(path.data(), O_CLOEXEC) };     // mode 0600
    if (descriptor.number() < 0)
        return fail(disk_fault(errno, "temporary file"));
    return TemporaryFile { std::move(descriptor), std::move(path) };
}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : m_descriptor(std::move(other.m_descriptor)), m_path(std::exchange(other.m_path, {}))
{
}

TemporaryFile::~TemporaryFile()
{
    if (!m_path.empty())
        ::unlink(m_path.c_str());
}

Result<void> TemporaryFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto written = ::write(m_descriptor.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return fail(disk_fault(written == 0 ? ENOSPC : errno, "write a file"));
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> TemporaryFile::put_at(std::string const& path)
{
    if (::fsync(m_descriptor.number()) != 0)
        stop_after_lost_sync(std::strerror(errno));
    if (::rename(m_path.c_str(), path.c_str()) != 0)
        return fail(disk_fault(errno, "rename a file"));
    m_path.clear();
    return sync_folder(std::filesystem::path { path }.parent_path().string());
}

Result<void> read_in_pieces(std::string const& path, std::function<Result<void>(std::string_view)> const& receive)
{
    Descriptor file { ::open(path.c_str(), O_RDONLY | O_CLOEXEC) };
    if (file.number() < 0)
        return errno == ENOENT ? not_found() : fail(disk_fault(errno, "open a file"));
    std::string piece(std::size_t { 256 } * 1024, '\0');
    for (;;) {
        auto length = ::read(file.number(), piece.data(), piece.size());
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            return fail(disk_fault(errno, "read a file"));
        if (length == 0)
            return {};
        TRY_VOID(receive(std::string_view { piece }.substr(0, static_cast<std::size_t>(length))));
    }
}

Result<void> make_folder(std::string const& folder, std::string const& top)
{
    if (folder == top || ::access(folder.c_str(), F_OK) == 0)
        return {};
    auto above = std::filesystem::path { folder }.parent_path().string();
    TRY_VOID(make_folder(above, top));
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return fail(disk_fault(errno, "make a folder"));
    return sync_folder(above);
}

}
