#include "plan/contribution.hpp"
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::plan;

namespace {

Plan fixed_plan()
{
    Plan plan;
    plan.year = 2022;
    plan.state = PlanState::Fixed;
    plan.decided_on = time::Date::of(2022, 4, 11);
    return plan;
}

Node row()
{
    Node node;
    node.id = { 1 };
    node.area_no = 3;
    return node;
}

Deliverable june(State state, bool passed, std::int64_t proofs = 0)
{
    Deliverable made;
    made.due_on = time::Date::of(2022, 6, 30);
    made.state = state;
    made.passed = passed;
    made.proofs = proofs;
    return made;
}

std::vector<std::string> parts_of_month(std::vector<indicator::Contribution> const& added, std::string const& month = "2022-06")
{
    std::vector<std::string> parts;
    for (auto const& each : added)
        if (each.period == month && !each.part.starts_with("t."))
            parts.push_back(each.part);
    std::sort(parts.begin(), parts.end());
    return parts;
}

using Parts = std::vector<std::string>;

}

TEST(Contribution, LateWithoutProofCountsInAllFour)
{
    auto added = contributions(fixed_plan(), row(), june(State::Scheduled, true));
    EXPECT_EQ(parts_of_month(added), (Parts { "a3.all", "a3.due", "a3.late", "a3.no_proof" }));
    EXPECT_EQ(parts_of_month(added, "2022"), parts_of_month(added));
}

TEST(Contribution, VerifiedBeforeItsDayIsDueAlready)
{
    EXPECT_EQ(parts_of_month(contributions(fixed_plan(), row(), june(State::Verified, false, 1))),
        (Parts { "a3.all", "a3.due", "a3.verified" }));
}

TEST(Contribution, NotYetDueCountsOnlyInTheYear)
{
    EXPECT_EQ(parts_of_month(contributions(fixed_plan(), row(), june(State::UnderWay, false))), (Parts { "a3.all", "a3.under_way" }));
}

TEST(Contribution, BackfilledIsDueButNeverLate)
{
    auto march = june(State::Scheduled, true);
    march.due_on = time::Date::of(2022, 3, 31);
    EXPECT_EQ(parts_of_month(contributions(fixed_plan(), row(), march), "2022-03"), (Parts { "a3.all", "a3.due", "a3.no_proof" }));
}

TEST(Contribution, OtherAuthorityTentativeAndNotApplicableAreCountedApart)
{
    auto other = row();
    other.authority = Authority::National;
    EXPECT_EQ(parts_of_month(contributions(fixed_plan(), other, june(State::Scheduled, true))), (Parts { "a3.apart" }));
    EXPECT_EQ(parts_of_month(contributions(fixed_plan(), row(), june(State::NotApplicable, true))), (Parts { "a3.apart" }));
}

TEST(Contribution, ADraftAddsOnlyThatItIsOne)
{
    auto draft = fixed_plan();
    draft.state = PlanState::Draft;
    EXPECT_TRUE(contributions(draft, row(), june(State::Verified, true)).empty());
    EXPECT_EQ(contributions(draft, std::span<Node const> {}, std::span<Bearer const> {}).front().part, "plan.draft");
}

TEST(Contribution, RowsWithoutMonthsAreUnscheduled)
{
    std::vector nodes { row() };
    std::vector<Bearer> bearers { { { 1 }, {}, Rhythm::OnceInRun, {} } };
    auto added = contributions(fixed_plan(), nodes, bearers);
    ASSERT_EQ(added.size(), 3U);
    EXPECT_EQ(added[1].part, "a3.unscheduled");
    EXPECT_EQ(added[2].part, "t.unscheduled");
}

TEST(Tally, TheDifferenceLeavesOutWhatStays)
{
    auto before = contributions(fixed_plan(), row(), june(State::Submitted, true, 1));
    auto after = contributions(fixed_plan(), row(), june(State::Verified, true, 1));
    auto changed = indicator::difference(before, after);
    EXPECT_EQ(changed, (indicator::Amounts { { { "2022", "a3.submitted" }, -1 }, { { "2022", "a3.verified" }, 1 },
                           { { "2022-06", "a3.submitted" }, -1 }, { { "2022-06", "a3.verified" }, 1 },
                           { { "2022", "t.submitted" }, -1 }, { { "2022", "t.verified" }, 1 },
                           { { "2022-06", "t.submitted" }, -1 }, { { "2022-06", "t.verified" }, 1 } }));
}
