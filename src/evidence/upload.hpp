#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "storage/database.hpp"
#include <string>
#include <string_view>

namespace kpuhub::evidence {

/// A file on its way in pieces. The browser makes the key from the file itself, so that the same file, chosen again after
/// a broken line or a closed page, goes on where it stopped.
struct Upload {
    std::int64_t id = 0;
    std::string key;
    std::string file_name;
    std::int64_t total_bytes = 0;
    std::int64_t received_bytes = 0;
    EvidenceId evidence {};             ///< what it became; none = still on its way

    [[nodiscard]] bool complete() const { return received_bytes == total_bytes; }
};

/// Names the file and its size, or finds what was begun with the key. One that had become a proof begins anew.
/// Errors: Invalid "evidence.upload.key", "evidence.upload.size" (empty, over 50 MiB), "evidence.upload.many" (20 unfinished ones).
Result<Upload> begin_upload(storage::Transaction&, AccountId, std::string const& key, std::string const& file_name,
    std::int64_t total_bytes, time::Instant now);

/// Errors: NotFound, also for the key of another account.
Result<Upload> find_upload(storage::Reader&, AccountId, std::string const& key);

/// Writes a piece into the part file, durably, then the row. A piece that came before changes nothing.
/// Gives how far the file has come. Errors: NotFound; Conflict "evidence.upload.offset" when bytes before it are missing;
/// Invalid "evidence.upload.size" when it goes beyond the end; Unavailable "storage.full".
Result<Upload> add_piece(storage::Database&, std::string const& folder, AccountId, std::string const& key, std::int64_t offset,
    std::string_view bytes, time::Instant now);

/// Says what the file became. Errors: Conflict when it became something already.
Result<void> finish_upload(storage::Transaction&, Upload const&, EvidenceId);

/// The part file: named by our own number, never by what the browser sent.
std::string part_path(std::string const& folder, Upload const&);
void remove_part(std::string const& folder, Upload const&);

/// Forgets what was last written before this moment and left unfinished, rows and part files. Returns how many. Called by the scheduler.
Result<std::int64_t> drop_stale_uploads(storage::Database&, std::string const& folder, time::Instant before);

}
