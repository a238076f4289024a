#include "plan/progress.hpp"
#include <gtest/gtest.h>

using namespace kpuhub::plan;
using kpuhub::time::Date;
using kpuhub::time::Instant;

namespace {

Plan fixed_plan()
{
    Plan plan;
    plan.year = 2022;
    plan.state = PlanState::Fixed;
    plan.decided_on = Date::of(2022, 4, 11);
    return plan;
}

Deliverable due_in_june()
{
    Deliverable june;
    june.starts_on = Date::of(2022, 6, 1);
    june.ends_on = june.due_on = Date::of(2022, 6, 30);
    return june;
}

Node row()
{
    Node node;
    node.area_no = 1;
    return node;
}

}

TEST(Progress, StepsFollowTheOrderOfTheWork)
{
    EXPECT_EQ(after(State::Scheduled, Step::Start), State::UnderWay);
    EXPECT_EQ(after(State::Scheduled, Step::Submit), State::Submitted);
    EXPECT_EQ(after(State::Returned, Step::Submit), State::Submitted);
    EXPECT_EQ(after(State::Submitted, Step::Withdraw), State::UnderWay);
    EXPECT_EQ(after(State::Submitted, Step::Verify), State::Verified);
    EXPECT_EQ(after(State::Submitted, Step::Return), State::Returned);
    EXPECT_EQ(after(State::Verified, Step::Reopen), State::UnderWay);
    EXPECT_EQ(after(State::NotApplicable, Step::Reopen), State::Scheduled);
    EXPECT_EQ(after(State::Returned, Step::MarkNotApplicable), State::NotApplicable);
}

TEST(Progress, AStepOutOfOrderIsAConflict)
{
    EXPECT_EQ(after(State::Scheduled, Step::Verify).error().kind, kpuhub::FaultKind::Conflict);
    EXPECT_FALSE(after(State::Verified, Step::Withdraw));
    EXPECT_FALSE(after(State::Verified, Step::Submit));
    EXPECT_FALSE(after(State::Submitted, Step::MarkNotApplicable));
    EXPECT_FALSE(after(State::UnderWay, Step::Start));
}

TEST(Progress, ReturningWithoutAReasonIsRefused)
{
    EXPECT_FALSE(check_reason(Step::Return, "  \n"));
    EXPECT_FALSE(check_reason(Step::Reopen, ""));
    EXPECT_FALSE(check_reason(Step::Return, std::string(2001, 'x')));
    EXPECT_TRUE(check_reason(Step::Return, "Daftar hadir belum ada"));
    EXPECT_TRUE(check_reason(Step::Verify, ""));
}

TEST(Progress, LateFromTheDayAfterTheDueDayUntilSubmitted)
{
    auto june = due_in_june();
    EXPECT_FALSE(late(fixed_plan(), row(), june, Date::of(2022, 6, 30)));
    EXPECT_TRUE(late(fixed_plan(), row(), june, Date::of(2022, 7, 1)));
    june.state = State::Returned;
    EXPECT_TRUE(late(fixed_plan(), row(), june, Date::of(2022, 7, 1)));
    june.state = State::Submitted;
    EXPECT_FALSE(late(fixed_plan(), row(), june, Date::of(2022, 7, 1)));
}

TEST(Progress, DueBeforeTheDecreeIsBackfilledAndNeverLate)
{
    auto march = due_in_june();
    march.due_on = Date::of(2022, 3, 31);
    EXPECT_TRUE(backfilled(fixed_plan(), march.due_on));
    EXPECT_FALSE(late(fixed_plan(), row(), march, Date::of(2022, 12, 1)));
    EXPECT_FALSE(backfilled(fixed_plan(), Date::of(2022, 4, 11)));
}

TEST(Progress, NothingOfADraftIsLate)
{
    auto draft = fixed_plan();
    draft.state = PlanState::Draft;
    EXPECT_FALSE(late(draft, row(), due_in_june(), Date::of(2022, 12, 1)));
}

TEST(Progress, RowsCountedApartAreNeverLate)
{
    auto after_june = Date::of(2022, 7, 1);
    auto province = row();
    province.authority = Authority::Province;
    auto tentative = row();
    tentative.tentative = true;
    auto dropped = row();
    dropped.applies = false;
    auto unsettled = row();
    unsettled.months_certain = false;
    for (auto const& node : { province, tentative, dropped, unsettled })
        EXPECT_FALSE(late(fixed_plan(), node, due_in_june(), after_june));
    unsettled.working = Months::of({ 6 });
    EXPECT_TRUE(late(fixed_plan(), unsettled, due_in_june(), after_june));
}

TEST(Progress, FinishedLateSaysByHowManyDays)
{
    auto june = due_in_june();
    june.state = State::Verified;
    june.submitted_at = kpuhub::time::start_of_day(Date::of(2022, 7, 5), kpuhub::time::Zone::Wib);
    EXPECT_EQ(days_late_at_submission(fixed_plan(), row(), june), 5);
    june.submitted_at = june.submitted_at->plus(std::chrono::hours { -24 * 5 });
    EXPECT_EQ(days_late_at_submission(fixed_plan(), row(), june), std::nullopt);
}

TEST(Progress, TheDueDayEndsAtMidnightOfTheOfficesZone)
{
    EXPECT_EQ(passes_at(Date::of(2022, 6, 30), kpuhub::time::Zone::Wit).iso(), "2022-06-30T15:00:00.000Z");
    EXPECT_EQ(passes_at(Date::of(2022, 6, 30), kpuhub::time::Zone::Wib).iso(), "2022-06-30T17:00:00.000Z");
}

TEST(Progress, WordsOfTheClosedListsReadBack)
{
    EXPECT_EQ(from_text<State>(to_text(State::NotApplicable)), State::NotApplicable);
    EXPECT_EQ(from_text<Rhythm>("once_in_run"), Rhythm::OnceInRun);
    EXPECT_EQ(from_text<Level>("chapter"), std::nullopt);
}
