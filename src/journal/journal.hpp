#pragma once
#include "core/id.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include <span>
#include <string>
#include <vector>

namespace kpuhub::journal {

/// One value of an event. Personal values are kept salted beside the event and can be erased; the event itself then
/// holds only the commitment HMAC-SHA-256(salt, value).
struct Field {
    std::string name;
    std::string value;
    bool personal = false;
};

struct Entry {
    std::string kind;                   ///< "deliverable.submitted": room word and what happened
    SubjectId subject {};
    UnitId unit {};
    std::vector<Field> fields {};
};

/// Writes one event in the transaction of the change that it tells of.
void write(storage::Transaction&, Act const&, Entry const&);
/// Several events of one act in their order, eight in one statement.
void write_all(storage::Transaction&, Act const&, std::span<Entry const>);

/// An event as pages show it: values put together again, erased ones empty.
struct Event {
    EventId id {};
    time::Instant at {};
    PersonId actor {};
    std::string actor_name;
    std::string on_behalf_title;        ///< title of the post acted for; empty = for himself
    std::string kind;
    SubjectId subject {};
    std::vector<Field> fields;
};

/// Rows of KPUHUB_EVENT_COLUMNS (event_sql.hpp) that begin at column `first`, those of one event one after another.
std::vector<Event> read_events(std::span<storage::Row const>, std::size_t first = 0);

/// Events of a subject, newest first, at most `limit` with an id below `before` (0 = from the newest). One statement.
std::vector<Event> of_subject(storage::Reader&, SubjectId, EventId before, int limit);
/// The same for everything in a unit.
std::vector<Event> of_unit(storage::Reader&, UnitId, EventId before, int limit);

/// Takes all unsealed events, in order of id, into one seal. Returns how many; 0 writes nothing.
/// head = SHA-256(previous head, then id and payload hash of each event); format in docs/journal.md.
std::int64_t seal(storage::Transaction&, time::Instant now, std::int64_t at_most = 10'000);

struct Head {
    std::string head;                   ///< hex; 64 zeros before the first seal
    std::int64_t total = 0;             ///< events sealed so far
    time::Instant at {};
};
Head head(storage::Reader&);

/// Where the journal stands, as the public page of a unit shows it. One statement.
struct Standing {
    EventId last {};                    ///< newest event of the unit; none = nothing has happened yet
    time::Instant last_at {};
    Head head;
};
Standing standing(storage::Reader&, UnitId);

/// Recomputes every payload hash, commitment and seal; gives what does not fit, in words for the operator.
std::vector<std::string> verify(storage::Reader&);

/// The text of a checkpoint file: head, count and time, signed with Ed25519 (docs/journal.md).
/// Errors: Invalid when the key is not an Ed25519 secret key of 64 bytes.
Result<std::string> checkpoint(Head const&, std::string_view secret_key);

/// Checks a checkpoint's signature and that the journal still holds that head at that count.
Result<void> verify_checkpoint(storage::Reader&, std::string_view checkpoint, std::string_view public_key);

}
