#include "account/access.hpp"
#include "account/demo.hpp"
#include "core/embedded.hpp"
#include "definition/unit_file.hpp"
#include "journal/act.hpp"
#include "organization/unit.hpp"
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

using namespace kpuhub;

TEST(DemoOffice, loads_once)
{
    auto folder = std::filesystem::temp_directory_path() / ("kpuhub_demo_" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    storage::Settings settings { "sqlite:" + (folder / "a.db").string(), 2, true };
    auto database = storage::Database::open(settings);
    ASSERT_TRUE(database) << database.error().detail;
    auto ran = (*database)->migrate();
    ASSERT_TRUE(ran) << ran.error().detail;
    time::Instant now { 1'781'000'000'000 };
    ASSERT_TRUE(account::load_roles(**database));
    auto table = definition::load_units("u", embedded_file("definitions/units/units.yaml"));
    std::vector<organization::UnitLine> units;
    for (auto const& entry : table->units)
        units.push_back({ entry.code, entry.parent.empty() ? "national" : entry.parent == "00" ? "province" : "regency", entry.name, entry.parent, entry.zone });
    auto act = journal::make_act({}, now, time::date_at(now, time::Zone::Wib));
    ASSERT_TRUE((*database)->write([&](auto& t) { return organization::load_units(t, act, units); }));
    auto loaded = account::load_demo_offices(**database, "rahasia", now);
    ASSERT_TRUE(loaded) << loaded.error().message_key << loaded.error().detail << (loaded.error().fields.empty() ? "" : loaded.error().fields[0].field + loaded.error().fields[0].message_key);
    EXPECT_TRUE(*loaded);
    EXPECT_FALSE(*account::load_demo_offices(**database, "rahasia", now));
    std::filesystem::remove_all(folder);
}
