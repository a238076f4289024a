#pragma once
#include "decree/draft.hpp"
#include "decree/shape.hpp"

namespace kpuhub::decree {

/// Suggests rhythm, authority, "tentatif" and the kind of each success indicator from KET and wording. Each suggestion
/// carries the printed words behind it. Nothing printed is changed.
void propose(Draft&, Shape const&);

}
