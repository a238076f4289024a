#pragma once
#include "journal/event_sql.hpp"

/// The newest $2 events of subject $1 (0) as journal::read_events reads them, then its comments (1): number, when, and in the places
/// of the actor's name and of the payload who wrote it and what. Rows of read_history once they are ordered by "1, 2 DESC"; other kinds
/// of rows may follow under the numbers above.
#define KPUHUB_HISTORY \
    "SELECT 0, " KPUHUB_EVENT_COLUMNS \
    " FROM (SELECT l.* FROM event l WHERE l.subject_id = $1 ORDER BY l.id DESC LIMIT $2) e " KPUHUB_EVENT_PARTS \
    " UNION ALL SELECT 1, -c.id, c.written_at, c.person_id, w.name, NULL, 'comment', c.subject_id, c.body, NULL, NULL" \
    " FROM comment c JOIN person w ON w.id = c.person_id WHERE c.subject_id = $1"
