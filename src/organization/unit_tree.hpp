#pragma once
#include "storage/database.hpp"
#include "time/date.hpp"
#include <cstdint>
#include <map>
#include <vector>

namespace kpuhub::organization {

/// One line of the closure: a unit is its own ancestor at depth 0.
struct Reach {
    std::int64_t ancestor = 0;
    std::int64_t unit = 0;
    int depth = 0;
    friend auto operator<=>(Reach const&, Reach const&) = default;
};

/// All (ancestor, unit, depth) of a forest given as child -> parent; roots are missing or 0. A ring is cut, never followed.
std::vector<Reach> closure(std::vector<std::int64_t> const& units, std::map<std::int64_t, std::int64_t> const& parent_of);

/// Writes the closure of the edges in force on that day as a new tree version; also those of later days from which there is one, for of the
/// versions that hold on a day the newest counts.
void write_tree(storage::Transaction&, time::Date from, std::string_view reason, time::Instant at);

}
