#pragma once
#include "storage/database.hpp"
#include <string>

namespace kpuhub::account {

/// How often something may be done from one place within a span of time.
struct Rate {
    std::int64_t most = 0;
    std::int64_t window_ms = 3'600'000;
    std::string message_key;                ///< {0} = seconds until it is allowed again
};

/// How often something was done in the window that begins at `window_at` (milliseconds), and one more of it; in the database, so that all
/// nodes see it.
std::int64_t hits(storage::Reader&, std::string const& name, std::int64_t window_at);
std::int64_t count_hit(storage::Transaction&, std::string const& name, std::int64_t window_at);

/// Counts one more use of that name now; all nodes count together. Errors: Unavailable with the message of the rate beyond `most`.
Result<void> count_use(storage::Database&, std::string const& name, Rate const&, time::Instant now);

}
