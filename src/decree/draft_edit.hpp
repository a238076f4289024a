#pragma once
#include "core/result.hpp"
#include "decree/edit.hpp"

namespace kpuhub::decree {

/// Carries out an edit of one node in place; gives how many nodes it touched. Errors as decide().
Result<int> edit_node(Draft&, Edit const&);

}
