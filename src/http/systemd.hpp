#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace kpuhub::http {

/// Tells systemd a state ("READY=1", "WATCHDOG=1", "STOPPING=1") by the datagram protocol of sd_notify(3). Does nothing
/// when NOTIFY_SOCKET is not set.
void notify_systemd(std::string_view state);

/// How often the watchdog wants to hear from us (half of WATCHDOG_USEC); nothing when there is none.
std::optional<std::chrono::milliseconds> watchdog_rhythm();

}
