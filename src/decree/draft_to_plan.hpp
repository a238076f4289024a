#pragma once
#include "decree/draft.hpp"
#include "organization/unit.hpp"
#include "plan/tree.hpp"

namespace kpuhub::decree {

/// The draft as the tree of a plan. Owners named in words are found among the sub-divisions of the office (code, name or
/// short name, letters of any case); others stay without. Rows of uncertain months keep that mark. The sources stay
/// with each row as JSON.
plan::Tree to_plan(Draft const&, std::vector<organization::Subdivision> const&);

}
