#pragma once
#include "core/result.hpp"
#include <string>

namespace kpuhub::storage::postgres {

/// Writes the whole database from one snapshot into the folder (pg_dump, custom format) and syncs it; returns the
/// file name. The password reaches the child through a private file, never through its arguments.
/// Errors: Unavailable "storage.dump_failed".
Result<std::string> dump(std::string const& address, std::string const& folder);

/// Fills an empty database from such a file in one transaction.
/// Errors: Conflict "storage.restore_not_empty" is the caller's to check; Unavailable "storage.dump_failed".
Result<void> fill_from_dump(std::string const& address, std::string const& file);

}
