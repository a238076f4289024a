#include "outbox/quarantine.hpp"

namespace kpuhub::outbox {

using storage::Query;
using time::Instant;

// On its way by mail, or only to browsers (who has no address).
#define IS_HELD "(o.state = 'waiting' OR EXISTS (SELECT 1 FROM push_message m WHERE m.message_id = o.id AND m.state = 'waiting'))"

constexpr Query begin { "outbox.begin_quarantine", "INSERT INTO setting (name, value) VALUES ('outbox_quarantine', $1) ON CONFLICT (name) DO NOTHING" };
constexpr Query since { "outbox.quarantined_since", "SELECT value FROM setting WHERE name = 'outbox_quarantine'" };
constexpr Query end { "outbox.end_quarantine", "DELETE FROM setting WHERE name = 'outbox_quarantine'" };
constexpr Query list { "outbox.held", "SELECT o.id, o.message_key, o.person_id, COALESCE(p.name, ''), o.written_at, o.expires_at FROM outbox o"
    " LEFT JOIN person p ON p.id = o.person_id WHERE o.id > $1 AND " IS_HELD " ORDER BY o.id LIMIT $2" };
constexpr Query count { "outbox.count_held", "SELECT count(*) FROM outbox o WHERE " IS_HELD };
constexpr Query drop_mails { "outbox.drop_held", R"sql(
    UPDATE outbox SET state = 'failed', fault = 'outbox.dropped', finished_at = $2 WHERE state = 'waiting' AND ($1 = 0 OR id = $1) )sql" };
constexpr Query drop_pushes { "outbox.drop_held_pushes", R"sql(
    UPDATE push_message SET state = 'failed', fault = 'outbox.dropped', finished_at = $2 WHERE state = 'waiting' AND ($1 = 0 OR message_id = $1) )sql" };

void begin_quarantine(storage::Transaction& transaction, Instant now) { transaction.execute(begin, std::to_string(now.milliseconds)); }

std::optional<Instant> quarantined_since(storage::Reader& reader)
{
    auto const row = reader.first(since);
    return row ? std::optional { Instant { std::stoll(row->text(0)) } } : std::nullopt;
}

std::vector<Held> held_messages(storage::Reader& reader, MessageId above, int limit)
{
    std::vector<Held> found;
    for (auto const& row : reader.query(list, above.value, limit)) {
        auto const key = row.text(1);
        found.push_back({ row.id<MessageTag>(0), key.substr(0, key.find(':')), row.id<PersonTag>(2), row.text(3), row.instant(4), row.instant(5) });
    }
    return found;
}

std::int64_t count_held(storage::Reader& reader) { return reader.first(count)->integer(0); }

Result<std::int64_t> drop_held(storage::Transaction& transaction, std::vector<MessageId> const& chosen, Instant now)
{
    if (!quarantined_since(transaction))
        return conflict("outbox.not_held");
    if (chosen.empty()) {
        auto const held = count_held(transaction);
        transaction.execute(drop_mails, std::int64_t { 0 }, now);
        transaction.execute(drop_pushes, std::int64_t { 0 }, now);
        return held;
    }
    for (auto const id : chosen) {
        auto const mails = transaction.execute(drop_mails, id.value, now);
        if (mails + transaction.execute(drop_pushes, id.value, now) == 0 || id.value <= 0)
            return invalid_because("outbox.no_such", std::to_string(id.value));
    }
    return static_cast<std::int64_t>(chosen.size());
}

Result<std::int64_t> end_quarantine(storage::Transaction& transaction)
{
    if (transaction.execute(end) == 0)
        return conflict("outbox.not_held");
    return count_held(transaction);
}

}
