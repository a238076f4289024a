#pragma once
#include "flow/clock.hpp"
#include "job/job.hpp"
#include "text/messages.hpp"

namespace kpuhub::flow {

/// How many clocks one call of advance takes: the writer is held well under 20 ms on SQLite.
inline constexpr int clocks_at_once = 40;

/// The scheduler's pass: warnings whose moment has come are written to the outbox, limits that have ended get passed = 1.
/// A clock whose calendar has changed since is counted again first, so that nothing passes by an old calendar. Of several shares
/// that have come at once only the last is told. Returns how many clocks; fewer than at_most = nothing waits any more.
/// The listeners are called inside the transaction and may run twice with it.
Result<int> advance(storage::Transaction&, Clocks&, text::Messages const&, PassedListeners const&, std::string const& public_url, time::Instant now,
    int at_most = clocks_at_once);

/// Counts all open clocks again that a change of the calendar may touch: reads and counts in pieces beside the writer, writes only
/// what became different, and never over a clock that has changed meanwhile. Kind "clock.recount".
void register_recount(job::Workshop&, storage::Database&, Clocks&, time::Clock const&);
/// The same at once, for tests and the bench. Returns how many clocks became different.
Result<std::int64_t> recount(storage::Database&, Clocks&, UnitId changed_at, time::Date from, time::Clock const&, std::function<bool(std::int64_t done)> const& progress);

}
