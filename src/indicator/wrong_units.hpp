#pragma once
#include "storage/database.hpp"
#include <string_view>
#include <vector>

namespace kpuhub::indicator {

/// The units whose tallies of the indicator are not the sums of the contributions that are kept, or whose distinct keys are not held
/// by as many. In order. All in one moment, so that writes beside it do not look like faults. One statement.
std::vector<UnitId> wrong_units(storage::Reader&, std::string_view indicator);

/// Makes the holders of distinct keys and the tallies of a unit what the kept contributions say. Each side of a difference is read in one
/// statement and the difference is added, so that whoever writes meanwhile is counted once. Returns how many were wrong.
std::int64_t mend_unit(storage::Transaction&, std::string_view indicator, UnitId);

}
