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

/// Counts one more use of that name now; all nodes count together. Errors: Unavailable with the message of the rate beyond `most`.
Result<void> count_use(storage::Database&, std::string const& name, Rate const&, time::Instant now);

}
