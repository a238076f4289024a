#pragma once
#include "account/door.hpp"
#include "definition/publication.hpp"

namespace kpuhub::portal {

/// GET /public?q= (offices by name) and GET /public/units/{unit}?year=&area= (Kolom RB), for everybody, without script.
/// The page of an office links to the doors of its registers (record/intake).
void register_public_pages(account::Door const&, http::Router&, definition::Shelf&);

}
