#include "codec/reader_queue.hpp"
#include "core/limit_table.hpp"
#include <algorithm>
#include <stdexcept>
#include <thread>

namespace kpuhub::codec {

namespace {

struct ReaderLimits {
    std::size_t waiting = 0;
    std::size_t waiting_per_account = 0;
    std::size_t waiting_in_requests = 0;
    std::chrono::milliseconds patience {};
};

ReaderLimits const& reader_limits()
{
    static ReaderLimits const limits = [] {
        auto table = LimitTable::embedded("readers");
        ReaderLimits read { static_cast<std::size_t>(table.take("waiting")), static_cast<std::size_t>(table.take("waiting_per_account")),
            static_cast<std::size_t>(table.take("waiting_in_requests")), std::chrono::milliseconds { table.take("patience_ms") } };
        if (auto rest = table.all_taken(); !rest)
            throw std::logic_error(rest.error().detail);
        return read;
    }();
    return limits;
}

/// A job has no answer to give: it waits as long as the readers before it may take.
constexpr std::chrono::milliseconds patience_of_jobs = std::chrono::minutes { 30 };

}

std::size_t readers_at_once(unsigned cores) { return std::max(2U, cores) - 1; }

WaitingRoom& reader_room()
{
    static WaitingRoom room { { readers_at_once(std::thread::hardware_concurrency()), reader_limits().waiting, reader_limits().waiting_per_account } };
    return room;
}

Result<WaitingRoom::Seat> take_reader_seat(Asker const& asker)
{
    auto& room = reader_room();
    if (asker.in_request && room.waiting() >= reader_limits().waiting_in_requests)
        return unavailable("codec.busy");
    auto seat = room.enter(asker.in_request ? reader_limits().patience : patience_of_jobs, asker.account);
    if (!seat)
        return unavailable("codec.busy");
    return std::move(*seat);
}

Result<void> may_wait_for_a_job(std::int64_t waiting, std::int64_t of_asker)
{
    auto const& limits = reader_limits();
    if (static_cast<std::size_t>(waiting) >= limits.waiting || static_cast<std::size_t>(of_asker) >= limits.waiting_per_account)
        return unavailable("codec.busy");
    return {};
}

}
