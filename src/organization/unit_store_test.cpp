#include "organization/unit.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"

namespace kpuhub::organization {

using namespace kpuhub::testing;
using time::Date;

class UnitStore : public ForBothEngines {
protected:
    Office office = make_office(*database);
    Date const first = Date::of(2026, 3, 1), second = Date::of(2026, 9, 1);

    Result<void> move(UnitId unit, UnitId parent, Date from)
    {
        return database->write([&](storage::Transaction& transaction) { return move_unit(transaction, act_of({}, from), unit, parent, from, "uji"); });
    }
    /// The codes from the root down to the office.
    std::string path(UnitId unit, Date on)
    {
        return database->read([&](storage::Reader& reader) -> Result<std::string> {
            std::string codes;
            for (auto const& each : path_to(reader, unit, on))
                codes += (codes.empty() ? "" : " ") + each.code;
            return codes;
        }).value();
    }
};
FOR_BOTH_ENGINES(UnitStore);

TEST_P(UnitStore, an_office_that_is_added_as_of_an_earlier_day_leaves_later_borders_as_they_were_drawn)
{
    ASSERT_TRUE(move(office.kerinci, office.national, first));
    ASSERT_TRUE(move(office.kota_jambi, office.national, second));
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) {
        return load_units(transaction, act_of({}, second), { { "1502", "regency", "KPU Kabupaten Merangin", "15", time::Zone::Wib } }, Date::of(2020, 1, 1));
    }));
    EXPECT_EQ(path(office.kerinci, Date::of(2026, 2, 28)), "00 15 1501");
    EXPECT_EQ(path(office.kerinci, first), "00 1501");
    EXPECT_EQ(path(office.kota_jambi, first), "00 15 1571");
    EXPECT_EQ(path(office.kota_jambi, second), "00 1571");
    auto const added = database->read([&](storage::Reader& reader) { return unit_by_code(reader, "1502", second); }).value().id;
    for (auto day : { Date::of(2025, 1, 1), first, second })
        EXPECT_EQ(path(added, day), "00 15 1502") << day.iso();
}

TEST_P(UnitStore, a_move_before_another_one_holds_until_that)
{
    ASSERT_TRUE(move(office.kerinci, office.kota_jambi, second));
    ASSERT_TRUE(move(office.kerinci, office.national, first));
    EXPECT_EQ(path(office.kerinci, Date::of(2026, 2, 28)), "00 15 1501");
    EXPECT_EQ(path(office.kerinci, first), "00 1501");
    EXPECT_EQ(path(office.kerinci, Date::of(2026, 8, 31)), "00 1501");
    EXPECT_EQ(path(office.kerinci, second), "00 15 1571 1501");
}

}
