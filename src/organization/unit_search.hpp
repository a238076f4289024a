#pragma once
#include "organization/unit.hpp"

namespace kpuhub::organization {

/// Offices whose name holds every word of the text, or whose code is the text, by code; without a text the country and its
/// provinces. Names are public. One statement.
std::vector<Unit> units_named(storage::Reader&, std::string_view text, time::Date today, int limit);

}
