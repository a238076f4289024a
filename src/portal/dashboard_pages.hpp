#pragma once
#include "account/door.hpp"
#include "indicator/source.hpp"

namespace kpuhub::portal {

/// Dashboard of an office and of every node of the tree, and the lists behind its numbers.
/// The source outlives the router.
void register_dashboard_pages(account::Door const&, http::Router&, indicator::Source const&);

}
