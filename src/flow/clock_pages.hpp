#pragma once
#include "account/door.hpp"
#include "flow/clock.hpp"

namespace kpuhub::flow {

/// /clocks (open limits of an office), /clocks/{id} (why a limit ends when it does), /calendar (days off and office hours; KPU RI
/// edits them). The clocks live as long as the program.
void register_clock_pages(account::Door const&, http::Router&, Clocks&);
void register_calendar_pages(account::Door const&, http::Router&);

}
