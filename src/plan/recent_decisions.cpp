#include "plan/recent_decisions.hpp"
#include "plan/plan_store.hpp"

namespace kpuhub::plan {

constexpr storage::Query decided { "plan.recent_decisions", "SELECT " KPUHUB_DELIVERABLE_COLUMNS ", n.number, n.body"
    " FROM subject sd JOIN deliverable d ON d.subject_id = sd.id JOIN plan_node n ON n.subject_id = d.node_id"
    " WHERE sd.unit_id = $2 AND sd.kind = 'deliverable' AND sd.state IN ('verified', 'returned') AND d.decided_by = $1"
    "   AND d.decided_at >= $3 ORDER BY d.decided_at DESC, d.subject_id LIMIT $4" };

std::vector<Decision> recent_decisions(storage::Reader& reader, PersonId person, UnitId unit, time::Instant since, int limit)
{
    std::vector<Decision> found;
    for (auto const& row : reader.query(decided, person, unit, since, limit))
        found.push_back({ read_deliverable(row, 0), row.text(deliverable_columns), row.text(deliverable_columns + 1) });
    return found;
}

}
