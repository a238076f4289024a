#include "outbox/outbox.hpp"
#include "outbox/next_try.hpp"
#include "outbox/push.hpp"
#include "outbox/quarantine.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::outbox {

using storage::Query;
using time::Instant;

constexpr Query insert_message { "outbox.put", R"sql(
    INSERT INTO outbox (message_key, channel, bundle, person_id, address, heading, body, state, written_at, not_before, expires_at, finished_at, fault, link)
    VALUES ($1, 'mail', $2, $3, $4, $5, $6, $7, $8,
            coalesce((SELECT min(o.not_before) FROM outbox o WHERE o.bundle = $2 AND o.state = 'waiting'), $9), $10, $11, $12, $13)
    ON CONFLICT (message_key) DO NOTHING )sql" };
constexpr Query expire { "outbox.expire", R"sql(
    UPDATE outbox SET state = 'failed', fault = 'outbox.expired', finished_at = $1
     WHERE id IN (SELECT id FROM outbox WHERE state = 'waiting' AND not_before <= $1 AND expires_at < $1 ORDER BY not_before, id LIMIT 100) )sql" };
constexpr Query lose { "outbox.lose", R"sql(
    UPDATE outbox SET state = 'unknown', fault = 'outbox.lost', finished_at = $1 WHERE state = 'sending' AND lease_until < $1 )sql" };
constexpr Query oldest { "outbox.oldest", R"sql(
    SELECT bundle, address, attempts, fence FROM outbox WHERE state = 'waiting' AND not_before <= $1 ORDER BY not_before, id LIMIT 1 )sql" };
constexpr Query take_bundle { "outbox.take", R"sql(
    UPDATE outbox SET state = 'sending', attempts = attempts + 1, fence = fence + 1, lease_until = $5
     WHERE id IN (SELECT id FROM outbox WHERE bundle = $1 AND address = $2 AND attempts = $3 AND fence = $4 AND state = 'waiting' ORDER BY id LIMIT 50)
       AND state = 'waiting'
    RETURNING id, message_key, person_id, heading, body )sql" };
constexpr Query end_message { "outbox.finish", R"sql(
    UPDATE outbox SET state = $3, fault = $4, not_before = $5, finished_at = $6
     WHERE id = $1 AND fence = $2 AND (state = 'sending' OR (state = 'unknown' AND fault = 'outbox.lost' AND $3 = 'sent')) )sql" };
constexpr Query by_state { "outbox.count_by_state", "SELECT state, count(*) FROM outbox GROUP BY state ORDER BY state" };

bool put(storage::Transaction& transaction, Message const& message, Instant now, Holding holding)
{
    auto const nowhere = message.address.empty();
    bool const fresh = transaction.execute(insert_message, message.key, message.bundle, message.person, message.address, message.heading, message.body,
               nowhere ? "failed" : "waiting", now, now.milliseconds + holding.hold_ms, now.milliseconds + holding.useful_ms,
               nowhere ? std::optional { now } : std::nullopt, nowhere ? "outbox.no_address" : "", message.link)
        == 1;
    if (fresh && message.person)
        send_to_devices(transaction, message.key);
    return fresh;
}

std::optional<Claimed> claim(storage::Transaction& transaction, Instant now, std::int64_t lease_ms)
{
    if (quarantined_since(transaction))
        return std::nullopt;
    transaction.execute(expire, now);
    transaction.execute(lose, now);
    auto const first = transaction.first(oldest, now);
    if (!first)
        return std::nullopt;
    Claimed claimed;
    claimed.attempts = first->integer(2) + 1;
    claimed.fence = first->integer(3) + 1;
    for (auto const& row : transaction.query(take_bundle, first->text(0), first->text(1), first->integer(2), first->integer(3), now.milliseconds + lease_ms)) {
        claimed.ids.push_back(row.id<MessageTag>(0));
        claimed.messages.push_back({ row.text(1), first->text(0), row.id<PersonTag>(2), first->text(1), row.text(3), row.text(4) });
    }
    if (claimed.ids.empty())
        return std::nullopt;
    return claimed;
}

NextTry after_try(Outcome outcome, std::int64_t attempts, Instant now)
{
    constexpr std::array<std::int64_t, 5> pauses_minutes { 1, 5, 30, 120, 360 };
    constexpr std::int64_t minute_ms = 60'000;
    auto const tried = static_cast<std::size_t>(attempts);
    if (outcome == Outcome::TryAgain && tried <= pauses_minutes.size())
        return { "waiting", now.milliseconds + pauses_minutes[tried - 1] * minute_ms, {} };
    return { outcome == Outcome::Sent ? "sent" : outcome == Outcome::Unknown ? "unknown" : "failed", now.milliseconds, now };
}

bool finish(storage::Transaction& transaction, Claimed const& claimed, Outcome outcome, std::string_view fault, Instant now)
{
    auto const next = after_try(outcome, claimed.attempts, now);
    std::int64_t ended = 0;
    for (auto id : claimed.ids)
        ended += transaction.execute(end_message, id, claimed.fence, next.state, outcome == Outcome::Sent ? "" : fault, next.not_before, next.finished_at);
    return ended > 0;
}

std::vector<Count> count_by_state(storage::Reader& reader)
{
    std::vector<Count> counts;
    for (auto const& row : reader.query(by_state))
        counts.push_back({ row.text(0), row.integer(1) });
    return counts;
}

}
