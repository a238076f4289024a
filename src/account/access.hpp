#pragma once
#include "organization/access.hpp"
#include <compare>
#include <string>
#include <vector>

namespace kpuhub::account {

/// One thing that a role may.
struct RolePermission {
    std::string role, permission;
    bool below = false;                 ///< also in all lower units
    friend auto operator<=>(RolePermission const&, RolePermission const&) = default;
};

/// Replaces all permissions of a register ("record.visitor_book."...): they come with its definition.
void replace_permissions(storage::Transaction&, std::string const& register_id, std::vector<RolePermission>);

/// Loads the embedded roles file into role_permission when it differs from what is there. Returns whether it did.
Result<bool> load_roles(storage::Database&);

using organization::may;

}
