#include "plan/plan_deliver.hpp"
#include "report/issue.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"
#include "codec/paper_html.hpp"
#include <algorithm>
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::report;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::Not;

class ReportStore : public ForBothEngines {
protected:
    Office office = make_office(*database);
    time::Date today = time::Date::of(2026, 4, 18);
    paper::Kinds kinds = report_kinds();
    PlanId plan = make_plan(*database, office, 2026, time::Date::of(2026, 1, 5));

    template<typename Action>
    auto write(PersonId person, time::Date on, Action action)
    {
        auto act = act_of(person, on);
        return database->write([&](storage::Transaction& transaction) { return action(transaction, act); });
    }
    Result<PaperId> start(PersonId person, std::string kind, std::string period = "Q1", UnitId unit = {})
    {
        return write(person, today, [&](auto& t, auto const& act) { return start_report(t, act, { unit ? unit : office.kota_jambi, kind, 2026, period }); });
    }
    paper::OfficialPaper found(PaperId id)
    {
        return *database->read([&](storage::Reader& reader) { return paper::find_paper(reader, office.andreas, today, id); });
    }
    Content content(PaperId id) { return *content_from_json(found(id).content); }
    std::int64_t version(PaperId id) { return version_of(*database, subject_of(id)); }
    Result<void> save(PersonId person, PaperId id, Content const& typed)
    {
        return write(person, today, [&](auto& t, auto const& act) { return save_report(t, act, id, version(id), typed, codec::PaperSize::A4); });
    }
    Result<void> number(PaperId id, time::Date on)
    {
        TRY_VOID(write(office.sekretaris, on, [&](auto& t, auto const& act) { return paper::put_initials(t, act, id, version(id), "Sekretaris"); }));
        return write(office.andreas, on, [&](auto& t, auto const& act) { return paper::give_number(t, act, kinds, id, version(id), on, "Jambi"); });
    }
    std::string printed(PaperId id, paper::Edition edition = paper::Edition::Final)
    {
        auto const made = database->read([&](storage::Reader& reader) { return kinds.at(found(id).kind).make(reader, found(id), edition, "https://hub.contoh"); });
        return made ? codec::paper_html(*made).html : made.error().message_key;
    }
    void submit_april()
    {
        auto const row = deliverable(*database, plan, "Sosialisasi nilai-nilai", 4);
        auto done = write(office.siti, today, [&](auto& t, auto const& act) { return plan::submit(t, act, { row.id, row.version }, "Sudah dilaksanakan kemudian"); });
        ASSERT_TRUE(done) << done.error().message_key;
    }
};

FOR_BOTH_ENGINES(ReportStore);

TEST_P(ReportStore, what_was_reported_stays_as_reported_and_later_fillings_stand_beside_it)
{
    auto const id = *start(office.andreas, "monitoring", "S1");
    EXPECT_THAT(printed(id, paper::Edition::Preview), HasSubstr("Terjadwal"));
    ASSERT_TRUE(number(id, today));
    auto const reported = printed(id);
    EXPECT_THAT(reported, Not(HasSubstr("Sudah dilaksanakan kemudian")));
    submit_april();
    EXPECT_EQ(printed(id), reported);
    auto const row = deliverable(*database, plan, "Sosialisasi nilai-nilai", 4).id;
    auto const kept = *database->read([&](storage::Reader& reader) { return snapshot_of(reader, id); });
    auto const live = *database->read([&](storage::Reader& reader) -> Result<Records> { return live_records(reader, office.kota_jambi, 2026, today); });
    EXPECT_EQ(std::ranges::find(kept.dues, row, &plan::Deliverable::id)->state, plan::State::Scheduled);
    EXPECT_EQ(std::ranges::find(live.dues, row, &plan::Deliverable::id)->state, plan::State::Submitted);
    EXPECT_EQ(std::ranges::find(live.dues, row, &plan::Deliverable::id)->note, "Sudah dilaksanakan kemudian");
}

TEST_P(ReportStore, the_next_report_begins_with_the_last_one_and_keeps_to_it)
{
    auto const first = *start(office.andreas, "monitoring", "Q1");
    auto typed = content(first);
    typed.texts["recommendations"] = "Percepat pembentukan tim.";
    ASSERT_TRUE(save(office.andreas, first, typed));
    ASSERT_TRUE(number(first, today));
    auto const second = *start(office.andreas, "monitoring", "Q2");
    EXPECT_THAT(printed(second, paper::Edition::Preview), HasSubstr("Percepat pembentukan tim."));
    auto const july = time::Date::of(2026, 7, 3);
    ASSERT_TRUE(number(second, july));
    auto const before = printed(second);
    EXPECT_THAT(before, HasSubstr("Percepat pembentukan tim."));
    ASSERT_TRUE(write(office.andreas, july, [&](auto& t, auto const& act) { return paper::cancel(t, act, first, version(first), "salah"); }));
    EXPECT_EQ(printed(second), before) << "what became of the first does not change the issued second";
    auto const third = *start(office.andreas, "monitoring", "Q3");
    EXPECT_THAT(printed(third, paper::Edition::Preview), Not(HasSubstr("Percepat pembentukan tim."))) << "the last one is that of the second quarter";
}

TEST_P(ReportStore, a_period_is_reported_once_and_other_papers_as_often_as_wanted)
{
    ASSERT_TRUE(start(office.andreas, "monitoring", "Q1"));
    EXPECT_EQ(start(office.andreas, "monitoring", "Q1").error().message_key, "paper.exists");
    EXPECT_TRUE(start(office.andreas, "monitoring", "Q2"));
    EXPECT_TRUE(start(office.andreas, "receipt"));
    EXPECT_TRUE(start(office.andreas, "receipt"));
    EXPECT_EQ(start(office.andreas, "monitoring", "Q9").error().message_key, "report.period");
    EXPECT_EQ(start(office.andreas, "poem").error().kind, FaultKind::NotFound);
}

TEST_P(ReportStore, who_may_not_is_refused_and_nothing_is_written)
{
    EXPECT_EQ(start(office.siti, "receipt").error().kind, FaultKind::Forbidden);
    EXPECT_EQ(start(office.budi, "receipt").error().kind, FaultKind::NotFound);
    EXPECT_EQ(start(office.ratna, "receipt").error().kind, FaultKind::Forbidden);
    auto const id = *start(office.andreas, "receipt");
    EXPECT_EQ(save(office.siti, id, content(id)).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(save(office.budi, id, content(id)).error().kind, FaultKind::NotFound);
    EXPECT_EQ(database->read([&](storage::Reader& reader) { return pleno_of(reader, office.budi, today, office.kota_jambi, "KPU Kota Jambi", 2026); }).error().kind, FaultKind::NotFound);
    EXPECT_EQ(database->read([&](storage::Reader& reader) { return snapshot_of(reader, id); }).error().kind, FaultKind::NotFound);
}

TEST_P(ReportStore, forms_begin_with_the_people_of_the_office_and_need_a_signer)
{
    auto const list = content(*start(office.andreas, "attendance"));
    EXPECT_THAT(list.text("attendees"), HasSubstr("Sekretaris Hasan | Sekretaris"));
    EXPECT_EQ(list.text("held_on"), "2026-04-18");
    ASSERT_EQ(list.signers.size(), 1U);
    EXPECT_EQ(list.signers[0].who.name, "Sekretaris Hasan");
    auto const minutes = *start(office.andreas, "pleno_minutes");
    EXPECT_EQ(number(minutes, today).error().message_key, "report.no_signer") << "the office has no Ketua yet";
    EXPECT_EQ(found(minutes).number, "");
    auto typed = content(minutes);
    ASSERT_FALSE(typed.signers.empty());
    typed.signers[0].who.name = "Nama Ketua";
    ASSERT_TRUE(save(office.andreas, minutes, typed));
    ASSERT_TRUE(number(minutes, today));
    EXPECT_EQ(found(minutes).number, "1/PK.01-BA/1571/2026");
    EXPECT_EQ(found(minutes).size, codec::PaperSize::A4);
}

TEST_P(ReportStore, a_report_of_a_year_without_a_plan_gets_no_number)
{
    auto const id = *write(office.andreas, today, [&](auto& t, auto const& act) { return start_report(t, act, { office.kota_jambi, "monitoring", 2027, "Q1" }); });
    EXPECT_EQ(number(id, today).error().message_key, "report.no_plan");
    EXPECT_EQ(found(id).number, "");
}
