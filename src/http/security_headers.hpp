#pragma once
#include "http/response.hpp"
#include "http/router.hpp"

namespace kpuhub::http {

/// The headers that every answer carries (security.md 11). What a handler has set itself stays, so a page may name a
/// stricter policy or a longer cache; what is public says so by its own Cache-Control, everything else is no-store.
void add_security_headers(Response&, PagePolicy);

/// The policy of public pages with these origins as the only ones that may show the page in a frame. Precondition: checked origins,
/// divided by blanks.
std::string policy_framed_by(std::string_view origins);

}
