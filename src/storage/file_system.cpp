#include "storage/file_system.hpp"
#include "storage/engine_fault.hpp"
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace kpuhub::storage {

bool is_remote_file_system(unsigned long type)
{
    constexpr std::array<unsigned long, 16> remote {
        0x6969,                             // NFS
        0x517B, 0xFF534D42, 0xFE534D42,     // SMB, CIFS, SMB2
        0x65735546,                         // FUSE, virtiofs
        0x01021997,                         // 9P
        0x5346414F, 0x6B414653,             // AFS
        0x73757245,                         // Coda
        0x00C36400,                         // Ceph
        0x564C,                             // NCP
        0x0BD00BD0,                         // Lustre
        0x01161970, 0x7461636F,             // GFS2, OCFS2
        0x786F4256,                         // VirtualBox shared folder
        0xBACBACBC,                         // VMware shared folder
    };
    return std::ranges::find(remote, type & 0xFFFFFFFFUL) != remote.end();
}

Result<void> require_local_file_system(std::string const& folder)
{
    struct statfs about {};
    if (::statfs(folder.c_str(), &about) != 0)
        return fail({ FaultKind::Invalid, "storage.folder", std::strerror(errno), {}, folder });
    if (is_remote_file_system(static_cast<unsigned long>(about.f_type)))
        return invalid_because("storage.network_folder", folder);
    return {};
}

static Result<void> sync_path(std::string const& path, int flags)
{
    int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0)
        return fail(disk_fault(errno, "open for fsync"));
    if (::fsync(descriptor) != 0)
        stop_after_lost_sync(fmt::format("fsync: {}", std::strerror(errno)));
    ::close(descriptor);
    return {};
}

Result<void> sync_file(std::string const& path) { return sync_path(path, O_RDONLY); }
Result<void> sync_folder(std::string const& path) { return sync_path(path, O_RDONLY | O_DIRECTORY); }

Fault disk_fault(int system_error, std::string const& detail)
{
    char const* key = "storage.unavailable";
    if (system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG)
        key = "storage.full";
    else if (system_error == EROFS || system_error == EACCES || system_error == EPERM)
        key = "storage.read_only";
    return { FaultKind::Unavailable, key, fmt::format("{}: {}", detail, std::strerror(system_error)) };
}

}
