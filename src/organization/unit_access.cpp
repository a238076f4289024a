#include "organization/unit_access.hpp"
#include "organization/access.hpp"

namespace kpuhub::organization {

constexpr storage::Query unit_of_reader { "organization.unit_for",
    "SELECT u.id, u.code, u.level, n.name, n.zone FROM unit u"
    "  JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m"
    "       WHERE m.unit_id = u.id AND (m.valid_from <= $2 OR m.valid_from = u.opened_on))"
    " WHERE u.code = $3 AND " KPUHUB_MAY("u.id", "$4") };

Result<Unit> unit_for(storage::Reader& reader, PersonId person, time::Date today, std::string_view code, std::string_view permission)
{
    auto row = reader.first(unit_of_reader, person, today, code, permission);
    if (!row)
        return not_found("organization.unit.not_found");
    return Unit { row->id<UnitTag>(0), row->text(1), row->text(2), row->text(3), time::zone_named(row->text(4)).value_or(time::Zone::Wib) };
}

}
