#include "organization/access.hpp"

namespace kpuhub::organization {

using storage::Query;

constexpr Query may_in_unit { "account.may", "SELECT CASE WHEN $4 IN (SELECT mr2.permission FROM role_permission mr2) AND "
    KPUHUB_MAY("$3", "$4") " THEN 1 ELSE 0 END" };

bool may(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, std::string_view permission)
{
    auto row = reader.first(may_in_unit, person, today, unit, permission);
    return row && row->yes(0);
}

}
