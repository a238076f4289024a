// A preload library that stands between a program and its disk (LD_PRELOAD), for tests:
//  - it remembers every write in KPUHUB_DISK_FOLDER until it is synced, with the old and the new bytes, in the file
//    KPUHUB_DISK_LOG. After a kill the driver (run.py) takes unsynced writes, new names and renames back, as a power
//    cut would: all of them or some.
//  - it makes the disk fail as the file KPUHUB_DISK_FAULT says: "full", "readonly" or "fsync".
// It calls the kernel itself, so that nothing else stands between.
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <string>
#include <string_view>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

constexpr std::size_t most_descriptors = 4096;

struct Disk {
    std::string folder = text("KPUHUB_DISK_FOLDER");
    std::string fault_file = text("KPUHUB_DISK_FAULT");
    int log = -1;
    std::mutex mutex;                                           // one disk operation at a time
    std::array<std::atomic<bool>, most_descriptors> watched {};

    Disk()
    {
        if (auto path = text("KPUHUB_DISK_LOG"); !path.empty())
            log = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    }
    static std::string text(char const* name)
    {
        auto const* value = std::getenv(name);
        return value ? value : "";
    }
    bool inside(std::string_view path) const
    {
        bool below = path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
        return !folder.empty() && below && !path.ends_with("-shm") && !path.ends_with("/lock");
    }
    bool is_watched(int descriptor) const
    {
        return descriptor >= 0 && static_cast<std::size_t>(descriptor) < most_descriptors && watched[descriptor];
    }
    void watch(int descriptor, bool on)
    {
        if (descriptor >= 0 && static_cast<std::size_t>(descriptor) < most_descriptors)
            watched[descriptor] = on;
    }
    std::string fault() const
    {
        if (fault_file.empty())
            return {};
        int file = static_cast<int>(syscall(SYS_openat, AT_FDCWD, fault_file.c_str(), O_RDONLY | O_CLOEXEC));
        if (file < 0)
            return {};
        std::array<char, 16> word {};
        auto length = syscall(SYS_read, file, word.data(), word.size());
        syscall(SYS_close, file);
        return { word.data(), static_cast<std::size_t>(length > 0 ? length : 0) };
    }
    // A failing write sets errno; gives true when it fails.
    bool write_fails() const
    {
        auto word = fault();
        errno = word == "full" ? ENOSPC : word == "readonly" ? EROFS : 0;
        return errno != 0;
    }
};

Disk& disk()
{
    static Disk instance;
    return instance;
}

// Appends one record: kind, then the fields, each with its length.
class Record {
public:
    explicit Record(char kind) : m_bytes(1, kind) {}
    Record& number(std::uint64_t value)
    {
        m_bytes.append(reinterpret_cast<char const*>(&value), sizeof value);
        return *this;
    }
    Record& bytes(std::string_view value)
    {
        number(value.size());
        m_bytes += value;
        return *this;
    }
    void write() const
    {
        if (disk().log >= 0 && syscall(SYS_write, disk().log, m_bytes.data(), m_bytes.size()) < 0)
            _exit(99);
    }

private:
    std::string m_bytes;
};

struct About {
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    explicit About(int descriptor)
    {
        struct stat about {};
        if (::fstat(descriptor, &about) == 0) {
            inode = about.st_ino;
            size = static_cast<std::uint64_t>(about.st_size);
        }
    }
};

std::string old_bytes(int descriptor, std::size_t count, off_t offset)
{
    // The descriptor may be open for writing only.
    auto path = "/proc/self/fd/" + std::to_string(descriptor);
    int file = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path.c_str(), O_RDONLY | O_CLOEXEC));
    std::string bytes(count, '\0');
    auto length = syscall(SYS_pread64, file, bytes.data(), count, offset);
    syscall(SYS_close, file);
    bytes.resize(static_cast<std::size_t>(length > 0 ? length : 0));
    return bytes;
}

ssize_t watched_write(int descriptor, void const* data, std::size_t count, off_t offset)
{
    std::lock_guard lock { disk().mutex };
    if (disk().write_fails())
        return -1;
    About about { descriptor };
    std::string_view fresh { static_cast<char const*>(data), count };
    Record { 'W' }.number(about.inode).number(static_cast<std::uint64_t>(offset)).number(about.size)
        .bytes(old_bytes(descriptor, count, offset)).bytes(fresh).write();
    return syscall(SYS_pwrite64, descriptor, data, count, offset);
}

int watched_truncate(int descriptor, off_t size)
{
    std::lock_guard lock { disk().mutex };
    if (disk().write_fails())
        return -1;
    About about { descriptor };
    auto kept = static_cast<std::uint64_t>(size);
    auto cut = about.size > kept ? old_bytes(descriptor, about.size - kept, size) : std::string {};
    Record { 'T' }.number(about.inode).number(kept).number(about.size).bytes(cut).write();
    return static_cast<int>(syscall(SYS_ftruncate, descriptor, size));
}

int watched_sync(int descriptor, long call)
{
    std::lock_guard lock { disk().mutex };
    if (disk().fault() == "fsync") {
        errno = EIO;
        return -1;
    }
    int result = static_cast<int>(syscall(call, descriptor));
    if (result == 0)
        Record { 'S' }.number(About { descriptor }.inode).write();
    return result;
}

std::uint64_t folder_of(std::string_view path)
{
    std::string folder { path.substr(0, path.rfind('/')) };
    struct stat about {};
    return ::stat(folder.c_str(), &about) == 0 ? about.st_ino : 0;
}

int open_file(char const* path, int flags, mode_t mode)
{
    if (!disk().inside(path)) {
        int descriptor = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
        disk().watch(descriptor, false);
        return descriptor;
    }
    std::lock_guard lock { disk().mutex };
    bool creates = (flags & O_CREAT) != 0 && ::access(path, F_OK) != 0;
    if (creates && disk().write_fails())
        return -1;
    int descriptor = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
    disk().watch(descriptor, descriptor >= 0);
    if (creates && descriptor >= 0)
        Record { 'C' }.number(About { descriptor }.inode).number(folder_of(path)).bytes(path).write();
    return descriptor;
}

bool wants_mode(int flags) { return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE; }

}

extern "C" {

int open(char const* path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = wants_mode(flags) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_file(path, flags, mode);
}

int open64(char const* path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = wants_mode(flags) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_file(path, flags, mode);
}

int mkostemp(char* pattern, int flags)
{
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz012345";
    std::array<unsigned char, 6> random {};
    if (getrandom(random.data(), random.size(), 0) < 0)
        return -1;
    for (std::size_t at = 0; at < random.size(); ++at)
        pattern[std::strlen(pattern) - random.size() + at] = letters[random[at] % letters.size()];
    return open_file(pattern, flags | O_RDWR | O_CREAT | O_EXCL, 0600);
}

int mkostemp64(char* pattern, int flags) { return mkostemp(pattern, flags); }

int close(int descriptor)
{
    disk().watch(descriptor, false);
    return static_cast<int>(syscall(SYS_close, descriptor));
}

ssize_t write(int descriptor, void const* data, size_t count)
{
    if (!disk().is_watched(descriptor))
        return syscall(SYS_write, descriptor, data, count);
    auto offset = syscall(SYS_lseek, descriptor, 0, SEEK_CUR);
    auto written = watched_write(descriptor, data, count, offset);
    if (written > 0)
        syscall(SYS_lseek, descriptor, written, SEEK_CUR);
    return written;
}

ssize_t pwrite(int descriptor, void const* data, size_t count, off_t offset)
{
    if (!disk().is_watched(descriptor))
        return syscall(SYS_pwrite64, descriptor, data, count, offset);
    return watched_write(descriptor, data, count, offset);
}

ssize_t pwrite64(int descriptor, void const* data, size_t count, off64_t offset)
{
    return pwrite(descriptor, data, count, offset);
}

int ftruncate(int descriptor, off_t size) noexcept
{
    if (!disk().is_watched(descriptor))
        return static_cast<int>(syscall(SYS_ftruncate, descriptor, size));
    return watched_truncate(descriptor, size);
}

int ftruncate64(int descriptor, off64_t size) noexcept { return ftruncate(descriptor, size); }

int fsync(int descriptor)
{
    return disk().is_watched(descriptor) ? watched_sync(descriptor, SYS_fsync)
                                         : static_cast<int>(syscall(SYS_fsync, descriptor));
}

int fdatasync(int descriptor)
{
    return disk().is_watched(descriptor) ? watched_sync(descriptor, SYS_fdatasync)
                                         : static_cast<int>(syscall(SYS_fdatasync, descriptor));
}

int rename(char const* from, char const* to) noexcept
{
    if (!disk().inside(to))
        return static_cast<int>(syscall(SYS_rename, from, to));
    std::lock_guard lock { disk().mutex };
    if (disk().write_fails())
        return -1;
    bool replaced = ::access(to, F_OK) == 0;
    int result = static_cast<int>(syscall(SYS_rename, from, to));
    if (result == 0 && !replaced)
        Record { 'R' }.number(folder_of(to)).bytes(from).bytes(to).write();
    return result;
}

int mkdir(char const* path, mode_t mode) noexcept
{
    if (!disk().inside(path))
        return static_cast<int>(syscall(SYS_mkdir, path, mode));
    std::lock_guard lock { disk().mutex };
    int result = static_cast<int>(syscall(SYS_mkdir, path, mode));
    if (result == 0)
        Record { 'C' }.number(0).number(folder_of(path)).bytes(path).write();
    return result;
}

}
