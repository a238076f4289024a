#pragma once

/// What read_events reads of an event e, in this order, with KPUHUB_EVENT_PARTS joined to it.
#define KPUHUB_EVENT_COLUMNS "e.id, e.at, e.actor_id, p.name, b.title, e.kind, e.subject_id, e.payload, v.field, v.value"
#define KPUHUB_EVENT_PARTS \
    "LEFT JOIN person p ON p.id = e.actor_id LEFT JOIN post b ON b.id = e.on_behalf_id LEFT JOIN event_value v ON v.event_id = e.id"
