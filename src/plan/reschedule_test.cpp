#include "plan/reschedule.hpp"
#include <gtest/gtest.h>

using namespace kpuhub::plan;
using kpuhub::time::Date;

static Span span(unsigned from, unsigned to)
{
    auto ends_on = kpuhub::time::end_of_month(2022, to);
    return { Date::of(2022, from, 1), ends_on, ends_on };
}

TEST(Rescheduling, WhatIsStillAskedStays)
{
    std::vector<Existing> existing { { { 1 }, { 7 }, span(6, 6), true } };
    auto change = reschedule(existing, { { { 7 }, span(6, 6) } });
    EXPECT_TRUE(change.removed.empty() && change.moved.empty() && change.added.empty());
}

TEST(Rescheduling, UntouchedOnesGoAndNewOnesCome)
{
    std::vector<Existing> existing { { { 1 }, { 7 }, span(6, 6), false } };
    auto change = reschedule(existing, { { { 7 }, span(9, 9) } });
    EXPECT_EQ(change.removed.size(), 1U);
    EXPECT_EQ(change.added.size(), 1U);
}

TEST(Rescheduling, WorkMovesToTheSpanThatOverlapsIt)
{
    std::vector<Existing> existing { { { 1 }, { 7 }, span(1, 3), true }, { { 2 }, { 7 }, span(4, 6), false } };
    auto change = reschedule(existing, { { { 7 }, span(2, 2) }, { { 7 }, span(5, 5) } });
    ASSERT_EQ(change.moved.size(), 1U);
    EXPECT_EQ(change.moved[0].id.value, 1);
    EXPECT_EQ(change.moved[0].to.span, span(2, 2));
    EXPECT_EQ(change.removed.size(), 1U);
    EXPECT_EQ(change.added.size(), 1U);
}

TEST(Rescheduling, WorkWithoutAPlaceIsNeverLost)
{
    std::vector<Existing> existing { { { 1 }, { 7 }, span(1, 1), true } };
    auto change = reschedule(existing, { { { 7 }, span(9, 9) } });
    EXPECT_TRUE(change.removed.empty());
    EXPECT_TRUE(change.moved.empty());
    EXPECT_EQ(change.added.size(), 1U);
}
