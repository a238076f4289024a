#include "plan/shared_proof.hpp"
#include "account/access.hpp"
#include "journal/event_sql.hpp"
#include "plan/shared_proof_sql.hpp"

namespace kpuhub::plan {

using storage::Query;

constexpr Query shared_above { "plan.shared_proofs",
    "SELECT d2.subject_id, (SELECT zn.name FROM unit_name zn WHERE zn.unit_id = p2.unit_id AND zn.valid_from <= $2"
    "   ORDER BY zn.valid_from DESC LIMIT 1), e.subject_id, e.evidence_kind, e.title, e.address, e.paper_kind, e.paper_number,"
    "   e.paper_date, e.media_type, e.file_name, e.bytes"
    KPUHUB_SHARED_FROM("$3", "$4", "$5") " AND d2.starts_on <= $7 AND d2.ends_on >= $6"
    " LEFT JOIN evidence_link l2 ON l2.subject_id = d2.subject_id"
    " LEFT JOIN subject se ON se.id = l2.evidence_id AND se.state = 'ready'"
    " LEFT JOIN evidence e ON e.subject_id = se.id"
    " WHERE s2.unit_id = $1 AND s2.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $2)"
    " ORDER BY e.subject_id, d2.subject_id" };
constexpr Query shared_history { "plan.shared_history", "SELECT " KPUHUB_EVENT_COLUMNS
    " FROM (SELECT l.* FROM event l WHERE l.kind IN ('proof.added', 'proof.removed') AND l.subject_id IN (SELECT d2.subject_id"
    KPUHUB_SHARED_FROM("$3", "$4", "$5") " AND d2.starts_on <= $7 AND d2.ends_on >= $6"
    " WHERE s2.unit_id = $1 AND s2.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $2))"
    " ORDER BY l.id DESC LIMIT $8) e " KPUHUB_EVENT_PARTS " ORDER BY e.id DESC" };
constexpr Query shared_below { "plan.shared_with", R"sql(
    SELECT 1 FROM evidence_link l2
      JOIN deliverable d2 ON d2.subject_id = l2.subject_id
      JOIN plan p2 ON p2.subject_id = d2.plan_id AND p2.plan_kind = 'office'
      JOIN subject sp2 ON sp2.id = p2.subject_id AND sp2.state <> 'draft'
      JOIN unit u2 ON u2.id = p2.unit_id
      JOIN plan_node n2 ON n2.subject_id = d2.node_id AND n2.removed_at IS NULL
      JOIN plan_node n ON n.common_item = n2.common_item AND n.removed_at IS NULL AND n.authority = u2.level
      JOIN plan p ON p.subject_id = n.plan_id AND p.year = p2.year AND p.plan_kind = 'office'
      JOIN unit_scope s2 ON s2.ancestor_id = p2.unit_id AND s2.unit_id = p.unit_id AND s2.depth > 0
       AND s2.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $2)
     WHERE l2.evidence_id = $3 AND )sql" KPUHUB_MAY("p.unit_id", "'plan.read'") " LIMIT 1" };

SharedProofs shared_proofs(storage::Reader& reader, time::Date today, Panel const& panel)
{
    SharedProofs shared;
    auto const& node = panel.node;
    auto const& plan = panel.head.plan;
    if (node.authority == Authority::Office || node.common_item.empty())
        return shared;
    std::set<EvidenceId> seen;
    for (auto const& row : reader.query(shared_above, plan.unit, today, plan.year, to_text(node.authority), node.common_item,
             panel.deliverable.starts_on, panel.deliverable.ends_on)) {
        shared.sources[row.id<DeliverableTag>(0)] = row.text_or_empty(1);
        auto const id = row.id<EvidenceTag>(2);
        if (!id || !seen.insert(id).second)
            continue;
        SharedProof made;
        made.unit_name = row.text_or_empty(1);
        made.proof.id = id;
        made.proof.state = evidence::ready_state;
        made.proof.kind = evidence::kind_of(row.text(3)).value_or(evidence::Kind::File);
        made.proof.title = row.text(4);
        made.proof.address = row.text(5);
        made.proof.paper = { row.text(6), row.text(7), row.optional_date(8) };
        made.proof.file.media_type = row.text(9);
        made.proof.file.name = row.text(10);
        made.proof.file.bytes = row.integer(11);
        shared.proofs.push_back(std::move(made));
    }
    return shared;
}

std::vector<journal::Event> shared_events(storage::Reader& reader, time::Date today, Panel const& panel, int limit)
{
    auto const& plan = panel.head.plan;
    return journal::read_events(reader.query(shared_history, plan.unit, today, plan.year, to_text(panel.node.authority), panel.node.common_item,
        panel.deliverable.starts_on, panel.deliverable.ends_on, limit));
}

bool shared_with(storage::Reader& reader, PersonId person, time::Date today, EvidenceId id)
{
    return reader.first(shared_below, person, today, id.value).has_value();
}

}
