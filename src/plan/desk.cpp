#include "plan/desk.hpp"
#include "plan/plan_store.hpp"
#include "plan/verifier_sql.hpp"

namespace kpuhub::plan {

using storage::Query;

// Rows of several kinds in one statement: 1 to 4 candidates, 5 who submitted, brought or linked, 6 what waits.
constexpr Query desk_rows { "plan.desk", KPUHUB_VERIFIER_CANDIDATES
    " UNION ALL SELECT 5, NULL, NULL, NULL, i.person_id, '', NULL, NULL, NULL, i.deliverable_id FROM ("
    "   SELECT d.submitted_by AS person_id, d.subject_id AS deliverable_id FROM subject sd JOIN deliverable d ON d.subject_id = sd.id"
    "    WHERE sd.unit_id = $1 AND sd.kind = 'deliverable' AND sd.state = 'submitted'"
    "   UNION SELECT e.brought_by, l.subject_id FROM subject sd JOIN evidence_link l ON l.subject_id = sd.id"
    "     JOIN evidence e ON e.subject_id = l.evidence_id"
    "    WHERE sd.unit_id = $1 AND sd.kind = 'deliverable' AND sd.state = 'submitted'"
    "   UNION SELECT l.linked_by, l.subject_id FROM subject sd JOIN evidence_link l ON l.subject_id = sd.id"
    "    WHERE sd.unit_id = $1 AND sd.kind = 'deliverable' AND sd.state = 'submitted') i"
    " UNION ALL SELECT 6, n.area_no, n.owner_post_id, n.owner_subdivision_id, d.submitted_at, '', NULL, NULL, NULL, d.subject_id"
    "  FROM subject sd JOIN deliverable d ON d.subject_id = sd.id"
    "  JOIN plan_node n ON n.subject_id = d.node_id AND n.removed_at IS NULL"
    "  JOIN subject sp ON sp.id = d.plan_id AND sp.state <> 'closed'"
    " WHERE sd.unit_id = $1 AND sd.kind = 'deliverable' AND sd.state = 'submitted'"
    " ORDER BY 1, 5" };
constexpr Query one_rows { "plan.desk_of_one", KPUHUB_VERIFIER_CANDIDATES
    " UNION ALL SELECT 5, NULL, NULL, NULL, i.person_id, '', NULL, NULL, NULL, NULL FROM ("
    "   SELECT submitted_by AS person_id FROM deliverable WHERE subject_id = $3 AND submitted_by IS NOT NULL"
    "   UNION SELECT e.brought_by FROM evidence_link l JOIN evidence e ON e.subject_id = l.evidence_id WHERE l.subject_id = $3"
    "   UNION SELECT l.linked_by FROM evidence_link l WHERE l.subject_id = $3) i"
    " ORDER BY 1, 5" };

constexpr int involved_row = 5;
constexpr int open_row = 6;
constexpr std::size_t deliverable_column = 9;

Verifier Desk::verifier(Open const& open) const
{
    Node node;
    node.area_no = open.area_no;
    node.owner_post = open.owner_post;
    node.owner_subdivision = open.owner_subdivision;
    auto found = involved.find(open.id);
    return verifier_of(candidates, node, found == involved.end() ? std::set<PersonId> {} : found->second);
}

std::vector<DeliverableId> Desk::waiting_for(PersonId person) const
{
    std::vector<DeliverableId> waiting;
    for (auto const& each : open)
        if (verifier(each).who(person))
            waiting.push_back(each.id);
    return waiting;
}

std::vector<DeliverableId> Desk::without_verifier() const
{
    std::vector<DeliverableId> left;
    for (auto const& each : open)
        if (verifier(each).people.empty())
            left.push_back(each.id);
    return left;
}

Desk desk_of(storage::Reader& reader, UnitId unit, time::Date today)
{
    Desk desk;
    for (auto const& row : reader.query(desk_rows, unit, today)) {
        auto id = row.id<DeliverableTag>(deliverable_column);
        if (row.integer(0) == involved_row)
            desk.involved[id].insert(row.id<PersonTag>(4));
        else if (row.integer(0) == open_row)
            desk.open.push_back({ id, static_cast<int>(row.integer(1)), row.id<PostTag>(2), row.id<SubdivisionTag>(3) });
        else
            desk.candidates.push_back(read_candidate(row));
    }
    return desk;
}

Verifier verifier_now(storage::Reader& reader, DeliverableId id, UnitId unit, Node const& node, time::Date today)
{
    std::vector<Candidate> candidates;
    std::set<PersonId> involved;
    for (auto const& row : reader.query(one_rows, unit, today, id)) {
        if (row.integer(0) == involved_row)
            involved.insert(row.id<PersonTag>(4));
        else
            candidates.push_back(read_candidate(row));
    }
    return verifier_of(candidates, node, involved);
}

}
