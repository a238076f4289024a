#include "account/access.hpp"
#include "account/demo.hpp"
#include "account/without_account.hpp"
#include "core/embedded.hpp"
#include "definition/unit_file.hpp"
#include "organization/access.hpp"
#include "organization/people.hpp"
#include "organization/unit.hpp"
#include "support/test_database.hpp"
#include <algorithm>

using namespace kpuhub;

namespace {

class DemoOffice : public kpuhub::testing::ForBothEngines {
protected:
    time::Date day = time::Date::of(2026, 6, 15);
    time::Instant now = time::start_of_day(day, time::Zone::Wib);

    void load_units()
    {
        ASSERT_TRUE(account::load_roles(*database));
        auto table = definition::load_units("units.yaml", embedded_file("definitions/units/units.yaml"));
        std::vector<organization::UnitLine> units;
        for (auto const& entry : table->units)
            if (entry.code.size() == 2 || entry.parent == "75")
                units.push_back({ entry.code, entry.parent.empty() ? "national" : entry.parent == "00" ? "province" : "regency", entry.name, entry.parent, entry.zone });
        auto act = journal::make_act({}, now, day);
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) { return organization::load_units(transaction, act, units, table->holds_from); }));
    }
};
FOR_BOTH_ENGINES(DemoOffice);

}

TEST_P(DemoOffice, loads_fifteen_people_once_and_marks_the_database_for_ever)
{
    load_units();
    auto loaded = account::load_demo_offices(*database, "peragaan-2026", now);
    ASSERT_TRUE(loaded) << loaded.error().message_key << " " << loaded.error().detail;
    EXPECT_TRUE(*loaded);
    EXPECT_FALSE(*account::load_demo_offices(*database, "peragaan-2026", now));
    (void)database->read([&](storage::Reader& reader) -> Result<void> {
        EXPECT_TRUE(account::ever_demo(reader));
        auto unit = organization::unit_by_code(reader, "7571", day)->id;
        auto operator_of_rb = reader.first({ "test.operator", "SELECT person_id FROM account WHERE user_name = 'operator'" })->id<PersonTag>(0);
        EXPECT_EQ(organization::names_of(reader, operator_of_rb, unit, day).size(), 15U);
        auto vacant = account::gaps_of(reader, operator_of_rb, day, unit, 7).vacant;
        EXPECT_TRUE(std::any_of(vacant.begin(), vacant.end(), [](auto const& post) { return post.title.starts_with("Kepala") && post.capacity == "plt"; }))
            << "one head's post is vacant and held by a Plt.";
        EXPECT_TRUE(organization::may(reader, operator_of_rb, day, unit, "plan.manage"));
        return {};
    });
}
