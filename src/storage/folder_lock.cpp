#include "storage/folder_lock.hpp"
#include "storage/file_system.hpp"
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace kpuhub::storage {

static std::string holder(int descriptor)
{
    std::array<char, 32> text {};
    auto length = ::pread(descriptor, text.data(), text.size() - 1, 0);
    std::string_view line { text.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0)) };
    return std::string { line.substr(0, line.find('\n')) };
}

Result<FolderLock> FolderLock::take(std::string const& folder)
{
    auto unusable = [&] { return fail({ FaultKind::Invalid, "storage.folder", std::strerror(errno), {}, folder }); };
    std::error_code failed;
    if (std::filesystem::create_directories(folder, failed))
        ::chmod(folder.c_str(), 0700);
    TRY_VOID(require_local_file_system(folder));
    auto path = std::filesystem::path { folder } / "lock";
    int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return unusable();
    FolderLock lock { descriptor };
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return unusable();
        return fail({ FaultKind::Conflict, "storage.locked", {}, {}, holder(descriptor) });
    }
    // The id is only for the message: a full disk is no reason not to start.
    auto line = std::to_string(::getpid()) + "\n";
    if (::ftruncate(descriptor, 0) == 0 && ::pwrite(descriptor, line.data(), line.size(), 0) < 0)
        errno = 0;
    return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FolderLock::~FolderLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

}
