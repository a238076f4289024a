#pragma once

/// Who may come into question as verifier in the office $1 on the day $2: rank, area_no, post whose superior he is, sub-division
/// of which that post is the head, person, name, post, its title, capacity; and one empty column for the deliverable.
#define KPUHUB_VERIFIER_CANDIDATES \
    " SELECT CASE g.role WHEN 'area_owner' THEN 1 ELSE 2 END AS place_in_order, g.area_no, CAST(NULL AS BIGINT) AS subordinate_id," \
    " CAST(NULL AS BIGINT) AS subdivision_id, p.id AS person_id, p.name, g.post_id, o.title, a.capacity, CAST(NULL AS BIGINT)" \
    " FROM role_grant g" \
    " LEFT JOIN appointment a ON a.post_id = g.post_id AND a.valid_from <= $2 AND a.valid_to >= $2" \
    " LEFT JOIN post o ON o.id = g.post_id" \
    " JOIN person p ON p.id = COALESCE(g.person_id, a.person_id) AND (p.left_on IS NULL OR p.left_on >= $2)" \
    " WHERE g.unit_id = $1 AND g.role IN ('area_owner', 'rb_secretary') AND g.valid_from <= $2 AND g.valid_to >= $2" \
    " UNION ALL" \
    " SELECT 3, NULL, s.id, CASE s.kind WHEN 'head' THEN s.subdivision_id END, p.id, p.name, o.id, o.title, a.capacity, NULL" \
    " FROM post s JOIN post o ON o.id = s.superior_id" \
    " JOIN appointment a ON a.post_id = o.id AND a.valid_from <= $2 AND a.valid_to >= $2" \
    " JOIN person p ON p.id = a.person_id AND (p.left_on IS NULL OR p.left_on >= $2)" \
    " WHERE s.unit_id = $1 AND s.valid_from <= $2 AND s.valid_to >= $2" \
    " UNION ALL" \
    " SELECT 4, NULL, NULL, NULL, p.id, p.name, o.id, o.title, a.capacity, NULL" \
    " FROM post o JOIN appointment a ON a.post_id = o.id AND a.valid_from <= $2 AND a.valid_to >= $2" \
    " JOIN person p ON p.id = a.person_id AND (p.left_on IS NULL OR p.left_on >= $2)" \
    " WHERE o.unit_id = $1 AND o.kind = 'secretary' AND o.valid_from <= $2 AND o.valid_to >= $2"
