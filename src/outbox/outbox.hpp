#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub {
using MessageId = Id<struct MessageTag>;
}

namespace kpuhub::outbox {

/// One thing to tell one person once. Written by the transaction that has something to tell; the post takes it after the commit.
struct Message {
    std::string key;                ///< what makes it one message: the same key a second time writes nothing
    std::string bundle;             ///< messages of one bundle that wait together go out as one mail
    PersonId person {};
    std::string address;            ///< e-mail; empty: kept as failed, so that the page can say why nothing came
    std::string heading;            ///< one line
    std::string body;               ///< plain text
    std::string link {};            ///< page of ours that the heading leads to; empty: the start page
};

/// How long to hold a message for others of its bundle, and how long it is of use. Unit: milliseconds.
struct Holding {
    std::int64_t hold_ms = 0;
    std::int64_t useful_ms = 3 * 86'400'000LL;
};

/// False when that key has been written before. A message joins what already waits in its bundle and goes with it.
bool put(storage::Transaction&, Message const&, time::Instant now, Holding = {});

/// What came of a try. Unknown = the server may have taken it: never tried again.
enum class Outcome { Sent, TryAgain, Refused, Unknown };

/// A bundle that one post has taken out for a while.
struct Claimed {
    std::vector<MessageId> ids;
    std::int64_t fence = 0;         ///< of each row alike: rows of one claim have been tried equally often
    std::int64_t attempts = 0;
    std::vector<Message> messages;
};

/// Takes the oldest bundle that is ready; nothing while messages are held (outbox/quarantine). Whatever was under way when its lease ran out is unknown from then on;
/// what is of no use any more has failed.
std::optional<Claimed> claim(storage::Transaction&, time::Instant now, std::int64_t lease_ms = 120'000);

/// Writes the outcome; tries again after 1, 5, 30, 120 and 360 minutes, then it has failed. False when nothing was held any more.
bool finish(storage::Transaction&, Claimed const&, Outcome, std::string_view fault, time::Instant now);

/// How many rows stand in each state, for /metrics and tests.
struct Count {
    std::string state;
    std::int64_t rows = 0;
};
std::vector<Count> count_by_state(storage::Reader&);

}
