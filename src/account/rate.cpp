#include "account/rate.hpp"

namespace kpuhub::account {

constexpr storage::Query count_one { "account.count_use", R"sql(
    INSERT INTO rate (name, window_at, hits) VALUES ($1, $2, 1)
    ON CONFLICT (name, window_at) DO UPDATE SET hits = rate.hits + 1 RETURNING hits )sql" };

Result<void> count_use(storage::Database& database, std::string const& name, Rate const& rate, time::Instant now)
{
    auto const window = now.milliseconds / rate.window_ms * rate.window_ms;
    auto const uses = TRY(database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> { return transaction.first(count_one, name, window)->integer(0); }));
    if (uses > rate.most)
        return fail({ FaultKind::Unavailable, rate.message_key, {}, {}, std::to_string((window + rate.window_ms - now.milliseconds) / 1000 + 1) });
    return {};
}

}
