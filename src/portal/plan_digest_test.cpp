#include "portal/due_calendar.hpp"
#include "portal/plan_digest.hpp"
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::portal;
using time::Date;

TEST(PlanDigest, two_a_month_and_one_a_week_while_something_is_late)
{
    auto const today = Date::of(2026, 11, 23);
    EXPECT_FALSE(digest_is_due({}, today)) << "nothing to say";
    EXPECT_TRUE(digest_is_due({ .soon = 1 }, today));
    EXPECT_TRUE(digest_is_due({ .soon = 1, .last_sent = Date::of(2026, 11, 9), .sent_this_month = 1 }, today));
    EXPECT_FALSE(digest_is_due({ .soon = 1, .last_sent = Date::of(2026, 11, 16), .sent_this_month = 2 }, today));
    EXPECT_TRUE(digest_is_due({ .late = 1, .last_sent = Date::of(2026, 11, 16), .sent_this_month = 3 }, today));
    EXPECT_FALSE(digest_is_due({ .late = 1, .last_sent = Date::of(2026, 11, 17), .sent_this_month = 1 }, today));
    EXPECT_FALSE(digest_is_due({ .late = 5, .working_day = false }, today));
}

TEST(PlanDigest, rows_of_another_authority_are_left_out)
{
    plan::WorkLine own, other, dropped;
    other.node.authority = plan::Authority::Province;
    dropped.node.applies = false;
    EXPECT_EQ(own_rows({ own, other, dropped }).size(), 1u);
}

TEST(DueCalendar, is_folded_escaped_and_keeps_its_days)
{
    auto const text = due_calendar("Tenggat", { { "deliverable-7@kpuhub", Date::of(2026, 12, 31), "1.1; Laporan, akhir\nBEGIN:VEVENT dan judul yang panjang sekali supaya baris ini dilipat é", "https://hub/deliverables/7" } }, { 1'795'140'605'000 });
    EXPECT_NE(text.find("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"), std::string::npos) << text;
    EXPECT_NE(text.find("DTSTAMP:20261120T021005Z\r\n"), std::string::npos) << text;
    EXPECT_NE(text.find("1.1\\; Laporan\\, akhir\\n"), std::string::npos);
    EXPECT_EQ(text.find("\nBEGIN:VEVENT dan"), std::string::npos) << "a title cannot open an event";
    std::size_t longest = 0, begin = 0;
    for (auto end = text.find("\r\n"); end != std::string::npos; begin = end + 2, end = text.find("\r\n", begin))
        longest = std::max(longest, end - begin);
    EXPECT_LE(longest, 75u);
}
