#pragma once
#include "account/door.hpp"

namespace kpuhub::portal {

/// GET /: the start page of who is signed in, by roles; for everybody else what this is and where to look.
/// GET /tasks?list=...: the whole of each list that a block shows seven lines of.
void register_home_pages(account::Door const&, http::Router&);

}
