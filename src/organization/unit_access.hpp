#pragma once
#include "organization/unit.hpp"

namespace kpuhub::organization {

/// The unit of a code, if the person may do that in it today. Errors: NotFound, also when he may not: he need not know of it.
Result<Unit> unit_for(storage::Reader&, PersonId, time::Date today, std::string_view code, std::string_view permission);

}
