#include "account/sign_in_limits.hpp"
#include "core/limit_table.hpp"
#include <stdexcept>

namespace kpuhub::account {

static SignInLimits read_limits()
{
    constexpr std::int64_t day_ms = 86'400'000;
    auto table = LimitTable::embedded("sign_in");
    SignInLimits limits;
    limits.hashes_at_once = static_cast<std::size_t>(table.take("hashes_at_once"));
    limits.hashes_waiting = static_cast<std::size_t>(table.take("hashes_waiting"));
    limits.failures_before_delay = table.take("failures_before_delay");
    limits.longest_delay_s = table.take("longest_delay_s");
    limits.failures_per_day = table.take("failures_per_day");
    limits.failures_per_network_and_hour = table.take("failures_per_network_and_hour");
    limits.known_devices = table.take("known_devices");
    limits.known_device_ms = table.take("known_device_days") * day_ms;
    limits.rates_kept_ms = table.take("rates_kept_ms");
    limits.session = { table.take("session_idle_ms"), table.take("session_absolute_ms"), table.take("sessions_per_account") };
    if (auto rest = table.all_taken(); !rest)
        throw std::logic_error(rest.error().detail);
    return limits;
}

SignInLimits const& sign_in_limits()
{
    static SignInLimits const limits = read_limits();
    return limits;
}

}
