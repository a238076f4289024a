#pragma once
#include "plan/plan.hpp"
#include "storage/database.hpp"
#include <vector>

namespace kpuhub::plan {

/// What a person verified or returned in an office since a day, newest first, as far as nobody went on with it. One statement.
struct Decision {
    Deliverable deliverable {};
    std::string number;
    std::string body;
};
std::vector<Decision> recent_decisions(storage::Reader&, PersonId, UnitId, time::Instant since, int limit);

}
