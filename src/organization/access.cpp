#include "organization/access.hpp"

namespace kpuhub::organization {

using storage::Query;

constexpr Query may_in_unit { "account.may", "SELECT CASE WHEN $4 IN (SELECT mr2.permission FROM role_permission mr2) AND "
    KPUHUB_MAY("$3", "$4") " THEN 1 ELSE 0 END" };

constexpr Query may_three { "organization.may_each", "SELECT CASE WHEN " KPUHUB_MAY("$3", "$4") " THEN 1 ELSE 0 END, CASE WHEN "
    KPUHUB_MAY("$3", "$5") " THEN 1 ELSE 0 END, CASE WHEN " KPUHUB_MAY("$3", "$6") " THEN 1 ELSE 0 END" };

std::array<bool, 3> may_each(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, std::array<std::string_view, 3> const& permissions)
{
    auto row = reader.first(may_three, person, today, unit, permissions[0], permissions[1], permissions[2]);
    return { row->yes(0), row->yes(1), row->yes(2) };
}

bool may(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, std::string_view permission)
{
    auto row = reader.first(may_in_unit, person, today, unit, permission);
    return row && row->yes(0);
}

}
