#include "journal/journal.hpp"
#include "journal/event_sql.hpp"
#include "journal/journal_canonical.hpp"
#include "storage/value_rows.hpp"
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <sodium.h>

namespace kpuhub::journal {

using storage::Query;

#define KPUHUB_INSERT_EVENT "INSERT INTO event (at, actor_id, on_behalf_id, subject_id, unit_id, kind, payload, payload_hash) VALUES "
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

/// The personal values of events, several in one statement.
static void insert_values(storage::Transaction& transaction, Act const& act, std::vector<std::pair<EventId, Entry const*>> const& written)
{
    constexpr std::size_t at_once = 16, columns = 4;
    std::vector<storage::Value> values;
    auto flush = [&] {
        auto const sql = "INSERT INTO event_value (event_id, field, salt, value) VALUES " + storage::value_rows(values.size() / columns, columns);
        transaction.execute_values(Query { "journal.insert_values", sql }, values);
        values.clear();
    };
    for (auto const& [id, entry] : written)
        for (auto const& field : entry->fields) {
            if (!field.personal)
                continue;
            values.push_back(storage::to_value(id));
            values.push_back(storage::to_value(field.name));
            values.push_back(storage::to_value(storage::Blob { derive_salt(act, entry->kind, field.name, entry->subject) }));
            values.push_back(storage::to_value(field.value));
            if (values.size() == at_once * columns)
                flush();
        }
    if (!values.empty())
        flush();
}

/// The rows of so many events; each with the number that it got. Rows come back in any order and are known by their hash.
static std::vector<std::pair<EventId, Entry const*>> insert_events(storage::Transaction& transaction, Act const& act, std::span<Entry const> entries)
{
    constexpr std::size_t columns = 8;
    std::vector<storage::Value> values;
    std::multimap<std::string, Entry const*> by_hash;
    for (auto const& entry : entries) {
        auto const payload = payload_of(act, entry);
        auto const hash = sha256_hex(canonical_bytes(act.at, act.actor, act.on_behalf, entry.subject, entry.unit, entry.kind, payload));
        for (auto value : { storage::to_value(act.at), storage::to_value(act.actor), storage::to_value(act.on_behalf), storage::to_value(entry.subject),
                 storage::to_value(entry.unit), storage::to_value(entry.kind), storage::to_value(payload), storage::to_value(hash) })
            values.push_back(std::move(value));
        by_hash.emplace(hash, &entry);
    }
    auto const sql = KPUHUB_INSERT_EVENT + storage::value_rows(entries.size(), columns) + " RETURNING id, payload_hash";
    std::vector<std::pair<EventId, Entry const*>> written;
    for (auto const& row : transaction.query_values(Query { "journal.insert_events", sql }, values)) {
        auto const found = by_hash.find(row.text(1));
        written.emplace_back(row.id<EventTag>(0), found->second);
        by_hash.erase(found);
    }
    return written;
}

void write(storage::Transaction& transaction, Act const& act, Entry const& entry) { write_all(transaction, act, { &entry, 1 }); }

void write_all(storage::Transaction& transaction, Act const& act, std::span<Entry const> entries)
{
    constexpr std::size_t at_once = 8;
    for (std::size_t first = 0; first < entries.size(); first += at_once)
        insert_values(transaction, act, insert_events(transaction, act, entries.subspan(first, std::min(at_once, entries.size() - first))));
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
