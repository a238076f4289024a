#pragma once
#include "outbox/outbox.hpp"

namespace kpuhub::outbox {

/// What a row becomes after a try: tried again after 1, 5, 30, 120 and 360 minutes, then it has failed.
struct NextTry {
    char const* state = "";
    std::int64_t not_before = 0;
    std::optional<time::Instant> finished_at {};
};
NextTry after_try(Outcome, std::int64_t attempts, time::Instant now);

}
