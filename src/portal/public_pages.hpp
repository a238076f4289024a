#pragma once
#include "account/door.hpp"

namespace kpuhub::portal {

/// GET /public?q= (offices by name) and GET /public/units/{unit}?year=&area= (Kolom RB), for everybody, without script.
void register_public_pages(account::Door const&, http::Router&);

}
