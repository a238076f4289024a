#include "account/known_device.hpp"
#include "account/password.hpp"
#include "account/sign_in_limits.hpp"

namespace kpuhub::account {

using storage::Query;

constexpr Query find_device { "account.known_device", R"sql(
    SELECT COALESCE(max(CASE WHEN account_id = $2 THEN 1 ELSE 0 END), 0), COUNT(*) FROM known_device WHERE token_hash = $1 AND seen_at > $3 )sql" };
constexpr Query keep_device { "account.keep_device", R"sql(
    INSERT INTO known_device (token_hash, account_id, created_at, seen_at) VALUES ($1, $2, $3, $3)
    ON CONFLICT (token_hash, account_id) DO UPDATE SET seen_at = $3 )sql" };
constexpr Query drop_surplus { "account.drop_surplus_devices", R"sql(
    DELETE FROM known_device WHERE account_id = $1 AND token_hash NOT IN
        (SELECT k.token_hash FROM known_device k WHERE k.account_id = $1 ORDER BY k.seen_at DESC, k.token_hash LIMIT $2) )sql" };
constexpr Query drop_devices { "account.drop_devices", "DELETE FROM known_device WHERE account_id = $1" };

DeviceFound find_known_device(storage::Reader& reader, AccountId account, std::string_view token, time::Instant now)
{
    auto row = reader.first(find_device, token_hash(token), account, now.milliseconds - sign_in_limits().known_device_ms);
    return { row->integer(0) == 1, row->integer(1) > 0 };
}

void remember_device(storage::Transaction& transaction, AccountId account, std::string_view token, time::Instant now)
{
    transaction.execute(keep_device, token_hash(token), account, now);
    transaction.execute(drop_surplus, account, sign_in_limits().known_devices);
}

void forget_devices(storage::Transaction& transaction, AccountId account) { transaction.execute(drop_devices, account); }

}
