#pragma once
#include "decree/draft_json.hpp"

namespace kpuhub::decree {

/// The draft for a terminal: the tree with its months (? = not certain), then the findings.
std::string to_table(Draft const&, FindingWords const&);

}
