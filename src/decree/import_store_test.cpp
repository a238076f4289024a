#include "decree/import.hpp"
#include "plan/plan_create.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"

using namespace kpuhub;
using namespace kpuhub::decree;
using namespace kpuhub::testing;

namespace {

Draft small_draft()
{
    Draft draft;
    auto add = [&](int parent, Level level, std::string text, std::vector<int> months = {}) {
        Node node;
        node.id = draft.next_id++;
        node.parent = parent;
        node.level = level;
        node.number = "1";
        node.text = std::move(text);
        node.months = { std::move(months), false, {} };
        draft.nodes.push_back(std::move(node));
        return draft.next_id - 1;
    };
    auto activity = add(add(0, Level::Area, "Manajemen Perubahan"), Level::Activity, "Tim kerja");
    auto row = add(activity, Level::Subactivity, "Menetapkan tim", { 3 });
    add(row, Level::Indicator, "Adanya keputusan");
    draft.findings.push_back({ FindingKind::MarksNotAligned, Severity::Warning, {}, { row }, {}, false });
    draft.decree.year = 2026;
    return draft;
}

Edit note(int node, std::string text)
{
    Edit made;
    made.kind = EditKind::SetNote;
    made.node = node;
    made.text = std::move(text);
    return made;
}

}

class ImportStore : public ForBothEngines {
protected:
    Office office = make_office(*database);
    time::Date today = time::Date::of(2026, 1, 20);
    ImportId id {};

    template<typename Action>
    auto write(PersonId person, Action action)
    {
        auto act = act_of(person, today);
        return database->write([&](storage::Transaction& transaction) { return action(transaction, act); });
    }
    void SetUp() override
    {
        auto started = write(office.andreas, [&](auto& t, auto const& act) { return start(t, act, office.kota_jambi, "sk.txt", std::string(64, 'a')); });
        ASSERT_TRUE(started);
        id = *started;
        ASSERT_TRUE(write(office.andreas, [&](auto& t, auto const& act) -> Result<void> {
            keep_draft(t, act, id, small_draft());
            return {};
        }));
    }
    std::int64_t version() { return version_of(*database, { id.value }); }
    Result<void> take_as(PersonId person, Edit const& decision, std::int64_t shown)
    {
        return write(person, [&](auto& t, auto const& act) { return take(t, act, id, shown, decision); });
    }
    Draft draft() { return *database->read([&](storage::Reader& reader) { return draft_of(reader, id); }); }
    std::string state()
    {
        return (*database->read([&](storage::Reader& reader) { return find_import(reader, office.andreas, today, id); })).state;
    }
};
FOR_BOTH_ENGINES(ImportStore);

TEST_P(ImportStore, a_decision_changes_the_draft_and_leaves_the_original)
{
    ASSERT_TRUE(take_as(office.andreas, note(3, "catatan"), version()));
    EXPECT_EQ(find(draft(), 3)->note, "catatan");
    EXPECT_EQ(find(*database->read([&](storage::Reader& reader) { return original_of(reader, id); }), 3)->note, "");
}

TEST_P(ImportStore, who_was_slower_gets_a_conflict)
{
    auto shown = version();
    ASSERT_TRUE(take_as(office.andreas, note(3, "pertama"), shown));
    EXPECT_EQ(take_as(office.andreas, note(3, "kedua"), shown).error().kind, FaultKind::Conflict);
    EXPECT_EQ(find(draft(), 3)->note, "pertama");
}

TEST_P(ImportStore, staff_may_not_decide_and_another_office_knows_nothing_of_it)
{
    EXPECT_EQ(take_as(office.siti, note(3, "x"), version()).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(take_as(office.budi, note(3, "x"), version()).error().kind, FaultKind::NotFound);
    EXPECT_EQ(take_as(office.ratna, note(3, "x"), version()).error().kind, FaultKind::Forbidden) << "a supervisor reads, never changes";
    auto begin = [&](PersonId person) { return write(person, [&](auto& t, auto const& act) { return start(t, act, office.kota_jambi, "a", "b"); }); };
    EXPECT_EQ(begin(office.siti).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(begin(office.budi).error().kind, FaultKind::NotFound);
    EXPECT_EQ(find(draft(), 3)->note, "");
}

TEST_P(ImportStore, taking_back_plays_the_other_decisions_again)
{
    ASSERT_TRUE(take_as(office.andreas, note(3, "satu"), version()));
    ASSERT_TRUE(take_as(office.andreas, note(2, "dua"), version()));
    auto shown = version();
    ASSERT_TRUE(write(office.andreas, [&](auto& t, auto const& act) { return take_back(t, act, id, shown, 1); }));
    EXPECT_EQ(find(draft(), 3)->note, "");
    EXPECT_EQ(find(draft(), 2)->note, "dua");
    shown = version();
    EXPECT_FALSE(write(office.andreas, [&](auto& t, auto const& act) { return take_back(t, act, id, shown, 1); }));
    auto steps = *database->read([&](storage::Reader& reader) -> Result<std::vector<Step>> { return steps_of(reader, id); });
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_TRUE(steps[0].undone);
    EXPECT_FALSE(steps[1].undone);
}

TEST_P(ImportStore, becomes_a_plan_with_open_months_and_closes)
{
    auto shown = version();
    auto wrong = write(office.andreas, [&](auto& t, auto const& act) { return decree::make_plan(t, act, id, shown, 99, false); });
    EXPECT_EQ(wrong.error().kind, FaultKind::Invalid);
    auto made = write(office.andreas, [&](auto& t, auto const& act) { return decree::make_plan(t, act, id, shown, 2026, false); });
    ASSERT_TRUE(made) << made.error().message_key;
    EXPECT_EQ(state(), "fixed");
    auto tree = *database->read([&](storage::Reader& reader) -> Result<plan::Tree> { return plan::tree_of(reader, *made); });
    EXPECT_FALSE(tree.areas.at(0).children.at(0).children.at(0).row.months_certain);
    EXPECT_EQ(take_as(office.andreas, note(3, "terlambat"), version()).error().kind, FaultKind::Conflict);
}

TEST_P(ImportStore, a_second_plan_of_the_year_is_refused_and_the_import_stays_open)
{
    kpuhub::testing::make_plan(*database, office, 2026, std::nullopt);
    auto shown = version();
    auto made = write(office.andreas, [&](auto& t, auto const& act) { return decree::make_plan(t, act, id, shown, 2026, false); });
    EXPECT_EQ(made.error().kind, FaultKind::Conflict);
    EXPECT_EQ(state(), "review");
}

TEST_P(ImportStore, a_discarded_import_leaves_the_list_and_takes_no_decision)
{
    auto shown = version();
    ASSERT_TRUE(write(office.andreas, [&](auto& t, auto const& act) { return discard(t, act, id, shown); }));
    EXPECT_EQ(take_as(office.andreas, note(3, "x"), version()).error().kind, FaultKind::Conflict);
    auto listed = *database->read([&](storage::Reader& reader) -> Result<std::vector<Import>> { return imports_of(reader, office.andreas, today, office.kota_jambi); });
    EXPECT_TRUE(listed.empty());
}
