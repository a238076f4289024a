#include "outbox/push_store.hpp"
#include "outbox/next_try.hpp"
#include "outbox/quarantine.hpp"
#include "storage/checksum.hpp"

namespace kpuhub::outbox {

using storage::Query;
using time::Instant;

namespace {

constexpr Query devices { "outbox.push_devices", "SELECT id, device, endpoint, made_at, told_at FROM push_device WHERE person_id = $1 ORDER BY id" };
constexpr Query holder { "outbox.push_holder", "SELECT id, person_id FROM push_device WHERE endpoint = $1" };
constexpr Query insert_device { "outbox.add_push_device", R"sql(
    INSERT INTO push_device (person_id, endpoint, public_point, auth, device, made_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (endpoint) DO UPDATE SET public_point = excluded.public_point, auth = excluded.auth, device = excluded.device )sql" };
constexpr Query drop_messages { "outbox.drop_push_messages", "DELETE FROM push_message WHERE device_id = $1" };
constexpr Query drop_row { "outbox.drop_push_device", "DELETE FROM push_device WHERE id = $1" };
constexpr Query is_his { "outbox.push_device_of", "SELECT 1 FROM push_device WHERE id = $1 AND person_id = $2" };

constexpr Query fan_out { "outbox.push_to_devices", R"sql(
    INSERT INTO push_message (message_id, device_id, bundle, state, not_before, expires_at)
    SELECT o.id, d.id, o.bundle, 'waiting', o.not_before, o.expires_at FROM outbox o JOIN push_device d ON d.person_id = o.person_id WHERE o.message_key = $1 )sql" };
constexpr Query forget { "outbox.forget_pushes", R"sql(
    DELETE FROM push_message WHERE id IN (SELECT m.id FROM push_message m WHERE m.finished_at < $1 LIMIT $2) )sql" };

constexpr Query expire { "outbox.push_expire", R"sql(
    UPDATE push_message SET state = 'failed', fault = 'outbox.expired', finished_at = $1
     WHERE id IN (SELECT id FROM push_message WHERE state = 'waiting' AND not_before <= $1 AND expires_at < $1 ORDER BY not_before, id LIMIT 100) )sql" };
constexpr Query lose { "outbox.push_lose", R"sql(
    UPDATE push_message SET state = 'unknown', fault = 'outbox.lost', finished_at = $1 WHERE state = 'sending' AND lease_until < $1 )sql" };
constexpr Query oldest { "outbox.push_oldest", R"sql(
    SELECT m.device_id, m.bundle, m.attempts, m.fence, d.endpoint, d.public_point, d.auth FROM push_message m JOIN push_device d ON d.id = m.device_id
     WHERE m.state = 'waiting' AND m.not_before <= $1 ORDER BY m.not_before, m.id LIMIT 1 )sql" };
constexpr Query take_bundle { "outbox.push_take", R"sql(
    UPDATE push_message SET state = 'sending', attempts = attempts + 1, fence = fence + 1, lease_until = $5
     WHERE id IN (SELECT id FROM push_message WHERE device_id = $1 AND bundle = $2 AND attempts = $3 AND fence = $4 AND state = 'waiting' ORDER BY id LIMIT 50)
       AND state = 'waiting' )sql" };
constexpr Query taken { "outbox.push_taken", R"sql(
    SELECT m.id, m.expires_at, o.message_key, o.bundle, o.heading, o.link FROM push_message m JOIN outbox o ON o.id = m.message_id
     WHERE m.device_id = $1 AND m.bundle = $2 AND m.state = 'sending' AND m.fence = $3 AND m.lease_until = $4 ORDER BY m.id )sql" };
constexpr Query end_message { "outbox.push_finish", R"sql(
    UPDATE push_message SET state = $3, fault = $4, not_before = $5, finished_at = $6
     WHERE id = $1 AND fence = $2 AND (state = 'sending' OR (state = 'unknown' AND fault = 'outbox.lost' AND $3 = 'sent')) )sql" };
constexpr Query note_told { "outbox.push_told", "UPDATE push_device SET told_at = $2 WHERE id = $1" };

void drop(storage::Transaction& transaction, PushDeviceId id)
{
    transaction.execute(drop_messages, id);
    transaction.execute(drop_row, id);
}

}

std::vector<KnownDevice> devices_of(storage::Reader& reader, PersonId person)
{
    constexpr std::size_t mark_letters = 16;
    std::vector<KnownDevice> found;
    for (auto const& row : reader.query(devices, person))
        found.push_back({ row.id<PushDeviceTag>(0), row.text(1), storage::sha256_hex(row.text(2)).substr(0, mark_letters), row.instant(3), row.optional_instant(4) });
    return found;
}

Result<void> add_device(storage::Transaction& transaction, PersonId person, PushDevice const& made, std::string const& device, Instant now)
{
    auto const before = transaction.first(holder, made.endpoint);
    bool const his = before && before->id<PersonTag>(1) == person;
    if (before && !his)
        drop(transaction, before->id<PushDeviceTag>(0));
    if (!his && static_cast<std::int64_t>(devices_of(transaction, person).size()) >= most_push_devices)
        return invalid_because("outbox.push_many", std::to_string(most_push_devices));
    transaction.execute(insert_device, person, made.endpoint, base64url(made.keys.public_point), base64url(made.keys.auth), device, now);
    return {};
}

Result<void> drop_device(storage::Transaction& transaction, PersonId person, PushDeviceId id)
{
    if (!transaction.first(is_his, id, person))
        return not_found();
    drop(transaction, id);
    return {};
}

void send_to_devices(storage::Transaction& transaction, std::string const& message_key) { transaction.execute(fan_out, message_key); }

std::int64_t forget_pushes(storage::Transaction& transaction, Instant before, std::int64_t most) { return transaction.execute(forget, before, most); }

std::optional<ClaimedPush> claim_push(storage::Transaction& transaction, Instant now, std::int64_t lease_ms)
{
    if (quarantined_since(transaction))
        return std::nullopt;
    transaction.execute(expire, now);
    transaction.execute(lose, now);
    auto const first = transaction.first(oldest, now);
    if (!first)
        return std::nullopt;
    ClaimedPush claimed { {}, first->integer(3) + 1, first->integer(2) + 1, first->id<PushDeviceTag>(0), first->text(4), first->text(5), first->text(6) };
    auto const lease = now.milliseconds + lease_ms;
    transaction.execute(take_bundle, claimed.device, first->text(1), first->integer(2), first->integer(3), lease);
    for (auto const& row : transaction.query(taken, claimed.device, first->text(1), claimed.fence, lease)) {
        claimed.ids.push_back(row.integer(0));
        claimed.expires_at = claimed.expires_at == 0 ? row.integer(1) : std::min(claimed.expires_at, row.integer(1));
        claimed.messages.push_back({ row.text(2), row.text(3), {}, {}, row.text(4), {}, row.text(5) });
    }
    if (claimed.ids.empty())
        return std::nullopt;
    return claimed;
}

bool finish_push(storage::Transaction& transaction, ClaimedPush const& claimed, PushDelivery const& delivery, Instant now)
{
    if (delivery.gone) {
        drop(transaction, claimed.device);
        return true;
    }
    auto const next = after_try(delivery.outcome, claimed.attempts, now);
    std::int64_t ended = 0;
    for (auto id : claimed.ids)
        ended += transaction.execute(end_message, id, claimed.fence, next.state, delivery.outcome == Outcome::Sent ? "" : delivery.fault, next.not_before, next.finished_at);
    if (delivery.outcome == Outcome::Sent)
        transaction.execute(note_told, claimed.device, now);
    return ended > 0;
}

}
