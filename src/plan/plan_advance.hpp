#pragma once
#include "core/result.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"

namespace kpuhub::plan {

/// How many deliverables one call of advance takes: well under 20 ms of the writer on SQLite.
inline constexpr int advance_at_most = 200;

/// The passing of due days, written by the scheduler: the first deliverables whose day has ended get passed = 1, and the
/// figures of their units follow. Returns how many; fewer than at_most = nothing waits any more.
Result<int> advance(storage::Transaction&, time::Instant now, int at_most = advance_at_most);

/// How many wait to be written, and when the next one comes.
struct Waiting {
    std::int64_t now = 0;
    std::optional<time::Instant> next {};
};
Waiting waiting_to_advance(storage::Reader&, time::Instant now);

}
