#pragma once
#include "account/door.hpp"

namespace kpuhub::report {

/// All pages of this room.
void register_pages(account::Door const&, http::Router&);

/// /units/{unit}/papers/new, /papers/{paper}/form and /papers/{paper}/later: a paper of the year begun, filled, and compared with now.
void register_form_pages(account::Door const&, http::Router&);
/// /units/{unit}/plans/{year}/pleno.pdf: the bahan pleno with one tap.
void register_pleno_page(account::Door const&, http::Router&);

}
