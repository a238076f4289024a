#include "time/working_calendar.hpp"
#include <gtest/gtest.h>

namespace kpuhub::time {

namespace {

Date on(char const* iso) { return Date::from_iso(iso).value(); }

/// The week of 17 August 2025: holiday on Sunday, added collective leave on Monday.
WorkingCalendar august_2025()
{
    return { { { on("2025-08-17"), "Proklamasi Kemerdekaan" },
                 { on("2025-08-18"), "Cuti bersama", HolidayKind::CollectiveLeave, "SKB 933/2025" } },
        { 2025 } };
}

}

TEST(WorkingCalendar, a_deadline_explains_each_day_that_it_skips)
{
    auto deadline = august_2025().add_working_days(on("2025-08-14"), 2).value();
    EXPECT_EQ(deadline.due.iso(), "2025-08-19");
    EXPECT_TRUE(deadline.certain);
    ASSERT_EQ(deadline.days.size(), 5u);
    EXPECT_EQ(deadline.days[0], (Day { on("2025-08-15"), DayKind::Working, "", 1 }));
    EXPECT_EQ(deadline.days[1], (Day { on("2025-08-16"), DayKind::Weekend }));
    EXPECT_EQ(deadline.days[2], (Day { on("2025-08-17"), DayKind::Holiday, "Proklamasi Kemerdekaan" }));
    EXPECT_EQ(deadline.days[3], (Day { on("2025-08-18"), DayKind::CollectiveLeave, "Cuti bersama", 0, "SKB 933/2025" }));
    EXPECT_EQ(deadline.days[4], (Day { on("2025-08-19"), DayKind::Working, "", 2 }));
}

TEST(WorkingCalendar, no_days_to_count_give_the_start_itself)
{
    auto deadline = august_2025().add_working_days(on("2025-08-17"), 0).value();
    EXPECT_EQ(deadline.due, on("2025-08-17"));
    EXPECT_TRUE(deadline.days.empty());
}

TEST(WorkingCalendar, refuses_a_negative_or_absurd_number_of_days)
{
    for (int days : { -1, 2601, 2'000'000'000 }) {
        auto deadline = august_2025().add_working_days(on("2025-08-14"), days);
        ASSERT_FALSE(deadline);
        EXPECT_EQ(deadline.error().message_key, "calendar.days_out_of_range");
    }
    EXPECT_TRUE(august_2025().add_working_days(on("2025-08-14"), 2600));
}

TEST(WorkingCalendar, a_deadline_beyond_the_known_decrees_says_that_it_is_not_certain)
{
    EXPECT_FALSE(august_2025().add_working_days(on("2025-12-31"), 1).value().certain);
    EXPECT_FALSE(august_2025().add_working_days(on("2024-12-31"), 1).value().certain);
}

TEST(WorkingCalendar, next_working_day_leaves_out_weekends_and_holidays)
{
    EXPECT_EQ(august_2025().next_working_day(on("2025-08-15")).iso(), "2025-08-19");
    EXPECT_EQ(august_2025().next_working_day(on("2025-08-19")).iso(), "2025-08-20");
    EXPECT_EQ(august_2025().working_day_on_or_after(on("2025-08-15")).iso(), "2025-08-15");
    EXPECT_EQ(august_2025().working_day_on_or_after(on("2025-08-16")).iso(), "2025-08-19");
}

TEST(WorkingCalendar, regional_holidays_belong_to_one_office)
{
    auto bali = august_2025().with({ { on("2025-08-19"), "Libur daerah" }, { on("2025-08-17"), "another name" } });
    EXPECT_FALSE(bali.is_working_day(on("2025-08-19")));
    EXPECT_TRUE(august_2025().is_working_day(on("2025-08-19")));
    EXPECT_EQ(bali.day(on("2025-08-17")).reason, "Proklamasi Kemerdekaan");
    EXPECT_EQ(bali.holidays().size(), 3u);
}

TEST(WorkingCalendar, days_between_is_the_inverse_of_adding_days)
{
    auto calendar = august_2025();
    for (auto start = on("2025-08-01"); start < on("2025-09-01"); start = start.plus(std::chrono::days { 1 })) {
        for (int days = 0; days <= 40; ++days) {
            auto due = calendar.add_working_days(start, days).value().due;
            ASSERT_EQ(calendar.working_days_between(start, due), days) << start.iso();
            ASSERT_EQ(calendar.working_days_between(due, start), -days) << start.iso();
        }
    }
}

}
