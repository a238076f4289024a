#pragma once
#include "core/result.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <atomic>
#include <chrono>
#include <optional>

namespace kpuhub::command {

/// Watches the wall clock of the machine (security.md 10). Standing more than 10 minutes before the last event, nothing may
/// be written, since what is written would stand before what it answers. Having jumped forward by more than a day while
/// the program ran, deadlines do not pass until somebody confirms the time by starting the program anew.
class ClockGuard {
public:
    enum class State { Sound, Behind, Jumped };

    /// Compares the clock with the last event, and with the steady clock since the last look. Any thread may ask `state`.
    void look(storage::Database&, time::Instant now, std::chrono::steady_clock::time_point steady);

    [[nodiscard]] State state() const { return m_state; }
    /// Whether deadlines, warnings and forgetting may go on.
    [[nodiscard]] bool time_may_pass() const { return m_state == State::Sound; }
    /// Errors: Unavailable "clock.behind".
    [[nodiscard]] Result<void> may_write() const;

private:
    std::atomic<State> m_state { State::Sound };
    std::optional<std::pair<time::Instant, std::chrono::steady_clock::time_point>> m_last_look;
};

}
