#include "plan/plan_create.hpp"
#include "plan/plan_fix.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"

using namespace kpuhub;
using namespace kpuhub::testing;
using time::Date;

namespace {

class PlanStore : public ForBothEngines {
protected:
    void SetUp() override { office = make_office(*database); }

    auto create(PersonId by, UnitId unit, int year = 2026, plan::PlanKind kind = plan::PlanKind::Office)
    {
        return database->write([&](storage::Transaction& transaction) {
            return plan::create(transaction, act_of(by, Date::of(year, 1, 2)), unit, year, kind, small_tree(office));
        });
    }
    auto fix(PersonId by, PlanId id, std::int64_t version, std::optional<Date> decided_on)
    {
        return database->write([&](storage::Transaction& transaction) {
            return plan::fix(transaction, act_of(by, Date::of(2026, 4, 11)), id, version, { "12", decided_on, "Jambi", "", "" });
        });
    }

    Office office;
};

FOR_BOTH_ENGINES(PlanStore);

}

TEST_P(PlanStore, ARunIsOwedOnceAllYearOnceAQuarterAndRowsWithoutMonthsNotAtAll)
{
    auto id = make_plan(*database, office, 2026, std::nullopt);
    EXPECT_EQ(deliverable(*database, id, "Sosialisasi nilai-nilai", 4).state, "scheduled");
    EXPECT_THROW((void)deliverable(*database, id, "Sosialisasi nilai-nilai", 3), std::runtime_error);
    for (unsigned month : { 3U, 6U, 9U, 12U })
        EXPECT_EQ(deliverable(*database, id, "Monitoring rencana aksi", month).state, "scheduled");
    EXPECT_THROW((void)deliverable(*database, id, "Revisi naskah dinas", 12), std::runtime_error);
}

TEST_P(PlanStore, TheTreeComesBackAsItWasWritten)
{
    auto id = make_plan(*database, office, 2026, std::nullopt);
    auto tree = *database->read([&](storage::Reader& reader) -> Result<plan::Tree> { return plan::tree_of(reader, id); });
    ASSERT_EQ(tree.areas.size(), 2U);
    EXPECT_EQ(tree.areas[0].children[0].children.size(), 3U);
    EXPECT_EQ(tree.areas[1].children[0].children[1].row.authority, plan::Authority::Province);
    auto again = plan::tree_from_json(plan::to_json(tree));
    ASSERT_TRUE(again);
    EXPECT_EQ(plan::to_json(*again), plan::to_json(tree));
}

TEST_P(PlanStore, ASecondPlanOfTheSameYearIsAConflict)
{
    ASSERT_TRUE(create(office.andreas, office.kota_jambi));
    auto second = create(office.andreas, office.kota_jambi);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().message_key, "plan.exists");
}

TEST_P(PlanStore, OnlyTheSecretaryOfTheReformTeamMakesAndFixesAPlan)
{
    EXPECT_EQ(create(office.siti, office.kota_jambi).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(create(office.ratna, office.kota_jambi).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(create(office.budi, office.kota_jambi).error().kind, FaultKind::NotFound);
    EXPECT_EQ(create(office.andreas, office.kota_jambi, 2026, plan::PlanKind::Model).error().kind, FaultKind::Forbidden);
    auto id = *create(office.andreas, office.kota_jambi);
    EXPECT_EQ(fix(office.siti, id, 1, Date::of(2026, 4, 11)).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(fix(office.budi, id, 1, Date::of(2026, 4, 11)).error().kind, FaultKind::NotFound);
    EXPECT_EQ(fix(office.budi, id, 9, Date::of(2026, 4, 11)).error().kind, FaultKind::NotFound);
}

TEST_P(PlanStore, FixingNeedsTheDecreeAndTheVersionThatWasShown)
{
    auto id = *create(office.andreas, office.kota_jambi);
    EXPECT_EQ(fix(office.andreas, id, 1, std::nullopt).error().kind, FaultKind::Invalid);
    EXPECT_EQ(fix(office.andreas, id, 2, Date::of(2026, 4, 11)).error().message_key, "subject.changed");
    EXPECT_TRUE(fix(office.andreas, id, 1, Date::of(2026, 4, 11)));
    EXPECT_EQ(fix(office.andreas, id, 2, Date::of(2026, 4, 11)).error().message_key, "plan.fixed_already");
}

TEST_P(PlanStore, APlanCountsFromTheMomentItIsFixed)
{
    auto id = *create(office.andreas, office.kota_jambi);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "plan.draft"), 1);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "a1.all"), 0);
    ASSERT_TRUE(fix(office.andreas, id, 1, Date::of(2026, 4, 11)));
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "plan.draft"), 0);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "plan.fixed"), 1);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "a1.all"), 6);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "a2.all"), 2);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "a2.apart"), 1);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "a2.unscheduled"), 1);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026-06", "a1.all"), 2);
}

TEST_P(PlanStore, NextYearStartsFromThisYearsRows)
{
    auto id = make_plan(*database, office, 2026, Date::of(2026, 1, 5));
    auto next = database->write([&](storage::Transaction& transaction) {
        return plan::create_from(transaction, act_of(office.andreas, Date::of(2026, 12, 1)), id, office.kota_jambi, 2027);
    });
    ASSERT_TRUE(next);
    EXPECT_EQ(deliverable(*database, *next, "Sosialisasi nilai-nilai", 4).state, "scheduled");
    auto tree = *database->read([&](storage::Reader& reader) -> Result<plan::Tree> { return plan::tree_of(reader, *next); });
    EXPECT_EQ(tree.areas[0].row.owner_subdivision, office.rendatin);
    EXPECT_TRUE(tree.decree.number.empty());
}

TEST_P(PlanStore, ABrokenTreeIsNamedByItsPath)
{
    auto tree = small_tree(office);
    tree.areas[1].children[0].row.level = plan::Level::Subactivity;
    auto made = database->write([&](storage::Transaction& transaction) {
        return plan::create(transaction, act_of(office.andreas, Date::of(2026, 1, 2)), office.kota_jambi, 2026,
            plan::PlanKind::Office, tree);
    });
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().fields.front().field, "areas.1.children.0");
}

TEST_P(PlanStore, AModelIsOfferedToTheOfficesBelowAndAdopted)
{
    constexpr storage::Query grant { "test.grant_publisher", R"sql(
        INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at)
        VALUES ('model_publisher', $1, $2, '2000-01-01', '2099-12-31', 0) )sql" };
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<bool> {
        transaction.execute(grant, office.province, office.ratna);
        return true;
    }));
    auto model = create(office.ratna, office.province, 2026, plan::PlanKind::Model);
    ASSERT_TRUE(model);
    auto adopt = [&](PersonId by) {
        return database->write([&](storage::Transaction& transaction) {
            return plan::adopt(transaction, act_of(by, Date::of(2026, 1, 3)), *model, office.kota_jambi, 2026);
        });
    };
    EXPECT_EQ(adopt(office.andreas).error().kind, FaultKind::NotFound);
    auto publish = [&](PersonId by) {
        return database->write([&](storage::Transaction& transaction) {
            return plan::publish(transaction, act_of(by, Date::of(2026, 1, 3)), *model, version_of(*database, subject_of(*model)), true);
        });
    };
    EXPECT_EQ(publish(office.andreas).error().kind, FaultKind::NotFound);
    ASSERT_TRUE(publish(office.ratna));
    EXPECT_EQ(adopt(office.siti).error().kind, FaultKind::Forbidden);
    auto adopted = adopt(office.andreas);
    ASSERT_TRUE(adopted);
    EXPECT_EQ(deliverable(*database, *adopted, "Sosialisasi nilai-nilai", 4).state, "scheduled");
}
