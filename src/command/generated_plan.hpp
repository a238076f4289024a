#pragma once
#include "core/id.hpp"
#include "organization/unit.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"

namespace kpuhub::command {

/// What is to be generated for one office.
struct GeneratedPlans {
    organization::Unit unit {};
    int first_year = 0;
    int last_year = 0;
    std::uint64_t seed = 0;
    time::Instant now {};
};

/// Writes fixed plans of an office, 8 areas with 4 activities, 3 sub-activities and 2 success indicators each, with their
/// deliverables in mixed states, and a person who did the work; then its tallies anew. Years that have a plan already are left
/// alone. The same seed gives the same plans. Returns the number of rows.
std::int64_t generate_plans(storage::Transaction&, GeneratedPlans const&);

}
