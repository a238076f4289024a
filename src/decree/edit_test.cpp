#include "decree/edit.hpp"
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::decree;

namespace {

/// 1 area > 2 activity > 3 and 4 sub-activities, 5 indicator of 3; 6 a second activity.
Draft small_draft()
{
    Draft draft;
    auto add = [&](int id, int parent, Level level, std::string text, std::vector<int> months = {}) {
        Node node;
        node.id = id;
        node.parent = parent;
        node.level = level;
        node.text = std::move(text);
        node.months = { std::move(months), false, {} };
        draft.nodes.push_back(std::move(node));
    };
    add(1, 0, Level::Area, "Manajemen Perubahan");
    add(2, 1, Level::Activity, "Tim kerja");
    add(3, 2, Level::Subactivity, "Menetapkan tim", { 3 });
    add(5, 3, Level::Indicator, "Adanya keputusan");
    add(4, 2, Level::Subactivity, "Rapat tim — bulanan");
    add(6, 1, Level::Activity, "Agen perubahan");
    draft.findings.push_back({ FindingKind::NoMarks, Severity::Warning, {}, { 4 }, {}, false });
    draft.next_id = 7;
    return draft;
}

Edit edit(EditKind kind, int node, std::string text = {}, int number = 0, std::vector<int> months = {})
{
    Edit made;
    made.kind = kind;
    made.node = node;
    made.text = std::move(text);
    made.number = number;
    made.months = std::move(months);
    return made;
}

std::string refusal(Edit const& decision)
{
    auto decided = decide(small_draft(), decision);
    return decided ? "" : decided.error().message_key;
}

Draft after(Edit const& decision) { return decide(small_draft(), decision).value().draft; }

}

TEST(DraftEdit, merging_hands_text_children_months_and_findings_to_the_sibling_before)
{
    auto draft = after(edit(EditKind::MergeWithPrevious, 4));
    EXPECT_EQ(find(draft, 3)->text, "Menetapkan tim Rapat tim — bulanan");
    EXPECT_EQ(find(draft, 4), nullptr);
    EXPECT_EQ(find(draft, 3)->months.months, (std::vector { 3 }));
    EXPECT_EQ(draft.findings[0].nodes, (std::vector { 3 }));
    EXPECT_EQ(refusal(edit(EditKind::MergeWithPrevious, 3)), "decree.edit.place") << "nothing stands before it";
}

TEST(DraftEdit, splitting_makes_a_sibling_and_never_cuts_a_letter)
{
    auto draft = after(edit(EditKind::SplitAt, 4, {}, 10));
    EXPECT_EQ(find(draft, 4)->text, "Rapat tim");
    EXPECT_EQ(find(draft, 7)->text, "— bulanan");
    EXPECT_EQ(find(draft, 7)->parent, 2);
    EXPECT_EQ(refusal(edit(EditKind::SplitAt, 4, {}, 11)), "decree.edit.place") << "inside the dash";
    for (auto at : { 0, -5, 999 })
        EXPECT_EQ(refusal(edit(EditKind::SplitAt, 4, {}, at)), "decree.edit.place");
}

TEST(DraftEdit, moving_keeps_the_subtree_together_and_refuses_other_levels_and_itself)
{
    auto draft = after(edit(EditKind::MoveUnder, 3, {}, 6));
    EXPECT_EQ(find(draft, 3)->parent, 6);
    EXPECT_EQ(find(draft, 5)->parent, 3);
    EXPECT_EQ(draft.nodes.back().id, 5);
    for (auto target : { 1, 3, 4, 5, 99 })
        EXPECT_EQ(refusal(edit(EditKind::MoveUnder, 3, {}, target)), "decree.edit.place") << target;
}

TEST(DraftEdit, removing_takes_what_stands_under_it_and_settles_its_findings)
{
    auto draft = after(edit(EditKind::Remove, 2));
    EXPECT_EQ(draft.nodes.size(), 2U);
    EXPECT_TRUE(draft.findings[0].settled);
}

TEST(DraftEdit, an_owner_holds_for_everything_below)
{
    auto draft = after(edit(EditKind::SetOwner, 2, "rendatin"));
    for (auto id : { 2, 3, 4, 5 })
        EXPECT_EQ(find(draft, id)->owner, "rendatin");
    EXPECT_EQ(find(draft, 6)->owner, "");
}

TEST(DraftEdit, months_set_by_a_person_are_certain)
{
    auto draft = after(edit(EditKind::SetMonths, 4, {}, 0, { 6, 12 }));
    EXPECT_TRUE(find(draft, 4)->months.certain);
    EXPECT_TRUE(draft.findings[0].settled);
    EXPECT_EQ(refusal(edit(EditKind::SetMonths, 4, {}, 0, { 13 })), "decree.edit.months");
}

TEST(DraftEdit, refuses_choices_that_no_page_offers)
{
    EXPECT_EQ(refusal(edit(EditKind::SetAuthority, 3, {}, 3)), "decree.edit.node");
    EXPECT_EQ(refusal(edit(EditKind::SetAuthority, 3, {}, -1)), "decree.edit.node");
    EXPECT_EQ(refusal(edit(EditKind::SetRhythm, 3, {}, 4)), "decree.edit.node");
    EXPECT_EQ(refusal(edit(EditKind::SetText, 3, "")), "decree.edit.text");
    EXPECT_EQ(refusal(edit(EditKind::SetText, 3, std::string(10'001, 'a'))), "decree.edit.text");
    EXPECT_EQ(refusal(edit(EditKind::SetNote, 42, "x")), "decree.edit.node");
    EXPECT_EQ(refusal(edit(EditKind::AddUnder, 5, "x")), "decree.edit.place") << "nothing stands under an indicator";
}

TEST(DraftEdit, decisions_come_back_equal_and_replay_skips_what_no_longer_fits)
{
    auto decision = edit(EditKind::SetText, 4, "Rapat \"tim\"");
    EXPECT_EQ(to_json(edit_from_json(to_json(decision)).value()), to_json(decision));
    EXPECT_FALSE(edit_from_json("{}"));
    EXPECT_FALSE(edit_from_json("[1"));
    auto draft = replay(small_draft(), { edit(EditKind::Remove, 4), decision, edit(EditKind::SetNote, 3, "catatan") });
    EXPECT_EQ(find(draft, 4), nullptr);
    EXPECT_EQ(find(draft, 3)->note, "catatan");
}
