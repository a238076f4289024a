#include "evidence/unsorted_count.hpp"
#include "organization/access.hpp"

namespace kpuhub::evidence {

constexpr storage::Query unsorted_counts { "evidence.unsorted_in",
    "SELECT count(*), COALESCE(sum(CASE WHEN e.brought_by = $1 THEN 1 ELSE 0 END), 0)"
    " FROM evidence e JOIN subject s ON s.id = e.subject_id"
    " WHERE e.links = 0 AND s.unit_id = $3 AND (s.state = 'ready' OR (s.state = 'held' AND e.brought_by = $1)) AND "
    KPUHUB_MAY("s.unit_id", "'plan.read'") };

Unsorted unsorted_in(storage::Reader& reader, Asker asker, UnitId unit)
{
    auto row = reader.first(unsorted_counts, asker.person, asker.today, unit);
    return { row->integer(0), row->integer(1) };
}

}
