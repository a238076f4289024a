#pragma once
#include "organization/unit.hpp"
#include <array>

namespace kpuhub::organization {

/// The unit of a code, if the person may do that in it today. Errors: NotFound, also when he may not: he need not know of it.
Result<Unit> unit_for(storage::Reader&, PersonId, time::Date today, std::string_view code, std::string_view permission);

/// A unit with what a person may do in it today, in the order asked.
struct UnitWithRights {
    Unit unit;
    std::array<bool, 3> may {};
};
/// The unit of a code with three rights, one statement. It refuses nobody: the caller does. Errors: NotFound for an unknown code.
Result<UnitWithRights> unit_with_rights(storage::Reader&, PersonId, time::Date today, std::string_view code,
    std::array<std::string_view, 3> const& permissions);
/// The same for a page that only the first right opens. Errors: NotFound, also without that right. An empty name is a right that
/// nobody has.
Result<UnitWithRights> unit_for(storage::Reader&, PersonId, time::Date today, std::string_view code,
    std::array<std::string_view, 3> const& permissions);

}
