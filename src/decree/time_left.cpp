#include "decree/time_left.hpp"
#include <algorithm>

namespace kpuhub::decree {

std::optional<view::Sentence> time_left(job::Job const& job, time::Instant now)
{
    if (job.running_since == 0 || job.done_steps <= 0 || job.done_steps >= job.all_steps)
        return std::nullopt;
    constexpr std::int64_t minute = 60'000;
    auto const passed = std::max<std::int64_t>(0, now.milliseconds - job.running_since);
    auto const left = passed / job.done_steps * (job.all_steps - job.done_steps);
    if (left < minute)
        return view::Sentence { "decree.wait.under_a_minute", {} };
    return view::Sentence { "decree.wait.minutes_left", { (left + minute - 1) / minute } };
}

}
