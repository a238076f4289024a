#include "organization/owners.hpp"
#include "organization/access.hpp"

namespace kpuhub::organization {

constexpr storage::Query owners { "organization.owners", R"sql(
    SELECT 0, 0, s.id, s.code, s.name, s.short_name FROM subdivision s
     WHERE s.unit_id = $3 AND s.valid_from <= $2 AND s.valid_to >= $2
    UNION ALL
    SELECT 1, CASE o.kind WHEN 'chair' THEN 1 WHEN 'member' THEN 2 WHEN 'secretary' THEN 3 WHEN 'head' THEN 4 ELSE 5 END,
           o.id, '', o.title, ''
      FROM post o WHERE o.unit_id = $3 AND o.valid_from <= $2 AND o.valid_to >= $2 AND )sql" KPUHUB_MAY("$3", "'people.read'") R"sql(
     ORDER BY 1, 2, 3 )sql" };

Owners owners_in(storage::Reader& reader, PersonId person, UnitId unit, time::Date today)
{
    Owners found;
    for (auto const& row : reader.query(owners, person, today, unit)) {
        if (row.yes(0))
            found.posts.push_back({ row.id<PostTag>(2), row.text(4) });
        else
            found.subdivisions.push_back({ row.id<SubdivisionTag>(2), row.text(3), row.text(4), row.text(5) });
    }
    return found;
}

}
