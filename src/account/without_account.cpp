#include "account/without_account.hpp"
#include "account/access.hpp"

namespace kpuhub::account {

constexpr storage::Query people_without { "account.people_without_account",
    "SELECT p.id, p.name, count(*) OVER () FROM person p"
    " WHERE p.unit_id = $3 AND (p.left_on IS NULL OR p.left_on >= $2)"
    "   AND NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id) AND " KPUHUB_MAY("p.unit_id", "'people.manage'")
    " ORDER BY p.name, p.id LIMIT $4" };

WithoutAccount without_account(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, int limit)
{
    WithoutAccount found;
    for (auto const& row : reader.query(people_without, person, today, unit, limit)) {
        found.people.push_back({ row.id<PersonTag>(0), row.text(1) });
        found.total = row.integer(2);
    }
    return found;
}

}
