#include "plan/plan_handover.hpp"
#include "journal/journal.hpp"
#include "subject/subject.hpp"

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

#define KPUHUB_ROWS_OF_PLACE \
    " FROM plan_node n JOIN plan p ON p.subject_id = n.plan_id JOIN subject sp ON sp.id = p.subject_id AND sp.state <> 'closed'" \
    " WHERE p.unit_id IN (SELECT unit_id FROM post WHERE id = $1 UNION SELECT unit_id FROM subdivision WHERE id = $2)" \
    "   AND n.removed_at IS NULL AND (n.owner_post_id = $1 OR n.owner_subdivision_id = $2)"
constexpr Query rows_of_place { "plan.rows_of_place", "SELECT n.body, p.year" KPUHUB_ROWS_OF_PLACE " ORDER BY p.year DESC, n.place LIMIT 1000" };
constexpr Query plans_of_place { "plan.plans_of_place", "SELECT DISTINCT p.subject_id, p.unit_id" KPUHUB_ROWS_OF_PLACE " ORDER BY 1" };
constexpr Query move_rows { "plan.move_rows_of_place", R"sql(
    UPDATE plan_node SET owner_post_id = CASE WHEN owner_post_id = $1 THEN CAST($3 AS BIGINT) ELSE owner_post_id END,
           owner_subdivision_id = CASE WHEN owner_subdivision_id = $2 THEN CAST($4 AS BIGINT) ELSE owner_subdivision_id END
     WHERE plan_id = $5 AND removed_at IS NULL AND (owner_post_id = $1 OR owner_subdivision_id = $2) )sql" };

std::vector<HandoverItem> PlanHandover::open_work(storage::Reader& reader, HandoverDraft const& draft, std::vector<PostId> const&) const
{
    std::vector<HandoverItem> items;
    for (auto const& row : reader.query(open_deliverables, draft.from, draft.unit, draft.on, draft.since ? draft.since->iso() : std::string {}))
        items.push_back({ "deliverable", row.text(0), row.text(1), row.date(2) });
    return items;
}

Result<void> PlanHandover::move(storage::Transaction&, journal::Act const&, HandoverDraft const&) const { return {}; }

std::vector<HandoverItem> PlanHandover::hangs_on(storage::Reader& reader, organization::Place const& place, time::Date) const
{
    std::vector<HandoverItem> items;
    for (auto const& row : reader.query(rows_of_place, place.post.value, place.subdivision.value))
        items.push_back({ "row", row.text(0), std::to_string(row.integer(1)), {} });
    return items;
}

Result<void> PlanHandover::move_place(storage::Transaction& transaction, journal::Act const& act, UnitId, organization::Place const& from,
    organization::Place const& to) const
{
    std::vector<std::pair<SubjectId, UnitId>> plans;
    for (auto const& row : transaction.query(plans_of_place, from.post.value, from.subdivision.value))
        plans.emplace_back(row.id<SubjectTag>(0), row.id<UnitTag>(1));
    std::vector<SubjectId> ids;
    for (auto const& [plan, unit] : plans)
        ids.push_back(plan);
    TRY_VOID(subject::lock_all(transaction, ids));
    for (auto const& [plan, unit] : plans) {
        auto const moved = transaction.execute(move_rows, from.post.value, from.subdivision.value,
            to.post ? std::optional { to.post.value } : std::nullopt, to.subdivision ? std::optional { to.subdivision.value } : std::nullopt, plan);
        journal::write(transaction, act, { "plan.rows_set", plan, unit,
            { { "rows", std::to_string(moved) }, { "owner", std::to_string(to.subdivision.value) + "/" + std::to_string(to.post.value) } } });
    }
    return {};
}

}
