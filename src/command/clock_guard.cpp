#include "command/clock_guard.hpp"
#include <spdlog/spdlog.h>

namespace kpuhub::command {

constexpr storage::Query last_event_at { "command.last_event_at", "SELECT at FROM event ORDER BY id DESC LIMIT 1" };
constexpr std::int64_t behind_ms = 10LL * 60 * 1000;
constexpr std::int64_t jump_ms = 24LL * 3600 * 1000;

static std::int64_t beyond_steady(std::pair<time::Instant, std::chrono::steady_clock::time_point> const& last, time::Instant now,
    std::chrono::steady_clock::time_point steady)
{
    auto const passed = std::chrono::duration_cast<std::chrono::milliseconds>(steady - last.second).count();
    return now.milliseconds - last.first.milliseconds - passed;
}

void ClockGuard::look(storage::Database& database, time::Instant now, std::chrono::steady_clock::time_point steady)
{
    bool const jumped = m_state == State::Jumped || (m_last_look && beyond_steady(*m_last_look, now, steady) > jump_ms);
    m_last_look = { now, steady };
    auto last = database.read([](storage::Reader& reader) -> Result<std::int64_t> {
        auto row = reader.first(last_event_at);
        return row ? row->integer(0) : 0;
    });
    bool const behind = last && now.milliseconds < *last - behind_ms;
    auto const state = behind ? State::Behind : jumped ? State::Jumped : State::Sound;
    if (state != m_state)
        spdlog::warn(R"({{"event":"clock","state":"{}"}})", behind ? "behind" : jumped ? "jumped" : "sound");
    m_state = state;
}

Result<void> ClockGuard::may_write() const
{
    if (m_state == State::Behind)
        return unavailable("clock.behind");
    return {};
}

}
