#include "plan/plan_compare.hpp"
#include "plan/plan_revise.hpp"
#include <gtest/gtest.h>

using namespace kpuhub::plan;

namespace {

TreeNode row(std::int64_t id, Level level, std::string body)
{
    TreeNode node;
    node.row.id = { id };
    node.row.level = level;
    node.row.body = std::move(body);
    return node;
}

Tree plan_of(std::vector<TreeNode> subactivities)
{
    auto activity = row(2, Level::Activity, "Perencanaan reformasi");
    activity.children = std::move(subactivities);
    auto area = row(1, Level::Area, "Manajemen Perubahan");
    area.row.area_no = 1;
    area.children = { activity };
    Tree tree;
    tree.areas = { area };
    return tree;
}

std::vector<Difference> kinds(Tree const& before, Tree const& after)
{
    std::vector<Difference> found;
    for (auto const& each : compare(before, after))
        found.push_back(each.kind);
    return found;
}

}

TEST(Compare, AChangedTextIsNamedByItsField)
{
    auto before = plan_of({ row(3, Level::Subactivity, "Menetapkan tim") });
    auto after = before;
    after.areas[0].children[0].children[0].row.body = "Menetapkan Tim Reformasi Birokrasi";
    auto found = compare(before, after);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[2].kind, Difference::Changed);
    EXPECT_EQ(found[2].fields, std::vector<std::string> { "body" });
}

TEST(Compare, ADeletedRowIsShownWhereItStood)
{
    auto before = plan_of({ row(3, Level::Subactivity, "Satu"), row(4, Level::Subactivity, "Dua"), row(5, Level::Subactivity, "Tiga") });
    auto after = before;
    ASSERT_TRUE(take_out(after, { 4 }));
    auto found = compare(before, after);
    ASSERT_EQ(found.size(), 5U);
    EXPECT_EQ(found[3].kind, Difference::Removed);
    EXPECT_EQ(found[3].before.body, "Dua");
    EXPECT_EQ(found[4].after.body, "Tiga");
}

TEST(Compare, ADeletedRowTakesWhatStoodUnderItAlong)
{
    auto parent = row(3, Level::Subactivity, "Satu");
    parent.children = { row(4, Level::Indicator, "Tersedianya SK") };
    EXPECT_EQ(kinds(plan_of({ parent }), plan_of({})),
        (std::vector { Difference::Same, Difference::Same, Difference::Removed, Difference::Removed }));
}

TEST(Compare, PlansOfTwoYearsMeetByTheirWords)
{
    auto before = plan_of({ row(3, Level::Subactivity, "Menetapkan Tim Reformasi Birokrasi Tahun 2025") });
    auto after = plan_of({ row(30, Level::Subactivity, "Menetapkan Tim Reformasi Birokrasi Tahun 2026"), row(31, Level::Subactivity, "Survei kepuasan") });
    after.areas[0].row.id = { 10 };
    after.areas[0].children[0].row.id = { 20 };
    EXPECT_EQ(kinds(before, after), (std::vector { Difference::Same, Difference::Same, Difference::Changed, Difference::Added }));
}

TEST(Compare, ARowThatMovedIsOneRowNotTwo)
{
    auto before = plan_of({ row(3, Level::Subactivity, "Satu") });
    auto second = row(9, Level::Activity, "Pelaksanaan");
    before.areas[0].children.push_back(second);
    auto after = before;
    auto moving = after.areas[0].children[0].children[0];
    ASSERT_TRUE(take_out(after, { 3 }));
    ASSERT_TRUE(put_in(after, { 9 }, 0, moving));
    auto found = compare(before, after);
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[3].fields, std::vector<std::string> { "place" });
}

TEST(Tree, CoversFollowWhenASubactivityGoes)
{
    auto tree = plan_of({ row(3, Level::Subactivity, "Satu"), row(4, Level::Subactivity, "Dua"), row(5, Level::Subactivity, "Tiga") });
    auto indicator = row(6, Level::Indicator, "Laporan");
    indicator.covers = { 0, 1, 2 };
    tree.areas[0].children[0].children[0].children = { indicator };
    ASSERT_TRUE(take_out(tree, { 4 }));
    EXPECT_EQ(row_in(tree, { 6 })->covers, (std::vector { 0, 1 }));
    EXPECT_TRUE(check(tree));
    EXPECT_FALSE(take_out(tree, { 99 }));
}
