#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "outbox/outbox.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::outbox {

// A restored backup holds messages that may have gone out since it was made, and its limits pass a second time. So nothing leaves, by
// mail or to browsers, until a person has looked and let it go. What is written meanwhile waits too.

/// From now on nothing leaves. A quarantine that holds already stays as it began.
void begin_quarantine(storage::Transaction&, time::Instant now);
/// Since when; nothing when there is none. One statement.
std::optional<time::Instant> quarantined_since(storage::Reader&);

/// A message that is held. What it says is nobody's business here.
struct Held {
    MessageId id {};
    std::string kind;                       ///< first word of its key: "clock", "plan_digest"
    PersonId person {};
    std::string name {};                    ///< of that person; empty: somebody without an account
    time::Instant written_at {}, expires_at {};
};
/// Oldest first; those above an id. One statement.
std::vector<Held> held_messages(storage::Reader&, MessageId above, int limit);
std::int64_t count_held(storage::Reader&);

/// They have failed ("outbox.dropped") and never leave. Empty: all that wait. Returns how many.
/// Errors: Conflict "outbox.not_held"; Invalid "outbox.no_such" for one that does not wait: then none is dropped.
Result<std::int64_t> drop_held(storage::Transaction&, std::vector<MessageId> const&, time::Instant now);
/// What still waits leaves from now on, unless it is of no use any more. Returns how many wait. Errors: Conflict "outbox.not_held".
Result<std::int64_t> end_quarantine(storage::Transaction&);

}
