#pragma once
#include "core/id.hpp"
#include "storage/database.hpp"
#include <string>
#include <vector>

namespace kpuhub::flow {

/// How the limits of some subjects stand. One statement; at most a few hundred subjects at once.
struct ClockStanding {
    SubjectId subject {};
    std::string name;
    bool open = false;
    bool passed = false;
};
std::vector<ClockStanding> clock_standings(storage::Reader&, std::vector<SubjectId> const&);

/// When some subjects first came into each state that they have been in. One statement.
struct ReachedState {
    SubjectId subject {};
    std::string state;
    time::Instant at {};
};
std::vector<ReachedState> reached_states(storage::Reader&, std::vector<SubjectId> const&);

/// Limits of the office that wait for one person: those that have passed, and those that pass until a moment. One statement.
struct OwnLimits {
    std::int64_t late = 0, soon = 0;
};
OwnLimits own_limits(storage::Reader&, PersonId officer, time::Instant now, time::Instant until);

}
