#pragma once
#include "core/result.hpp"
#include <string>

namespace kpuhub::storage {

/// Refuses network and FUSE file systems, whose locks and fsync cannot be relied on (security.md 2).
/// Errors: Invalid "storage.network_folder".
Result<void> require_local_file_system(std::string const& folder);

/// Whether the type that statfs gives is one of those.
bool is_remote_file_system(unsigned long type);

/// fsync of a written file, of a folder after a rename in it. A failing fsync ends the process (exit 74).
/// Errors: Unavailable when it cannot be opened.
Result<void> sync_file(std::string const& path);
Result<void> sync_folder(std::string const& path);

/// The fault of a failed system call: Unavailable "storage.full", "storage.read_only" or "storage.unavailable".
Fault disk_fault(int system_error, std::string const& detail);

}
