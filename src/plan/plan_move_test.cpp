#include "plan/plan_move.hpp"
#include "plan/plan_compare.hpp"
#include "plan/plan_revise.hpp"
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::plan;

namespace {

TreeNode row(std::int64_t id, Level level, std::string number, std::vector<TreeNode> children = {})
{
    TreeNode node;
    node.row.id = { id };
    node.row.level = level;
    node.row.number = std::move(number);
    node.row.body = "row " + std::to_string(id);
    node.children = std::move(children);
    return node;
}

/// Two areas; activity 10 with sub-activities 11, 12, 13 and an indicator 14 (under 11) that covers 11 and 13.
Tree two_areas()
{
    Tree tree;
    auto covering = row(14, Level::Indicator, "1");
    covering.covers = { 0, 2 };
    tree.areas = { row(1, Level::Area, "I",
                       { row(10, Level::Activity, "1.",
                           { row(11, Level::Subactivity, "a.", { covering }), row(12, Level::Subactivity, "b."), row(13, Level::Subactivity, "c.") }) }),
        row(2, Level::Area, "II", { row(20, Level::Activity, "1.", { row(21, Level::Subactivity, "a.") }) }) };
    return tree;
}

std::string order(TreeNode const& parent)
{
    std::string text;
    for (auto const& child : parent.children)
        text += (text.empty() ? "" : " ") + std::to_string(child.row.id.value) + "=" + child.row.number;
    return text;
}

}

TEST(MovingRows, UpAndDownKeepPrintedNumbersUnlessAskedToFollow)
{
    auto tree = two_areas();
    EXPECT_TRUE(shift_row(tree, { 12 }, -1, Numbering::Keep));
    EXPECT_EQ(order(*row_in(tree, { 10 })), "12=b. 11=a. 13=c.");
    EXPECT_TRUE(shift_row(tree, { 12 }, 1, Numbering::Follow));
    EXPECT_EQ(order(*row_in(tree, { 10 })), "11=a. 12=b. 13=c.");
    EXPECT_FALSE(shift_row(tree, { 11 }, -1, Numbering::Keep));
    EXPECT_FALSE(shift_row(tree, { 13 }, 1, Numbering::Keep));
    EXPECT_FALSE(shift_row(tree, { 99 }, 1, Numbering::Keep));
}

TEST(MovingRows, CoversFollowTheSubactivitiesThatTheyMean)
{
    auto tree = two_areas();
    ASSERT_TRUE(shift_row(tree, { 13 }, -1, Numbering::Follow));
    EXPECT_EQ(order(*row_in(tree, { 10 })), "11=a. 13=b. 12=c.");
    EXPECT_EQ(row_in(tree, { 14 })->covers, (std::vector { 0, 1 }));
    ASSERT_TRUE(move_row(tree, { 13 }, { 20 }, 0, Numbering::Follow));
    EXPECT_EQ(row_in(tree, { 14 })->covers, (std::vector { 0 }));
    EXPECT_EQ(order(*row_in(tree, { 20 })), "13=a. 21=b.");
    EXPECT_EQ(order(*row_in(tree, { 10 })), "11=a. 12=b.");
    EXPECT_TRUE(check(tree));
}

TEST(MovingRows, ARowStandsOnlyUnderTheLevelAboveIt)
{
    auto tree = two_areas();
    EXPECT_FALSE(move_row(tree, { 12 }, { 2 }, 0, Numbering::Keep));
    EXPECT_FALSE(move_row(tree, { 10 }, { 20 }, 0, Numbering::Keep));
    EXPECT_FALSE(move_row(tree, { 10 }, {}, 0, Numbering::Keep));
    EXPECT_FALSE(move_row(tree, { 12 }, { 12 }, 0, Numbering::Keep));
    EXPECT_TRUE(move_row(tree, { 10 }, { 2 }, 1, Numbering::Keep));
    EXPECT_EQ(order(*row_in(tree, { 2 })), "20=1. 10=1.");
    EXPECT_TRUE(move_row(tree, { 14 }, { 21 }, 0, Numbering::Keep));
    EXPECT_TRUE(row_in(tree, { 14 })->covers.empty());
    EXPECT_TRUE(move_row(tree, { 2 }, {}, 0, Numbering::Follow));
    EXPECT_EQ(tree.areas[0].row.number + tree.areas[1].row.number, "III");
}

TEST(MovingRows, AReorderedRowIsShownAsMovedAndOnlyThatOne)
{
    auto before = two_areas();
    auto after = before;
    ASSERT_TRUE(move_row(after, { 13 }, { 10 }, 0, Numbering::Keep));
    int changed = 0;
    for (auto const& each : compare(before, after)) {
        if (each.kind == Difference::Same)
            continue;
        ++changed;
        EXPECT_EQ(each.after.id.value, 13);
        EXPECT_EQ(each.fields, (std::vector<std::string> { "place" }));
    }
    EXPECT_EQ(changed, 1);
}

TEST(MovingRows, NumbersGoOnInTheirOwnManner)
{
    EXPECT_EQ(number_like("1.", 3), "3.");
    EXPECT_EQ(number_like("a)", 2), "b)");
    EXPECT_EQ(number_like("(1)", 4), "(4)");
    EXPECT_EQ(number_like("IV", 9), "IX");
    EXPECT_EQ(number_like("1.2.4", 5), "1.2.5");
    EXPECT_EQ(number_like("B.", 27), "");
    EXPECT_EQ(number_like("dst", 2), "");
    EXPECT_EQ(number_like("", 2), "");
}
