#include "plan/bearing.hpp"
#include <gtest/gtest.h>

using namespace kpuhub::plan;
using kpuhub::PlanNodeId;

namespace {

Node node(std::int64_t id, std::int64_t parent, Level level, std::vector<int> const& months = {})
{
    Node made;
    made.id = { id };
    made.parent = { parent };
    made.level = level;
    made.place = id;
    made.printed = Months::of(months);
    return made;
}

std::vector<Node> under_one_activity(std::vector<Node> rows)
{
    std::vector<Node> nodes { node(1, 0, Level::Area), node(2, 1, Level::Activity) };
    nodes.insert(nodes.end(), rows.begin(), rows.end());
    return nodes;
}

}

TEST(Bearing, ASubactivityWithMarksAsksItsIndicatorsAsOneChecklist)
{
    auto nodes = under_one_activity({ node(3, 2, Level::Subactivity, { 6 }), node(4, 3, Level::Indicator), node(5, 3, Level::Indicator) });
    auto found = bearers(nodes, {});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].node.value, 3);
    EXPECT_EQ(found[0].items, (std::vector<PlanNodeId> { { 4 }, { 5 } }));
}

TEST(Bearing, TheSameMarksAtAllIndicatorsAreOneChecklistToo)
{
    auto nodes = under_one_activity({ node(3, 2, Level::Subactivity), node(4, 3, Level::Indicator, { 6, 12 }), node(5, 3, Level::Indicator, { 6, 12 }) });
    auto found = bearers(nodes, {});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].node.value, 3);
    EXPECT_EQ(found[0].months, Months::of({ 6, 12 }));
}

TEST(Bearing, IndicatorsWithMonthsOfTheirOwnBearTheirOwn)
{
    auto nodes = under_one_activity({ node(3, 2, Level::Subactivity, { 2, 3 }), node(4, 3, Level::Indicator, { 3 }), node(5, 3, Level::Indicator, { 2 }) });
    auto found = bearers(nodes, {});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].node.value, 4);
    EXPECT_EQ(found[0].items, (std::vector<PlanNodeId> { { 4 } }));
    EXPECT_EQ(found[1].node.value, 5);
}

TEST(Bearing, TheSubactivityKeepsItsMonthsForIndicatorsWithoutAny)
{
    auto nodes = under_one_activity({ node(3, 2, Level::Subactivity, { 1 }), node(4, 3, Level::Indicator), node(5, 3, Level::Indicator, { 2 }) });
    auto found = bearers(nodes, {});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].node.value, 3);
    EXPECT_EQ(found[0].items, (std::vector<PlanNodeId> { { 4 } }));
}

TEST(Bearing, WithoutMonthsTheRowIsNamedWithNone)
{
    auto nodes = under_one_activity({ node(3, 2, Level::Subactivity), node(4, 3, Level::Indicator) });
    auto found = bearers(nodes, {});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(found[0].months.none());
}

TEST(Bearing, ACoveringIndicatorIsAskedAtEachSubactivity)
{
    auto nodes = under_one_activity({ node(3, 2, Level::Subactivity, { 1 }), node(4, 3, Level::Indicator), node(5, 2, Level::Subactivity, { 2 }) });
    std::vector<Cover> covers { { { 4 }, { 3 } }, { { 4 }, { 5 } } };
    auto found = bearers(nodes, covers);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].items, (std::vector<PlanNodeId> { { 4 } }));
    EXPECT_EQ(found[1].items, (std::vector<PlanNodeId> { { 4 } }));
}

TEST(Bearing, AnActivityIsAskedOnlyWhenNothingUnderItIs)
{
    EXPECT_EQ(bearers(std::vector { node(1, 0, Level::Area), node(2, 1, Level::Activity, { 4 }) }, {}).size(), 1U);
    EXPECT_EQ(bearers(std::vector { node(1, 0, Level::Area), node(2, 1, Level::Activity) }, {}).size(), 1U);
    auto nodes = under_one_activity({ node(3, 2, Level::Subactivity, { 1 }) });
    nodes[1].printed = Months::of({ 4 });
    EXPECT_EQ(bearers(nodes, {}).front().node.value, 3);
}

TEST(Bearing, TheWorkingScheduleHoldsInsteadOfThePrintedMarks)
{
    auto nodes = under_one_activity({ node(3, 2, Level::Subactivity, { 1 }) });
    nodes[2].working = Months::all();
    auto found = bearers(nodes, {});
    EXPECT_EQ(found[0].months, Months::all());
    EXPECT_EQ(found[0].rhythm, Rhythm::Continuous);
}
