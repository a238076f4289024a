#pragma once
#include "decree/draft.hpp"

namespace kpuhub::decree {

/// Looks over a finished draft and says what a person has to see: months, numbers, missing texts, fields that contradict
/// each other. Findings that the readers made before stay.
void add_findings(Draft&);

/// The names under which an office is known; the first is shown.
using OfficeNames = std::vector<std::string>;

/// Says when the decree is of another office than the one it is imported for, or its plan of another year (0 = not asked).
void compare_with_office(Draft&, OfficeNames const&, int year);

}
