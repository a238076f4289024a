#include "evidence/evidence_actions.hpp"
#include "plan/plan_advance.hpp"
#include "plan/plan_create.hpp"
#include "plan/plan_deliver.hpp"
#include "plan/plan_proof.hpp"
#include "plan/plan_verify.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"

using namespace kpuhub;
using namespace kpuhub::testing;
using time::Date;

namespace {

class PlanWork : public ForBothEngines {
protected:
    void SetUp() override
    {
        office = make_office(*database);
        id = make_plan(*database, office, 2022, Date::of(2022, 4, 11));
    }

    plan::Shown june() { return shown("Penyelenggaraan integritas", 6); }
    plan::Shown shown(std::string_view body, unsigned month)
    {
        auto found = deliverable(*database, id, body, month);
        return { found.id, found.version };
    }
    std::string state(std::string_view body, unsigned month) { return deliverable(*database, id, body, month).state; }

    Result<void> submit(PersonId by, plan::Shown what, Date today = Date::of(2022, 6, 15))
    {
        return database->write([&](storage::Transaction& transaction) {
            return plan::submit(transaction, act_of(by, today), what, "Ditandatangani pada apel");
        });
    }
    Result<plan::Rulings> verify(PersonId by, std::vector<plan::Shown> const& what)
    {
        std::vector<plan::Ruling> sheet;
        for (auto each : what)
            sheet.push_back({ each, "" });
        return database->write([&](storage::Transaction& transaction) {
            return plan::verify(transaction, act_of(by, Date::of(2022, 6, 16)), sheet);
        });
    }
    void advance_to(Date day)
    {
        auto now = time::start_of_day(day, time::Zone::Wib);
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) { return plan::advance(transaction, now); }));
    }
    std::int64_t sum(std::string_view part) { return tally(*database, office.kota_jambi, "2022", part); }

    Office office;
    PlanId id {};
};

FOR_BOTH_ENGINES(PlanWork);

}

TEST_P(PlanWork, StaffSubmitsAndTheAreaOwnerVerifies)
{
    ASSERT_TRUE(submit(office.siti, june()));
    EXPECT_EQ(sum("a1.submitted"), 1);
    auto done = verify(office.maria, { june() });
    ASSERT_TRUE(done);
    EXPECT_EQ(done->decided.size(), 1U);
    EXPECT_EQ(state("Penyelenggaraan integritas", 6), "verified");
    EXPECT_EQ(sum("a1.submitted"), 0);
    EXPECT_EQ(sum("a1.verified"), 1);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2022-06", "a1.verified"), 1);
}

TEST_P(PlanWork, OnlyWhoAnswersForTheRowWorksOnIt)
{
    EXPECT_EQ(submit(office.dewi, june()).error().message_key, "plan.work.forbidden");
    EXPECT_EQ(submit(office.ratna, june()).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(submit(office.budi, june()).error().kind, FaultKind::NotFound);
    EXPECT_EQ(submit(office.budi, { june().id, 99 }).error().kind, FaultKind::NotFound);
    EXPECT_TRUE(submit(office.andreas, june()));
}

TEST_P(PlanWork, WorkingForOthersIsWrittenAsOnBehalfOfTheOwnerPost)
{
    constexpr storage::Query last { "test.last_event", "SELECT on_behalf_id FROM event WHERE subject_id = $1 ORDER BY id DESC LIMIT 1" };
    auto on_behalf = [&](DeliverableId what) {
        return *database->read([&](storage::Reader& reader) -> Result<PostId> { return reader.first(last, what)->id<PostTag>(0); });
    };
    ASSERT_TRUE(submit(office.andreas, june()));
    EXPECT_EQ(on_behalf(june().id), office.head_of_rendatin);
    auto march = shown("Monitoring rencana aksi", 3);
    ASSERT_TRUE(submit(office.siti, march));
    EXPECT_EQ(on_behalf(march.id), PostId {});
}

TEST_P(PlanWork, NobodyVerifiesHimself)
{
    ASSERT_TRUE(submit(office.maria, june()));
    EXPECT_EQ(verify(office.maria, { june() }).error().message_key, "plan.verify.forbidden");
    EXPECT_EQ(verify(office.sekretaris, { june() }).error().kind, FaultKind::Forbidden);
    EXPECT_TRUE(verify(office.andreas, { june() }));
}

TEST_P(PlanWork, WhoBroughtAProofDoesNotVerifyIt)
{
    constexpr storage::Query add_evidence { "test.evidence", R"sql(
        INSERT INTO evidence (subject_id, evidence_kind, title, brought_by, brought_at) VALUES ($1, 'link', 'Foto', $2, 0) )sql" };
    constexpr storage::Query add_subject { "test.subject", R"sql(
        INSERT INTO subject (kind, unit_id, state, created_at) VALUES ('evidence', $1, 'ready', 0) RETURNING id )sql" };
    constexpr storage::Query add_link { "test.link", R"sql(
        INSERT INTO evidence_link (evidence_id, subject_id, linked_by, linked_at) VALUES ($1, $2, $3, 0) )sql" };
    auto june_id = june().id;
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<bool> {
        auto evidence = transaction.insert<SubjectTag>(add_subject, office.kota_jambi);
        transaction.execute(add_evidence, evidence, office.maria);
        transaction.execute(add_link, evidence, june_id, office.andreas);
        return true;
    }));
    ASSERT_TRUE(submit(office.siti, june()));
    EXPECT_FALSE(verify(office.maria, { june() }));
    EXPECT_FALSE(verify(office.andreas, { june() }));
    EXPECT_TRUE(verify(office.sekretaris, { june() }));
}

TEST_P(PlanWork, ASheetOfManyIsOneTransactionAndLeavesOutWhatIsNotHis)
{
    ASSERT_TRUE(submit(office.siti, june()));
    ASSERT_TRUE(submit(office.siti, shown("Monitoring rencana aksi", 3)));
    ASSERT_TRUE(submit(office.maria, shown("Monitoring rencana aksi", 6)));
    auto stale = plan::Shown { june().id, 1 };
    auto own = shown("Monitoring rencana aksi", 6);
    auto done = verify(office.maria, { stale, shown("Monitoring rencana aksi", 3), own });
    ASSERT_TRUE(done);
    EXPECT_EQ(done->decided.size(), 1U);
    ASSERT_EQ(done->skipped.size(), 2U);
    EXPECT_EQ(state("Monitoring rencana aksi", 3), "verified");
    EXPECT_EQ(state("Monitoring rencana aksi", 6), "submitted");
    EXPECT_EQ(shown("Monitoring rencana aksi", 6).version, own.version);
}

TEST_P(PlanWork, ReturningSaysWhyAndTheWorkGoesOn)
{
    ASSERT_TRUE(submit(office.siti, june()));
    auto back = [&](std::string reason) {
        return database->write([&](storage::Transaction& transaction) {
            return plan::send_back(transaction, act_of(office.maria, Date::of(2022, 6, 16)), { { june(), reason } });
        });
    };
    EXPECT_EQ(back("").error().kind, FaultKind::Invalid);
    ASSERT_TRUE(back("Daftar hadir belum ada"));
    EXPECT_EQ(state("Penyelenggaraan integritas", 6), "returned");
    EXPECT_TRUE(submit(office.siti, june()));
}

TEST_P(PlanWork, AStaleFormIsAConflict)
{
    auto before = june();
    ASSERT_TRUE(submit(office.siti, before));
    auto withdraw = [&](plan::Shown what) {
        return database->write([&](storage::Transaction& transaction) {
            return plan::withdraw(transaction, act_of(office.siti, Date::of(2022, 6, 15)), what);
        });
    };
    EXPECT_EQ(withdraw(before).error().message_key, "subject.changed");
    EXPECT_TRUE(withdraw(june()));
    EXPECT_EQ(state("Penyelenggaraan integritas", 6), "under_way");
}

TEST_P(PlanWork, LateIsRightOnThreeDates)
{
    auto late_on = [&](Date day) {
        advance_to(day);
        return sum("a1.late") + sum("a2.late");
    };
    EXPECT_EQ(late_on(Date::of(2022, 4, 30)), 0);
    EXPECT_EQ(late_on(Date::of(2022, 5, 1)), 1);
    EXPECT_EQ(late_on(Date::of(2022, 7, 1)), 3);
    EXPECT_EQ(late_on(Date::of(2023, 1, 1)), 6);
    EXPECT_EQ(sum("a1.due"), 6);
    EXPECT_EQ(sum("a2.apart"), 1);
}

TEST_P(PlanWork, TheSchedulerSaysWhatWaits)
{
    auto now = time::start_of_day(Date::of(2022, 5, 1), time::Zone::Wib);
    auto waiting = *database->read([&](storage::Reader& reader) -> Result<plan::Waiting> { return plan::waiting_to_advance(reader, now); });
    EXPECT_EQ(waiting.now, 3);
    EXPECT_EQ(waiting.next->iso(), "2022-06-30T17:00:00.000Z");
    auto passed = database->write([&](storage::Transaction& transaction) { return plan::advance(transaction, now, 2); });
    EXPECT_EQ(*passed, 2);
    EXPECT_EQ(*database->write([&](storage::Transaction& transaction) { return plan::advance(transaction, now, 2); }), 1);
}

TEST_P(PlanWork, ZeroNotReportedAndNotApplicableAreThreeThings)
{
    constexpr storage::Query indicators { "test.indicators", R"sql(
        SELECT subject_id FROM plan_node WHERE plan_id = $1 AND level = 'indicator' ORDER BY place )sql" };
    auto rows = *database->read([&](storage::Reader& reader) -> Result<storage::Rows> { return reader.query(indicators, id); });
    auto share = rows.at(0).id<PlanNodeTag>(0);
    auto write = [&](plan::Item item) {
        return database->write([&](storage::Transaction& transaction) {
            return plan::write_items(transaction, act_of(office.siti, Date::of(2022, 6, 15)), june(), { item });
        });
    };
    EXPECT_FALSE(write({ share, plan::Answer::Reported, false, 3, std::nullopt }));
    EXPECT_FALSE(write({ share, plan::Answer::Reported, false, 3, 0 }));
    EXPECT_FALSE(write({ { 999'999 }, plan::Answer::NotReported, false, {}, {} }));
    EXPECT_TRUE(write({ share, plan::Answer::Reported, false, 0, 20 }));
    EXPECT_EQ(state("Penyelenggaraan integritas", 6), "under_way");
    EXPECT_TRUE(write({ share, plan::Answer::NotApplicable, false, {}, {} }));
}

TEST_P(PlanWork, NotApplicableAndReopeningAreForThoseWhoManage)
{
    auto drop = [&](PersonId by) {
        return database->write([&](storage::Transaction& transaction) {
            return plan::mark_not_applicable(transaction, act_of(by, Date::of(2022, 6, 15)), june(), "Anggaran tidak tersedia");
        });
    };
    auto reopen = [&](PersonId by) {
        return database->write([&](storage::Transaction& transaction) {
            return plan::reopen(transaction, act_of(by, Date::of(2022, 6, 15)), june(), "Keliru");
        });
    };
    EXPECT_EQ(drop(office.siti).error().kind, FaultKind::Forbidden);
    ASSERT_TRUE(drop(office.andreas));
    EXPECT_EQ(sum("a1.apart"), 1);
    EXPECT_EQ(reopen(office.siti).error().kind, FaultKind::Forbidden);
    ASSERT_TRUE(reopen(office.andreas));
    EXPECT_EQ(sum("a1.apart"), 0);
    EXPECT_EQ(state("Penyelenggaraan integritas", 6), "scheduled");
}

TEST_P(PlanWork, TheFirstProofBeginsTheWorkAndTakesTheRowFromThoseWithoutProof)
{
    advance_to(Date::of(2022, 7, 1));
    EXPECT_EQ(sum("t.no_proof"), 5);
    plan::ProofListener listener;
    evidence::Proof proof;
    proof.kind = evidence::Kind::Link;
    proof.address = "https://jdih.kpu.go.id/jambi";
    auto bring = [&](PersonId by, PlanNodeId part) {
        return database->write([&](storage::Transaction& transaction) {
            return evidence::bring(transaction, act_of(by, Date::of(2022, 7, 1)), listener, office.kota_jambi, proof,
                { { subject_of(june().id), part } });
        });
    };
    EXPECT_FALSE(bring(office.siti, { 999'999 }));
    EXPECT_FALSE(bring(office.budi, {}));
    ASSERT_TRUE(bring(office.siti, {}));
    EXPECT_EQ(state("Penyelenggaraan integritas", 6), "under_way");
    EXPECT_EQ(sum("t.no_proof"), 4);
    EXPECT_EQ(sum("t.under_way"), 1);
}

TEST_P(PlanWork, FortyAreVerifiedInOneTransaction)
{
    plan::Tree tree;
    plan::TreeNode area;
    area.row.area_no = 1;
    area.row.body = "Manajemen Perubahan";
    plan::TreeNode activity;
    activity.row.level = plan::Level::Activity;
    activity.row.body = "Pelaksanaan";
    for (int i = 0; i < 40; ++i) {
        plan::TreeNode row;
        row.row.level = plan::Level::Subactivity;
        row.row.body = "Kegiatan " + std::to_string(i);
        row.row.printed = plan::Months::of({ 6 });
        row.row.owner_subdivision = office.rendatin;
        activity.children.push_back(row);
    }
    area.children = { activity };
    tree.areas = { area };
    auto forty = *database->write([&](storage::Transaction& transaction) {
        return plan::create(transaction, act_of(office.andreas, Date::of(2023, 1, 2)), office.kota_jambi, 2023, plan::PlanKind::Office, tree);
    });
    std::vector<plan::Shown> sheet;
    for (int i = 0; i < 40; ++i) {
        auto found = deliverable(*database, forty, "Kegiatan " + std::to_string(i), 6);
        ASSERT_TRUE(submit(office.siti, { found.id, found.version }));
        sheet.push_back({ found.id, found.version + 1 });
    }
    auto done = verify(office.maria, sheet);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->decided.size(), 40U);
}
