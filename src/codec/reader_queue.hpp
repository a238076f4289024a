#pragma once
#include "core/result.hpp"
#include "core/waiting_room.hpp"
#include <cstdint>
#include <string>

namespace kpuhub::codec {

/// Who asks for a child: a job waits for its turn; a request waits only a while, and beside few others, so that the
/// workers that answer pages are not all waiting for files.
struct Asker {
    std::string account {};             ///< its number; empty for a job or a command
    bool in_request = false;
};

/// A seat among the children that read files: at most max(1, cores - 1) run at once on this machine, with a queue before
/// them (limits.yaml, section readers). Errors: Unavailable "codec.busy" when the queue, or the asker's share of it, is full.
Result<WaitingRoom::Seat> take_reader_seat(Asker const&);

/// Whether one more file may wait to be read by a job, so many waiting already. Errors: Unavailable "codec.busy".
Result<void> may_wait_for_a_job(std::int64_t waiting, std::int64_t of_asker);

/// The queue itself, for tests.
WaitingRoom& reader_room();

/// How many children run at once on a machine with so many cores.
std::size_t readers_at_once(unsigned cores);

}
