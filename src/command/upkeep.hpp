#pragma once
#include "command/settings.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <string>

namespace kpuhub::command {

/// Where the checkpoints of the journal go and the key that signs them (security.md 6).
std::string anchors_folder(Settings const&);
std::string public_key_file(Settings const&);

/// What the server does once an hour and once more at its end: a signed checkpoint of the journal into the anchors folder,
/// when anything was sealed since the last.
class Upkeep {
public:
    /// Reads the Ed25519 key; at the first start makes it: the secret key readable by the owner only, the public key in
    /// hexadecimal beside it. Errors: Invalid "command.checkpoint_key", or
    /// "command.secret_readable" when group or others may read it, with the file's name.
    static Result<Upkeep> create(Settings const&, storage::Database&, time::Clock const&);

    void round();

private:
    Upkeep(storage::Database& database, time::Clock const& clock, std::string anchors, std::string secret_key)
        : m_database(&database), m_clock(&clock), m_anchors(std::move(anchors)), m_secret_key(std::move(secret_key))
    {
    }
    Result<void> write_checkpoint();

    storage::Database* m_database;
    time::Clock const* m_clock;
    std::string m_anchors;
    std::string m_secret_key;
    std::string m_last_head;
};

}
