#pragma once
#include "core/id.hpp"
#include "storage/database.hpp"
#include <array>
#include <string_view>

// The parts of the access rule, for the statements that ask it in another form (which permissions, which offices). Each stands here alone.

/// The roles that the person ($1) has on the day ($2), with the office of each (at_unit, role): granted to him, or to a post that he holds
/// (also as Plt., Plh. or delegate); who holds any post of an office is its staff.
///   joined_by   "UNION ALL", or "UNION" where each shall come out once
#define KPUHUB_ROLES_HELD(joined_by) \
    "SELECT g.unit_id AS at_unit, g.role AS role FROM role_grant g" \
    " WHERE g.valid_from <= $2 AND g.valid_to >= $2" \
    " AND (g.person_id = $1 OR g.post_id IN (SELECT ma.post_id FROM appointment ma" \
    " WHERE ma.person_id = $1 AND ma.valid_from <= $2 AND ma.valid_to >= $2))" \
    " " joined_by \
    " SELECT mp.unit_id AS at_unit, 'staff' AS role FROM appointment ms JOIN post mp ON mp.id = ms.post_id" \
    " WHERE ms.person_id = $1 AND ms.valid_from <= $2 AND ms.valid_to >= $2"

/// The version of the tree of the day ($2).
#define KPUHUB_TREE_OF_DAY "(SELECT max(mt.version) FROM unit_tree mt WHERE mt.valid_from <= $2)"

/// Whether a permission of a role at an office reaches a unit: that office itself, and all below it when the permission is marked "below".
///   given       table with the column below
///   scope       row of unit_scope from the office to the unit
#define KPUHUB_REACHES(given, scope) "(" given ".below = 1 OR " scope ".depth = 0)"

/// The access predicate, compiled into the statement that reads or changes a row: true when the reader ($1 = person)
/// has, today ($2 = ISO date), the permission in the unit of the row. Permissions marked "below" in
/// definitions/access/roles.yaml reach all lower units of today's tree.
///   unit        SQL expression of the row's unit id, such as "p.unit_id"
///   permission  a literal in single quotes, such as "'plan.read'"
#define KPUHUB_MAY(unit, permission) \
    "EXISTS (SELECT 1 FROM unit_scope mu" \
    " JOIN (" KPUHUB_ROLES_HELD("UNION ALL") ") mg ON mg.at_unit = mu.ancestor_id" \
    " JOIN role_permission mr ON mr.role = mg.role AND mr.permission = " permission " AND " KPUHUB_REACHES("mr", "mu") \
    " WHERE mu.unit_id = " unit " AND mu.tree_version = " KPUHUB_TREE_OF_DAY ")"

namespace kpuhub::organization {

/// Whether the person may do it in the unit today: for pages that show or hide a button. A write checks in its own statement.
bool may(storage::Reader&, PersonId, time::Date today, UnitId, std::string_view permission);

/// The same for three permissions in one statement.
std::array<bool, 3> may_each(storage::Reader&, PersonId, time::Date today, UnitId, std::array<std::string_view, 3> const& permissions);

}
