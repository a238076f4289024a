#include "core/waiting_room.hpp"

namespace kpuhub {

std::optional<WaitingRoom::Seat> WaitingRoom::enter(std::chrono::milliseconds patience, std::string const& guest)
{
    std::unique_lock lock(m_mutex);
    if (m_taken < m_size.seats && m_waiting == 0) {
        ++m_taken;
        return std::optional<Seat> { std::in_place, *this };
    }
    bool bounded = !guest.empty() && m_size.waiting_per_guest > 0;
    if (m_waiting >= m_size.waiting || (bounded && m_guests[guest] >= m_size.waiting_per_guest))
        return std::nullopt;
    ++m_waiting;
    if (bounded)
        ++m_guests[guest];
    bool seated = m_free_again.wait_for(lock, patience, [&] { return m_taken < m_size.seats; });
    --m_waiting;
    if (bounded && --m_guests[guest] == 0)
        m_guests.erase(guest);
    if (!seated)
        return std::nullopt;
    ++m_taken;
    return std::optional<Seat> { std::in_place, *this };
}

std::size_t WaitingRoom::waiting() const
{
    std::lock_guard lock(m_mutex);
    return m_waiting;
}

void WaitingRoom::leave()
{
    std::lock_guard lock(m_mutex);
    --m_taken;
    m_free_again.notify_one();
}

}
