#pragma once
#include "organization/access.hpp"

/// How many proofs wait to be sorted in the office `unit` (a parameter such as "$3"): all that the asker $1 may know of on the
/// day $2, and those that he brought.
#define KPUHUB_UNSORTED_COUNTS " count(*), COALESCE(sum(CASE WHEN e.brought_by = $1 THEN 1 ELSE 0 END), 0)"
#define KPUHUB_UNSORTED_IN(unit) \
    " FROM evidence e JOIN subject s ON s.id = e.subject_id" \
    " WHERE e.links = 0 AND s.unit_id = " unit " AND (s.state = 'ready' OR (s.state = 'held' AND e.brought_by = $1)) AND " \
    KPUHUB_MAY("s.unit_id", "'plan.read'")
