#include "account/without_account.hpp"
#include "account/access.hpp"

namespace kpuhub::account {

// People without an account (0), then posts that nobody holds definitively with whoever looks after them (1).
constexpr storage::Query gaps { "account.gaps_of_unit",
    "SELECT 0, w.place, w.id, w.name, w.in_all, '', '' FROM (SELECT p.id AS id, p.name AS name, count(*) OVER () AS in_all,"
    "   row_number() OVER (ORDER BY p.name, p.id) AS place FROM person p"
    " WHERE p.unit_id = $3 AND (p.left_on IS NULL OR p.left_on >= $2)"
    "   AND NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id) AND " KPUHUB_MAY("p.unit_id", "'people.manage'")
    " ORDER BY p.name, p.id LIMIT $4) w"
    " UNION ALL SELECT 1, CASE o.kind WHEN 'chair' THEN 1 WHEN 'member' THEN 2 WHEN 'secretary' THEN 3 WHEN 'head' THEN 4 ELSE 5 END,"
    "   o.id, o.title, 0, COALESCE(h.name, ''), COALESCE(b.capacity, '')"
    "   FROM post o LEFT JOIN appointment b ON b.post_id = o.id AND b.valid_from <= $2 AND b.valid_to >= $2 LEFT JOIN person h ON h.id = b.person_id"
    "  WHERE o.unit_id = $3 AND o.valid_from <= $2 AND o.valid_to >= $2 AND " KPUHUB_MAY("o.unit_id", "'people.read'")
    "    AND NOT EXISTS (SELECT 1 FROM appointment d WHERE d.post_id = o.id AND d.capacity = 'definitive' AND d.valid_from <= $2 AND d.valid_to >= $2)"
    " ORDER BY 1, 2, 3, 7, 6" };

Gaps gaps_of(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, int limit)
{
    Gaps found;
    for (auto const& row : reader.query(gaps, person, today, unit, limit)) {
        if (row.integer(0) == 0) {
            found.without_account.people.push_back({ row.id<PersonTag>(2), row.text(3) });
            found.without_account.total = row.integer(4);
            continue;
        }
        if (found.vacant.empty() || found.vacant.back().id != row.id<PostTag>(2))
            found.vacant.push_back({ row.id<PostTag>(2), row.text(3), row.text(5), row.text(6) });
    }
    return found;
}

}
