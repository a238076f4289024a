#pragma once
#include "storage/blob_store.hpp"
#include "storage/database.hpp"
#include <string>
#include <vector>

namespace kpuhub::storage {

/// One file of a backup.
struct BackupPart {
    std::string path;               ///< inside the backup's folder
    std::int64_t bytes = 0;
    std::string sha256;
};

/// What a backup holds; stored as manifest.json. A folder without it is no backup.
struct Manifest {
    Engine engine = Engine::Sqlite;
    std::string program;            ///< version of the program that made it
    std::string schema;             ///< name of the last schema file
    std::int64_t last_event = 0;    ///< the copy holds at least the events up to this one
    std::string made_at;            ///< instant, ISO
    std::string database;           ///< path of the part that is the database
    std::vector<BackupPart> parts;
};

struct BackupRequest {
    std::string folder;             ///< where to; must be empty or not there yet
    std::string program;
    Query last_event;               ///< gives one number (NULL = no event yet)
    time::Instant now;
};

/// Database from one snapshot, then every stored file (they never change, so later is safe), then the manifest, put
/// in place last. The server goes on meanwhile. (security.md 17; without encryption for now)
/// Errors: Conflict "storage.backup_not_empty"; Unavailable.
Result<Manifest> back_up(Database&, BlobStore const&, BackupRequest const&);

/// Reads the manifest and compares every part with it. Errors: Invalid "storage.backup_broken" with the part's name.
Result<Manifest> check_backup(std::string const& folder);

struct RestoreTarget {
    Settings database;              ///< a file that does not exist yet, or an empty PostgreSQL database
    std::string blobs;              ///< folder of the stored files; empty or not there yet
};

/// Checks all of the backup and of the target before anything is written, then fills the target and opens it.
/// Errors: Conflict "storage.restore_not_empty", "storage.schema_newer"; Invalid "storage.backup_broken",
/// "storage.restore_engine".
Result<std::unique_ptr<Database>> restore(std::string const& folder, RestoreTarget const&);

/// What is wrong with a running store: the engine's own check and every stored file. Empty = sound.
Result<std::vector<std::string>> verify_store(Database&, BlobStore const&, Query const& named_blobs);

}
