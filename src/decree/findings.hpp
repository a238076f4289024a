#pragma once
#include "decree/draft.hpp"

namespace kpuhub::decree {

/// Looks over a finished draft and says what a person has to see: months, numbers, missing texts, fields that contradict
/// each other. Findings that the readers made before stay.
void add_findings(Draft&);

}
