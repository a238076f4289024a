#pragma once
#include "storage/blob_store.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <cstdint>

namespace kpuhub::command {

/// All hashes of stored files that rows name. A new column that names a file is added here, or its files are collected
/// (sweep_store_test compares it with the schema).
extern storage::Query const named_blobs;

/// What an upkeep took away.
struct Swept {
    std::int64_t rows = 0;              ///< counted attempts, sessions, devices and request keys that are over
    std::int64_t files = 0;             ///< stored files that no row names, older than a day
};

/// Forgets what has run out: attempts older than the longest window, ended sessions, devices not seen for long, request
/// keys and imported tables that are kept no longer (kept_times.hpp); then collects files that no row names. In chunks, so that no write waits long.
Result<Swept> sweep(storage::Database&, storage::BlobStore&, time::Instant now);

}
