#include "journal/journal.hpp"
#include "journal/event_sql.hpp"
#include "journal/journal_canonical.hpp"
#include <nlohmann/json.hpp>
#include <sodium.h>

namespace kpuhub::journal {

using storage::Query;

constexpr Query insert_event { "journal.insert_event", R"sql(
    INSERT INTO event (at, actor_id, on_behalf_id, subject_id, unit_id, kind, payload, payload_hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id )sql" };
constexpr Query insert_value { "journal.insert_value", R"sql(
    INSERT INTO event_value (event_id, field, salt, value) VALUES ($1, $2, $3, $4) )sql" };
// Each event once for every personal value of its own, or once without.
constexpr Query events_of_subject { "journal.of_subject", "SELECT " KPUHUB_EVENT_COLUMNS
    " FROM (SELECT l.* FROM event l WHERE l.subject_id = $1 AND l.id < $2 ORDER BY l.id DESC LIMIT $3) e " KPUHUB_EVENT_PARTS " ORDER BY e.id DESC" };
constexpr Query events_of_unit { "journal.of_unit", "SELECT " KPUHUB_EVENT_COLUMNS
    " FROM (SELECT l.* FROM event l WHERE l.unit_id = $1 AND l.id < $2 ORDER BY l.id DESC LIMIT $3) e " KPUHUB_EVENT_PARTS " ORDER BY e.id DESC" };

Act make_act(PersonId actor, time::Instant at, time::Date today)
{
    Act act { actor, {}, at, today, {} };
    randombytes_buf(act.seed.data(), act.seed.size());
    return act;
}

void write(storage::Transaction& transaction, Act const& act, Entry const& entry)
{
    auto payload = payload_of(act, entry);
    auto hash = sha256_hex(canonical_bytes(act.at, act.actor, act.on_behalf, entry.subject, entry.unit, entry.kind, payload));
    auto id = transaction.insert<EventTag>(insert_event, act.at, act.actor, act.on_behalf, entry.subject, entry.unit,
        entry.kind, payload, hash);
    for (auto const& field : entry.fields)
        if (field.personal)
            transaction.execute(insert_value, id, field.name,
                storage::Blob { derive_salt(act, entry.kind, field.name, entry.subject) }, field.value);
}

/// The fields of the payload; a personal one is an object there and gets its value from beside the event.
static std::vector<Field> read_fields(std::string const& text)
{
    std::vector<Field> fields;
    auto payload = nlohmann::ordered_json::parse(text, nullptr, false);
    if (payload.is_object())
        for (auto const& [name, value] : payload.items())
            fields.push_back({ name, value.is_string() ? value.get<std::string>() : std::string {}, !value.is_string() });
    return fields;
}

static void set_value(Event& event, std::string const& name, std::string value)
{
    for (auto& field : event.fields)
        if (field.name == name && field.personal)
            field.value = std::move(value);
}

std::vector<Event> read_events(std::span<storage::Row const> rows, std::size_t first)
{
    auto const name_column = first + 8, value_column = first + 9;
    std::vector<Event> events;
    for (auto const& row : rows) {
        if (events.empty() || events.back().id != row.id<EventTag>(first))
            events.push_back({ row.id<EventTag>(first), row.instant(first + 1), row.id<PersonTag>(first + 2), row.text_or_empty(first + 3),
                row.text_or_empty(first + 4), row.text(first + 5), row.id<SubjectTag>(first + 6), read_fields(row.text(first + 7)) });
        if (!row.is_null(name_column))
            set_value(events.back(), row.text(name_column), row.text_or_empty(value_column));
    }
    return events;
}

static std::int64_t below(EventId before) { return before ? before.value : INT64_MAX; }

std::vector<Event> of_subject(storage::Reader& reader, SubjectId subject, EventId before, int limit)
{
    return read_events(reader.query(events_of_subject, subject, below(before), limit));
}

std::vector<Event> of_unit(storage::Reader& reader, UnitId unit, EventId before, int limit)
{
    return read_events(reader.query(events_of_unit, unit, below(before), limit));
}

}
