#include "journal/journal.hpp"
#include "record/record_count.hpp"
#include "record/retention.hpp"
#include "support/registers.hpp"
#include <fmt/format.h>
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

/// What becomes of records past their retention in Kota Jambi: dewi is the records officer, sekretaris the leader.
class RetentionPages : public ::testing::TestWithParam<storage::Engine> {
protected:
    Hub hub { GetParam(), true };
    std::string const visitors = "/units/1571/registers/visitor_book";
    std::string const retention = "/units/1571/retention";
    std::string const group = "/units/1571/retention/visitor_book/2024";

    void SetUp() override
    {
        publish_registers(*hub.database);
        for (auto const* id : { "visitor_book", "risk", "risk_control", "event_attendance" })
            switch_on(*hub.database, id, hub.office.kota_jambi);
        give_role(*hub.database, "records_officer", hub.office.kota_jambi, hub.office.dewi);
    }

    /// A visitor of January 2024: the book keeps its records for a year.
    std::string old_visit(std::string const& name)
    {
        auto const record = record_of(post(hub, hub.siti, visitors + "/records", { { "f.visitor", name }, { "f.need", "service" }, { "f.arrived_at", "2026-04-18T09:30" } }));
        hub.run_sql("UPDATE subject SET created_at = 1704850000000 WHERE id = " + record.substr(9));
        return record;
    }
    http::Response decide(CookieJar& who, std::string const& fate, int shown, std::string const& until = {})
    {
        return post(hub, who, group, { { "fate", fate }, { "reason", "Berita acara 4/2026" }, { "shown", std::to_string(shown) }, { "keep_until", until } });
    }
    std::string proposal() { return std::to_string(hub.count("SELECT max(subject_id) FROM retention_decision")); }
    http::Response judge(CookieJar& who, std::string const& verdict)
    {
        auto const id = proposal();
        return post(hub, who, retention + "/decisions/" + id + "/judgement", { { "verdict", verdict }, { "version", std::to_string(hub.count("SELECT version FROM subject WHERE id = " + id)) } });
    }
    std::int64_t rows() { return hub.count("SELECT count(*) FROM r_visitor_book"); }
};
FOR_BOTH_ENGINES(RetentionPages);

}

TEST_P(RetentionPages, records_past_their_retention_stand_by_register_and_year_and_others_do_not)
{
    old_visit("Tamu lama");
    old_visit("Tamu lama juga");
    record_of(post(hub, hub.siti, visitors + "/records", { { "f.visitor", "Tamu baru" }, { "f.need", "service" }, { "f.arrived_at", "2026-04-18T09:30" } }));
    auto const page = get(hub, hub.dewi, retention).body;
    EXPECT_THAT(page, HasSubstr("Buku tamu"));
    EXPECT_THAT(page, HasSubstr(group));
    EXPECT_THAT(page, HasSubstr("2 catatan menunggu keputusan"));
    EXPECT_THAT(page, HasSubstr("Masa simpan 1 tahun sesudah dibuat"));
    auto const of_group = get(hub, hub.dewi, group).body;
    EXPECT_THAT(of_group, HasSubstr("T-1571-2026-0001"));
    EXPECT_THAT(of_group, Not(HasSubstr("Tamu lama"))) << "he decides by number and day, not by what they say";
    EXPECT_THAT(of_group, Not(HasSubstr("T-1571-2026-0003")));
    EXPECT_EQ(get(hub, hub.sekretaris, retention).status, 200);
    EXPECT_EQ(get(hub, hub.siti, retention).status, 403);
    EXPECT_EQ(get(hub, hub.budi, retention).status, 404);
    EXPECT_THAT(get(hub, hub.dewi, "/units/1571/registers").body, HasSubstr(retention));
}

TEST_P(RetentionPages, destruction_needs_an_officer_who_proposes_and_a_second_person_who_approves)
{
    auto const record = old_visit("Rahasia Lama");
    EXPECT_EQ(decide(hub.siti, "destroy", 1).status, 403);
    EXPECT_EQ(decide(hub.sekretaris, "destroy", 1).status, 403) << "who approves does not propose";
    EXPECT_EQ(decide(hub.dewi, "destroy", 2).status, 409) << "another number than the page named";
    EXPECT_EQ(post(hub, hub.dewi, group, { { "fate", "destroy" }, { "reason", "" }, { "shown", "1" } }).status, 422);
    ASSERT_EQ(decide(hub.dewi, "destroy", 1).status, 303);
    hub.work();
    EXPECT_EQ(rows(), 1) << "a proposal destroys nothing";
    give_role(*hub.database, "leader", hub.office.kota_jambi, hub.office.dewi);
    EXPECT_EQ(judge(hub.dewi, "approve").status, 403) << "nobody approves his own";
    EXPECT_EQ(judge(hub.siti, "approve").status, 403);
    hub.work();
    EXPECT_EQ(rows(), 1);
    EXPECT_THAT(get(hub, hub.sekretaris, retention).body, HasSubstr("Setujui pemusnahan"));
    ASSERT_EQ(judge(hub.sekretaris, "approve").status, 303);
    EXPECT_EQ(judge(hub.sekretaris, "approve").status, 409) << "only once";
    hub.work();
    EXPECT_EQ(rows(), 0);
    EXPECT_EQ(get(hub, hub.siti, record).status, 404);
    auto const id = record.substr(9);
    EXPECT_EQ(hub.count("SELECT count(*) FROM event_value v JOIN event e ON e.id = v.event_id WHERE e.subject_id = " + id + " AND v.value IS NOT NULL"), 0);
    EXPECT_EQ(hub.count("SELECT count(*) FROM event WHERE kind = 'record.destroyed' AND subject_id = " + id), 1);
    EXPECT_EQ(hub.count("SELECT count(*) FROM event WHERE kind IN ('retention.proposed', 'retention.approved')"), 2);
    auto const wrong = hub.database->read([](storage::Reader& reader) -> Result<std::vector<record::WrongCount>> { return record::wrong_counts(reader); });
    EXPECT_THAT(wrong.value(), IsEmpty());
    EXPECT_THAT(get(hub, hub.dewi, retention).body, HasSubstr("1 musnah; 0 ditinggal"));
    auto const sound = hub.database->read([](storage::Reader& reader) -> Result<std::vector<std::string>> { return journal::verify(reader); });
    EXPECT_THAT(sound.value(), IsEmpty()) << "the chain stays whole";
}

TEST_P(RetentionPages, what_is_kept_or_refused_stays)
{
    old_visit("Tamu lama");
    EXPECT_EQ(decide(hub.dewi, "keep", 1, "2026-04-18").status, 422) << "not a day after today";
    ASSERT_EQ(decide(hub.dewi, "keep", 1, "2027-12-31").status, 303);
    EXPECT_THAT(get(hub, hub.dewi, retention).body, HasSubstr("Tidak ada catatan yang lewat masa simpan"));
    EXPECT_EQ(decide(hub.dewi, "destroy", 1).status, 409);
    EXPECT_EQ(judge(hub.sekretaris, "approve").status, 409) << "nothing waits for him";
    hub.run_sql("UPDATE retention_decision SET keep_until = '2026-01-01'");
    ASSERT_EQ(decide(hub.dewi, "destroy", 1).status, 303) << "the day of keeping has passed";
    ASSERT_EQ(judge(hub.sekretaris, "refuse").status, 303);
    hub.work();
    EXPECT_EQ(rows(), 1);
    ASSERT_EQ(decide(hub.dewi, "destroy", 1).status, 303);
    ASSERT_EQ(judge(hub.dewi, "refuse").status, 303) << "he withdraws his own";
    ASSERT_EQ(decide(hub.dewi, "hold", 1).status, 303);
    EXPECT_THAT(get(hub, hub.dewi, retention).body, HasSubstr("tanpa batas waktu"));
    EXPECT_EQ(rows(), 1);
}

TEST_P(RetentionPages, a_record_that_is_talked_about_or_referred_to_is_left)
{
    auto const talked = old_visit("Dibicarakan");
    old_visit("Sepi");
    ASSERT_EQ(decide(hub.dewi, "destroy", 2).status, 303);
    ASSERT_EQ(post(hub, hub.siti, talked + "/comments", { { "comment", "Masih dipakai" } }).status, 303);
    ASSERT_EQ(judge(hub.sekretaris, "approve").status, 303);
    hub.work();
    EXPECT_EQ(rows(), 1);
    EXPECT_EQ(get(hub, hub.siti, talked).status, 200);
    EXPECT_EQ(hub.count("SELECT count(*) FROM retention_item WHERE outcome = 'left'"), 1);
    EXPECT_THAT(get(hub, hub.dewi, retention).body, HasSubstr("1 musnah; 1 ditinggal"));
    EXPECT_EQ(get(hub, hub.dewi, group).status, 200);
}

TEST(Retention, is_over_when_whole_years_have_gone_by)
{
    auto const at = [](int year, unsigned month, unsigned day) { return time::start_of_day(time::Date::of(year, month, day), time::Zone::Wib); };
    EXPECT_EQ(record::retention_limit({ 5, true }, time::Date::of(2026, 4, 18), time::Zone::Wib), at(2021, 4, 18));
    EXPECT_EQ(record::retention_limit({ 1, true }, time::Date::of(2028, 2, 29), time::Zone::Wib), at(2027, 2, 28));
}
