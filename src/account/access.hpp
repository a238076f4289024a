#pragma once
#include "organization/access.hpp"

namespace kpuhub::account {

/// Loads the embedded roles file into role_permission when it differs from what is there. Returns whether it did.
Result<bool> load_roles(storage::Database&);

using organization::may;

}
