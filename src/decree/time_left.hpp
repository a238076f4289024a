#pragma once
#include "job/job.hpp"
#include "view/parts.hpp"
#include <optional>

namespace kpuhub::decree {

/// In words, from the steps done since the worker took the job. Nothing before the first step and after the last one.
std::optional<view::Sentence> time_left(job::Job const&, time::Instant now);

}
