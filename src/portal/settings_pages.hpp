#pragma once
#include "account/door.hpp"

namespace kpuhub::portal {

/// What an office sets for itself: who may show its public page, and what stands on it. Needs unit.set.
void register_settings_pages(account::Door const&, http::Router&);

}
