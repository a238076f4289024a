// A million open clocks counted again after a holiday was added, while short writes go on.   clock_recount FOLDER [CLOCKS]
#include "core/embedded.hpp"
#include "account/access.hpp"
#include "definition/unit_file.hpp"
#include "flow/clock_advance.hpp"
#include "journal/journal.hpp"
#include "organization/unit.hpp"
#include "short_writes.hpp"

using namespace kpuhub;
using namespace std::chrono;

namespace {

constexpr storage::Query many_subjects { "bench.subjects", R"sql(
    WITH RECURSIVE n(i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $2)
    INSERT INTO subject (id, kind, unit_id, state, created_at) SELECT 1000000 + i, 'request', (SELECT min(id) FROM unit) + i % 553, 'open', 0 FROM n )sql" };
constexpr storage::Query many_clocks { "bench.clocks", R"sql(
    WITH RECURSIVE n(i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $2)
    INSERT INTO clock (subject_id, name, unit_id, rule_id, state, started_at, due_at, next_change_at, read_permission, link, calendar)
    SELECT 1000000 + i, 'limit', (SELECT min(id) FROM unit) + i % 553, $3, 'running', $4 + (i % 28800) * 60000, $5, $5, 'plan.read', '/requests/1', '' FROM n )sql" };

template<typename T>
T sure(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s %s\n", result.error().message_key.c_str(), result.error().detail.c_str());
        std::exit(1);
    }
    return std::move(*result);
}

void fill(storage::Database& database, std::int64_t clocks, time::Instant from)
{
    account::load_roles(database).value();
    auto const table = sure(definition::load_units("units.yaml", embedded_file("definitions/units/units.yaml")));
    std::vector<organization::UnitLine> units;
    for (auto const& each : table.units)
        units.push_back({ each.code, each.parent.empty() ? "national" : each.parent == "00" ? "province" : "regency", each.name, each.parent, each.zone });
    auto const act = journal::make_act({}, from, time::date_at(from, time::Zone::Wib));
    sure(database.write([&](storage::Transaction& transaction) { return organization::load_units(transaction, act, units, time::Date::of(2020, 1, 1)); }));
    sure(flow::load_calendar(database));
    sure(flow::load_clock_rules(database));
    constexpr std::int64_t at_once = 50'000;
    for (std::int64_t i = 0; i < clocks; i += at_once)
        sure(database.write([&](storage::Transaction& transaction) -> Result<int> {
            auto const rule = sure(flow::rule_in_force(transaction, "sp4n", "supervisory", time::date_at(from, time::Zone::Wib)));
            transaction.execute(many_subjects, i, std::min(clocks, i + at_once));
            transaction.execute(many_clocks, i, std::min(clocks, i + at_once), rule.id, from, from.plus(hours { 90 * 24 }));
            return 0;
        }));
}

}

int main(int argc, char** argv)
{
    std::string const folder = argc > 1 ? argv[1] : ".";
    std::int64_t const clocks = argc > 2 ? std::atoll(argv[2]) : 1'000'000;
    storage::Settings settings;
    settings.address = folder.starts_with("postgresql:") ? folder : "sqlite:" + folder + "/clock_recount.db";
    auto database = sure(storage::Database::open(settings));
    sure(database->migrate());
    auto const from = time::start_of_day(time::Date::of(2026, 10, 1), time::Zone::Wib);
    time::FixedClock const clock { time::start_of_day(time::Date::of(2026, 11, 2), time::Zone::Wib).plus(hours { 9 }) };
    flow::CalendarShelf shelf;
    flow::Clocks all { shelf };
    fill(*database, clocks, from);
    auto count_again = [&](char const* what) {
        bench::ShortWrites writes { *database, 1'000'000, 1000 };
        auto const begin = steady_clock::now();
        auto const national = sure(database->read([](storage::Reader& reader) -> Result<UnitId> { return reader.first({ "bench.national", "SELECT id FROM unit WHERE code = '00'" })->id<UnitTag>(0); }));
        auto const changed = sure(flow::recount(*database, all, national, time::Date::of(2026, 11, 2), clock, [](std::int64_t) { return true; }));
        auto const seconds = duration<double>(steady_clock::now() - begin).count();
        std::printf("%s: %lld of %lld clocks changed in %.1f s\n", what, static_cast<long long>(changed), static_cast<long long>(clocks), seconds);
        writes.print("meanwhile");
    };
    {
        bench::ShortWrites writes { *database, 1'000'000, 1000 };
        std::this_thread::sleep_for(seconds { 5 });
        writes.print("alone");
    }
    count_again("first counting");
    sure(database->write([](storage::Transaction& transaction) -> Result<int> {
        transaction.execute({ "bench.holiday", "INSERT INTO holiday (unit_id, day, name, kind, source, entered_at) SELECT id, '2026-11-18', 'Libur', 'holiday', 'bench', 0 FROM unit WHERE code = '00'" });
        transaction.execute({ "bench.revision", "INSERT INTO setting (name, value) VALUES ('calendar_revision', 'bench') ON CONFLICT (name) DO UPDATE SET value = 'bench'" });
        return 0;
    }));
    count_again("after a new holiday");
    return 0;
}
