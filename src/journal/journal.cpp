#include "journal/journal.hpp"
#include "journal/journal_canonical.hpp"
#include <map>
#include <nlohmann/json.hpp>
#include <sodium.h>

namespace kpuhub::journal {

using storage::Query;

constexpr Query insert_event { "journal.insert_event", R"sql(
    INSERT INTO event (at, actor_id, on_behalf_id, subject_id, unit_id, kind, payload, payload_hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id )sql" };
constexpr Query insert_value { "journal.insert_value", R"sql(
    INSERT INTO event_value (event_id, field, salt, value) VALUES ($1, $2, $3, $4) )sql" };
constexpr Query events_of_subject { "journal.of_subject", R"sql(
    SELECT e.id, e.at, e.actor_id, p.name, b.title, e.kind, e.subject_id, e.payload
      FROM event e LEFT JOIN person p ON p.id = e.actor_id LEFT JOIN post b ON b.id = e.on_behalf_id
     WHERE e.subject_id = $1 AND e.id < $2 ORDER BY e.id DESC LIMIT $3 )sql" };
constexpr Query events_of_unit { "journal.of_unit", R"sql(
    SELECT e.id, e.at, e.actor_id, p.name, b.title, e.kind, e.subject_id, e.payload
      FROM event e LEFT JOIN person p ON p.id = e.actor_id LEFT JOIN post b ON b.id = e.on_behalf_id
     WHERE e.unit_id = $1 AND e.id < $2 ORDER BY e.id DESC LIMIT $3 )sql" };
constexpr Query values_of_subject { "journal.values_of_subject", R"sql(
    SELECT v.event_id, v.field, v.value FROM event_value v JOIN event e ON e.id = v.event_id
     WHERE e.subject_id = $1 AND e.id < $2 )sql" };
constexpr Query values_of_unit { "journal.values_of_unit", R"sql(
    SELECT v.event_id, v.field, v.value FROM event_value v JOIN event e ON e.id = v.event_id
     WHERE e.unit_id = $1 AND e.id < $2 AND e.id >= $3 )sql" };

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

using PersonalValues = std::map<std::pair<std::int64_t, std::string>, std::string>;

static std::vector<Event> read_events(storage::Rows const& rows, PersonalValues const& personal)
{
    std::vector<Event> events;
    for (auto const& row : rows) {
        Event event { row.id<EventTag>(0), row.instant(1), row.id<PersonTag>(2), row.text_or_empty(3),
            row.text_or_empty(4), row.text(5), row.id<SubjectTag>(6), {} };
        auto payload = nlohmann::ordered_json::parse(row.text(7), nullptr, false);
        if (payload.is_object()) {
            for (auto const& [name, value] : payload.items()) {
                if (value.is_string()) {
                    event.fields.push_back({ name, value.get<std::string>(), false });
                    continue;
                }
                auto found = personal.find({ event.id.value, name });
                event.fields.push_back({ name, found == personal.end() ? "" : found->second, true });
            }
        }
        events.push_back(std::move(event));
    }
    return events;
}

static PersonalValues read_values(storage::Rows const& rows)
{
    PersonalValues values;
    for (auto const& row : rows)
        values[{ row.integer(0), row.text(1) }] = row.text_or_empty(2);
    return values;
}

static std::int64_t below(EventId before) { return before ? before.value : INT64_MAX; }

std::vector<Event> of_subject(storage::Reader& reader, SubjectId subject, EventId before, int limit)
{
    auto rows = reader.query(events_of_subject, subject, below(before), limit);
    return read_events(rows, read_values(reader.query(values_of_subject, subject, below(before))));
}

std::vector<Event> of_unit(storage::Reader& reader, UnitId unit, EventId before, int limit)
{
    auto rows = reader.query(events_of_unit, unit, below(before), limit);
    auto first = rows.empty() ? 0 : rows.back().integer(0);
    return read_events(rows, read_values(reader.query(values_of_unit, unit, below(before), first)));
}

}
