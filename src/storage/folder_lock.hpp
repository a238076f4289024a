#pragma once
#include "core/result.hpp"
#include <string>

namespace kpuhub::storage {

/// Keeps a second process out of a data folder: flock on "<folder>/lock" for the life of this object, with the
/// holder's process id inside (security.md 2). The lock goes with the process, however it ends.
class FolderLock {
public:
    /// Creates the folder (mode 0700) when it is not there. Never waits.
    /// Errors: Conflict "storage.locked" with the holder's process id as argument; Invalid for a folder that cannot
    /// be used or lies on a network file system.
    static Result<FolderLock> take(std::string const& folder);

    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

}
