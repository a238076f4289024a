#include "account/rate.hpp"

namespace kpuhub::account {

constexpr storage::Query count_one { "account.count_rate", R"sql(
    INSERT INTO rate (name, window_at, hits) VALUES ($1, $2, 1)
    ON CONFLICT (name, window_at) DO UPDATE SET hits = rate.hits + 1 RETURNING hits )sql" };
constexpr storage::Query hits_of { "account.rate", "SELECT hits FROM rate WHERE name = $1 AND window_at = $2" };

std::int64_t hits(storage::Reader& reader, std::string const& name, std::int64_t window_at)
{
    auto row = reader.first(hits_of, name, window_at);
    return row ? row->integer(0) : 0;
}

std::int64_t count_hit(storage::Transaction& transaction, std::string const& name, std::int64_t window_at)
{
    return transaction.first(count_one, name, window_at)->integer(0);
}

Result<void> count_use(storage::Database& database, std::string const& name, Rate const& rate, time::Instant now)
{
    auto const window = now.milliseconds / rate.window_ms * rate.window_ms;
    auto const uses = TRY(database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> { return count_hit(transaction, name, window); }));
    if (uses > rate.most)
        return fail({ FaultKind::Unavailable, rate.message_key, {}, {}, std::to_string((window + rate.window_ms - now.milliseconds) / 1000 + 1) });
    return {};
}

}
