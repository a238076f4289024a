#pragma once
#include <cstddef>
#include <cstdint>

namespace kpuhub::account {

/// How long a session lives and how many an account may have.
struct SessionLimits {
    std::int64_t idle_ms = 0;
    std::int64_t absolute_ms = 0;
    std::int64_t per_account = 0;
};

/// The numbers of definitions/limits.yaml, section sign_in; their reasons stand there.
struct SignInLimits {
    std::size_t hashes_at_once = 0;
    std::size_t hashes_waiting = 0;
    std::int64_t failures_before_delay = 0;
    std::int64_t longest_delay_s = 0;
    std::int64_t failures_per_day = 0;                  ///< of one account, or of one known device
    std::int64_t failures_per_network_and_hour = 0;
    std::int64_t known_devices = 0;                     ///< kept of one account
    std::int64_t known_device_ms = 0;                   ///< after so long without a sign-in it is forgotten
    std::int64_t rates_kept_ms = 0;
    SessionLimits session {};
};

/// The table compiled into the program, read once. Throws std::logic_error when it is faulty: the program does not start.
SignInLimits const& sign_in_limits();

}
