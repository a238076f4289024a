#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace kpuhub {

/// Costly work that only a few may do at the same time: so many seats, and a queue of bounded length before them, bounded
/// also for each guest (an account). Who finds the queue full, or loses patience in it, gets no seat. Any thread.
class WaitingRoom {
public:
    struct Size {
        std::size_t seats = 1;
        std::size_t waiting = 0;                ///< in front of the seats, all together
        std::size_t waiting_per_guest = 0;      ///< 0 = no bound of its own; guests without a name have none
    };
    explicit WaitingRoom(Size size) : m_size(size) {}
    WaitingRoom(WaitingRoom const&) = delete;
    WaitingRoom& operator=(WaitingRoom const&) = delete;

    /// A seat, free again when this value goes.
    class Seat {
    public:
        explicit Seat(WaitingRoom& room) : m_room(&room) {}
        Seat(Seat&& other) noexcept : m_room(other.m_room) { other.m_room = nullptr; }
        Seat& operator=(Seat&&) = delete;
        ~Seat()
        {
            if (m_room != nullptr)
                m_room->leave();
        }

    private:
        WaitingRoom* m_room;
    };

    /// Waits for a seat, at most as long as the patience. Nothing when the queue is full or the patience is over.
    std::optional<Seat> enter(std::chrono::milliseconds patience, std::string const& guest = {});

    [[nodiscard]] std::size_t waiting() const;

private:
    void leave();

    Size m_size;
    mutable std::mutex m_mutex;
    std::condition_variable m_free_again;
    std::size_t m_taken = 0;
    std::size_t m_waiting = 0;
    std::map<std::string, std::size_t> m_guests;        ///< how many of each wait
};

}
