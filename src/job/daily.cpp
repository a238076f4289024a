#include "job/daily.hpp"
#include "core/limit_table.hpp"
#include "job/job.hpp"
#include <algorithm>

namespace kpuhub::job {

using storage::Query;

constexpr Query day_asked { "job.day_asked", "SELECT value FROM setting WHERE name = $1" };
constexpr Query mark_day { "job.mark_day", R"sql(
    INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE setting.value <> excluded.value )sql" };

Result<bool> ask_once_a_day(storage::Database& database, std::string_view kind, time::Instant now)
{
    constexpr std::int64_t hour_ms = 3'600'000;
    static std::int64_t const from_hour = LimitTable::embedded("daily").take("from_hour");
    auto const today = time::date_at(now, time::Zone::Wib);
    if (now.milliseconds - time::start_of_day(today, time::Zone::Wib).milliseconds < from_hour * hour_ms)
        return false;
    auto name = std::string { kind } + "_day";
    std::ranges::replace(name, '.', '_');
    return database.write([&](storage::Transaction& transaction) -> Result<bool> {
        auto const asked = transaction.first(day_asked, name);
        if ((asked && asked->text(0) == today.iso()) || transaction.execute(mark_day, name, today) == 0)
            return false;
        enqueue(transaction, kind, "{}", {}, {}, now);
        return true;
    });
}

}
