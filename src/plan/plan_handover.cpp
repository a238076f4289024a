#include "plan/plan_handover.hpp"

namespace kpuhub::plan {

using organization::HandoverDraft;
using organization::HandoverItem;
using storage::Query;

constexpr Query open_deliverables { "plan.handover", R"sql(
    SELECT n.body, COALESCE(u.body, ''), d.due_on
      FROM deliverable d JOIN subject s ON s.id = d.subject_id AND s.state NOT IN ('verified', 'not_applicable')
      JOIN plan_node n ON n.subject_id = d.node_id AND n.applies = 1 AND n.removed_at IS NULL
      LEFT JOIN plan_node u ON u.subject_id = n.parent_id
     WHERE s.unit_id = $2 AND EXISTS (SELECT 1 FROM appointment a JOIN post o ON o.id = a.post_id
            WHERE a.person_id = $1 AND o.unit_id = $2 AND a.valid_from <= $3 AND a.valid_to >= $3
              AND ($4 = '' OR a.valid_from = $4)
              AND (o.id = n.owner_post_id
                   OR (n.owner_post_id IS NULL AND o.kind = 'head' AND o.subdivision_id = n.owner_subdivision_id)))
     ORDER BY d.due_on, n.place LIMIT 1000 )sql" };

std::vector<HandoverItem> PlanHandover::open_work(storage::Reader& reader, HandoverDraft const& draft, std::vector<PostId> const&) const
{
    std::vector<HandoverItem> items;
    for (auto const& row : reader.query(open_deliverables, draft.from, draft.unit, draft.on, draft.since ? draft.since->iso() : std::string {}))
        items.push_back({ "deliverable", row.text(0), row.text(1), row.date(2) });
    return items;
}

Result<void> PlanHandover::move(storage::Transaction&, journal::Act const&, HandoverDraft const&) const { return {}; }

}
