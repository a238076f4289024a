#pragma once

/// Who may come into question as verifier in the office `unit` (a parameter such as "$1") on the day $2: rank, area_no, post whose superior he is, sub-division
/// of which that post is the head, person, name, post, its title, capacity; and one empty column for the deliverable.
#define KPUHUB_VERIFIER_CANDIDATES(unit) \
    " SELECT CASE g.role WHEN 'area_owner' THEN 1 ELSE 2 END AS place_in_order, g.area_no, CAST(NULL AS BIGINT) AS subordinate_id," \
    " CAST(NULL AS BIGINT) AS subdivision_id, p.id AS person_id, p.name, g.post_id, o.title, a.capacity, CAST(NULL AS BIGINT)" \
    " FROM role_grant g" \
    " LEFT JOIN appointment a ON a.post_id = g.post_id AND a.valid_from <= $2 AND a.valid_to >= $2" \
    " LEFT JOIN post o ON o.id = g.post_id" \
    " JOIN person p ON p.id = COALESCE(g.person_id, a.person_id) AND (p.left_on IS NULL OR p.left_on >= $2)" \
    " WHERE g.unit_id = " unit " AND g.role IN ('area_owner', 'rb_secretary') AND g.valid_from <= $2 AND g.valid_to >= $2" \
    " UNION ALL" \
    " SELECT 3, NULL, s.id, CASE s.kind WHEN 'head' THEN s.subdivision_id END, p.id, p.name, o.id, o.title, a.capacity, NULL" \
    " FROM post s JOIN post o ON o.id = s.superior_id" \
    " JOIN appointment a ON a.post_id = o.id AND a.valid_from <= $2 AND a.valid_to >= $2" \
    " JOIN person p ON p.id = a.person_id AND (p.left_on IS NULL OR p.left_on >= $2)" \
    " WHERE s.unit_id = " unit " AND s.valid_from <= $2 AND s.valid_to >= $2" \
    " UNION ALL" \
    " SELECT 4, NULL, NULL, NULL, p.id, p.name, o.id, o.title, a.capacity, NULL" \
    " FROM post o JOIN appointment a ON a.post_id = o.id AND a.valid_from <= $2 AND a.valid_to >= $2" \
    " JOIN person p ON p.id = a.person_id AND (p.left_on IS NULL OR p.left_on >= $2)" \
    " WHERE o.unit_id = " unit " AND o.kind = 'secretary' AND o.valid_from <= $2 AND o.valid_to >= $2"

/// What the verifiers of an office have before them: 5 who submitted, brought or linked, 6 what waits.
#define KPUHUB_OPEN_FOR_VERIFIERS(unit) \
    " SELECT 5, NULL, NULL, NULL, i.person_id, '', NULL, NULL, NULL, i.deliverable_id FROM (" \
    "   SELECT d.submitted_by AS person_id, d.subject_id AS deliverable_id FROM subject sd JOIN deliverable d ON d.subject_id = sd.id" \
    "    WHERE sd.unit_id = " unit " AND sd.kind = 'deliverable' AND sd.state = 'submitted'" \
    "   UNION SELECT e.brought_by, l.subject_id FROM subject sd JOIN evidence_link l ON l.subject_id = sd.id" \
    "     JOIN evidence e ON e.subject_id = l.evidence_id" \
    "    WHERE sd.unit_id = " unit " AND sd.kind = 'deliverable' AND sd.state = 'submitted'" \
    "   UNION SELECT l.linked_by, l.subject_id FROM subject sd JOIN evidence_link l ON l.subject_id = sd.id" \
    "    WHERE sd.unit_id = " unit " AND sd.kind = 'deliverable' AND sd.state = 'submitted') i" \
    " UNION ALL SELECT 6, n.area_no, n.owner_post_id, n.owner_subdivision_id, d.submitted_at, '', NULL, NULL, NULL, d.subject_id" \
    "  FROM subject sd JOIN deliverable d ON d.subject_id = sd.id" \
    "  JOIN plan_node n ON n.subject_id = d.node_id AND n.removed_at IS NULL" \
    "  JOIN subject sp ON sp.id = d.plan_id AND sp.state <> 'closed'" \
    " WHERE sd.unit_id = " unit " AND sd.kind = 'deliverable' AND sd.state = 'submitted'"

/// Who may not verify this deliverable (a parameter such as "$3"): 5 who submitted it, brought or linked a proof of it.
#define KPUHUB_INVOLVED_IN(deliverable) \
    " SELECT 5, NULL, NULL, NULL, i.person_id, '', NULL, NULL, NULL, NULL FROM (" \
    "   SELECT submitted_by AS person_id FROM deliverable WHERE subject_id = " deliverable " AND submitted_by IS NOT NULL" \
    "   UNION SELECT e.brought_by FROM evidence_link l JOIN evidence e ON e.subject_id = l.evidence_id WHERE l.subject_id = " deliverable \
    "   UNION SELECT l.linked_by FROM evidence_link l WHERE l.subject_id = " deliverable ") i"
