#pragma once

/// FROM and the joins of the deliverables above that share their proofs (shared_proof.hpp), aliases s2, u2, p2, sp2, n2, d2.
/// The WHERE of the caller names s2.unit_id and s2.tree_version. The words of an authority are those of the unit levels.
#define KPUHUB_SHARED_FROM(year, authority, item) \
    " FROM unit_scope s2 JOIN unit u2 ON u2.id = s2.ancestor_id AND s2.depth > 0 AND u2.level = " authority \
    " JOIN plan p2 ON p2.unit_id = s2.ancestor_id AND p2.year = " year " AND p2.plan_kind = 'office'" \
    " JOIN subject sp2 ON sp2.id = p2.subject_id AND sp2.state <> 'draft'" \
    " JOIN plan_node n2 ON n2.plan_id = p2.subject_id AND n2.common_item = " item " AND n2.removed_at IS NULL" \
    " JOIN deliverable d2 ON d2.node_id = n2.subject_id"

/// How many proofs a row of a plan takes from above, all year: 0 for rows of the office itself. Aliases n, bp = its node and plan.
#define KPUHUB_SHARED_COUNT \
    "CASE WHEN n.authority = 'office' OR n.common_item IS NULL THEN 0 ELSE (SELECT count(DISTINCT l2.evidence_id)" \
    KPUHUB_SHARED_FROM("bp.year", "n.authority", "n.common_item") \
    " JOIN evidence_link l2 ON l2.subject_id = d2.subject_id JOIN subject se ON se.id = l2.evidence_id AND se.state = 'ready'" \
    " WHERE s2.unit_id = bp.unit_id AND s2.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $2)) END"
