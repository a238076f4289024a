#include "storage/earlier_writes.hpp"
#include <set>
#include <thread>

namespace kpuhub::storage {

namespace {

// A transaction has an id from its first change until all see what it kept; that is later than its commit record when a standby is waited for.
constexpr Query changing { "storage.changing", R"sql(
    SELECT pid, CAST(CAST(backend_xid AS TEXT) AS BIGINT) FROM pg_stat_activity
     WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid() )sql" };

using Changing = std::set<std::pair<std::int64_t, std::int64_t>>;      // process, id of its transaction

Result<Changing> changing_now(Database& database)
{
    return database.read([](Reader& reader) -> Result<Changing> {
        Changing found;
        for (auto const& row : reader.query(changing))
            found.emplace(row.integer(0), row.integer(1));
        return found;
    });
}

}

Result<bool> earlier_writes_ended(Database& database, std::chrono::milliseconds at_most)
{
    constexpr std::chrono::milliseconds pause { 5 };
    if (database.engine() == Engine::Sqlite) {
        TRY_VOID(database.write([](Transaction&) -> Result<void> { return {}; }));
        return true;
    }
    auto const until = std::chrono::steady_clock::now() + at_most;
    auto earlier = TRY(changing_now(database));
    while (!earlier.empty()) {
        if (std::chrono::steady_clock::now() >= until)
            return false;
        std::this_thread::sleep_for(pause);
        auto const now = TRY(changing_now(database));
        std::erase_if(earlier, [&](auto const& each) { return !now.contains(each); });
    }
    return true;
}

}
