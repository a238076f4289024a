#include "plan/months.hpp"
#include "time/working_calendar.hpp"
#include <gtest/gtest.h>

using namespace kpuhub::plan;
using kpuhub::time::Date;

static Span span(unsigned from, unsigned to)
{
    auto ends_on = kpuhub::time::end_of_month(2022, to);
    return { Date::of(2022, from, 1), ends_on, ends_on };
}

TEST(Schedule, SeparateMonthsAreOwedEachAtItsEnd)
{
    auto asked = deliverables_of(2022, Months::of({ 3, 6, 10 }), Rhythm::EachMark);
    EXPECT_EQ(asked, (std::vector { span(3, 3), span(6, 6), span(10, 10) }));
}

TEST(Schedule, ARunOfMonthsIsOwedOnceAtItsEnd)
{
    auto asked = deliverables_of(2022, Months::of({ 2, 3, 4, 9, 10 }), Rhythm::OnceInRun);
    EXPECT_EQ(asked, (std::vector { span(2, 4), span(9, 10) }));
}

TEST(Schedule, AllYearIsAskedOnceInEachQuarter)
{
    auto asked = deliverables_of(2022, Months::all(), Rhythm::Continuous);
    EXPECT_EQ(asked, (std::vector { span(1, 3), span(4, 6), span(7, 9), span(10, 12) }));
}

TEST(Schedule, AContinuousRowIsAskedOnlyInTheQuartersItTouches)
{
    auto asked = deliverables_of(2022, Months::of({ 5, 6, 7 }), Rhythm::Continuous);
    EXPECT_EQ(asked, (std::vector { span(5, 6), span(7, 7) }));
}

TEST(Schedule, MonthlyFillsTheGapsBetweenTheFirstAndTheLastMark)
{
    EXPECT_EQ(deliverables_of(2022, Months::of({ 2, 5 }), Rhythm::Monthly).size(), 4U);
    EXPECT_EQ(deliverables_of(2022, Months::all(), Rhythm::Monthly).size(), 12U);
}

TEST(Schedule, WithoutMonthsNothingIsOwed)
{
    for (auto rhythm : { Rhythm::EachMark, Rhythm::OnceInRun, Rhythm::Continuous, Rhythm::Monthly })
        EXPECT_TRUE(deliverables_of(2022, {}, rhythm).empty());
}

TEST(Schedule, FebruaryOfALeapYearEndsOnTheTwentyNinth)
{
    EXPECT_EQ(deliverables_of(2024, Months::of({ 2 }), Rhythm::EachMark).front().due_on.iso(), "2024-02-29");
}

TEST(Schedule, RunsAreUnbrokenRowsOfMarks)
{
    EXPECT_EQ(runs(Months::of({ 1, 2, 12 })), (std::vector<kpuhub::plan::Run> { { 1, 2 }, { 12, 12 } }));
    EXPECT_EQ(natural_rhythm(Months::all()), Rhythm::Continuous);
    EXPECT_EQ(natural_rhythm(Months::of({ 3, 6 })), Rhythm::OnceInRun);
    EXPECT_EQ(Months::of({ 0, 1, 13 }).numbers(), (std::vector { 1 }));
}

TEST(Schedule, AFixedDueDayIsTheDayOfItsMonthOrTheLastOfAShorterOne)
{
    kpuhub::time::WorkingCalendar const calendar { {}, { 2026, 2027 } };
    EXPECT_EQ(due_day_of(2026, 3, {}, calendar), Date::of(2026, 3, 31));
    EXPECT_EQ(due_day_of(2026, 2, { 31, 0, DueShift::Keep }, calendar), Date::of(2026, 2, 28));
    EXPECT_EQ(due_day_of(2026, 3, { 10, 1, DueShift::Keep }, calendar), Date::of(2026, 4, 10));
    EXPECT_EQ(due_day_of(2026, 12, { 10, 1, DueShift::Keep }, calendar), Date::of(2027, 1, 10));
}

TEST(Schedule, OnADayOffTheChosenRuleHolds)
{
    using kpuhub::time::HolidayKind;
    // 10 May 2026 is a Sunday; 1 August a Saturday, so that the working day before would stand in July
    kpuhub::time::WorkingCalendar const calendar { { { Date::of(2026, 5, 11), "Libur", HolidayKind::Holiday } }, { 2026 } };
    EXPECT_EQ(due_day_of(2026, 5, { 10, 0, DueShift::Keep }, calendar), Date::of(2026, 5, 10));
    EXPECT_EQ(due_day_of(2026, 5, { 10, 0, DueShift::Before }, calendar), Date::of(2026, 5, 8));
    EXPECT_EQ(due_day_of(2026, 5, { 10, 0, DueShift::After }, calendar), Date::of(2026, 5, 12));
    EXPECT_EQ(due_day_of(2026, 8, { 1, 0, DueShift::Before }, calendar), Date::of(2026, 8, 3));
}
