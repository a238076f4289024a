#include "organization/unit_access.hpp"
#include "organization/access.hpp"

namespace kpuhub::organization {

#define KPUHUB_UNIT_OF_CODE \
    " FROM unit u" \
    "  JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m" \
    "       WHERE m.unit_id = u.id AND (m.valid_from <= $2 OR m.valid_from = u.opened_on))" \
    " WHERE u.code = $3"
#define KPUHUB_YES_IF(permission) ", CASE WHEN " KPUHUB_MAY("u.id", permission) " THEN 1 ELSE 0 END"

constexpr storage::Query unit_of_reader { "organization.unit_for",
    "SELECT u.id, u.code, u.level, n.name, n.zone" KPUHUB_UNIT_OF_CODE " AND " KPUHUB_MAY("u.id", "$4") };
constexpr storage::Query unit_and_rights { "organization.unit_with_rights",
    "SELECT u.id, u.code, u.level, n.name, n.zone" KPUHUB_YES_IF("$4") KPUHUB_YES_IF("$5") KPUHUB_YES_IF("$6") KPUHUB_UNIT_OF_CODE };

static Unit unit_in(storage::Row const& row)
{
    return { row.id<UnitTag>(0), row.text(1), row.text(2), row.text(3), time::zone_named(row.text(4)).value_or(time::Zone::Wib) };
}

Result<Unit> unit_for(storage::Reader& reader, PersonId person, time::Date today, std::string_view code, std::string_view permission)
{
    auto row = reader.first(unit_of_reader, person, today, code, permission);
    if (!row)
        return not_found("organization.unit.not_found");
    return unit_in(*row);
}

Result<UnitWithRights> unit_with_rights(storage::Reader& reader, PersonId person, time::Date today, std::string_view code,
    std::array<std::string_view, 3> const& permissions)
{
    auto row = reader.first(unit_and_rights, person, today, code, permissions[0], permissions[1], permissions[2]);
    if (!row)
        return not_found("organization.unit.not_found");
    return UnitWithRights { unit_in(*row), { row->yes(5), row->yes(6), row->yes(7) } };
}

Result<UnitWithRights> unit_for(storage::Reader& reader, PersonId person, time::Date today, std::string_view code,
    std::array<std::string_view, 3> const& permissions)
{
    auto found = TRY(unit_with_rights(reader, person, today, code, permissions));
    if (!found.may[0])
        return not_found("organization.unit.not_found");
    return found;
}

}
