#include "journal/journal.hpp"
#include "record/record_count.hpp"
#include "record/retention.hpp"
#include "record/retention_warning.hpp"
#include "support/registers.hpp"
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <thread>

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

    /// A visit whose year of keeping ends on that day of 2026.
    std::string visit_until(unsigned month, unsigned day, std::string const& name = "Tamu")
    {
        auto const record = old_visit(name);
        auto const made = time::start_of_day(time::Date::of(2025, month, day), time::Zone::Wib).plus(std::chrono::hours { 10 });
        hub.run_sql(fmt::format("UPDATE subject SET created_at = {} WHERE id = {}", made.milliseconds, record.substr(9)));
        return record;
    }
    /// The warnings of a morning of 2026. Returns how many were written.
    int warn(unsigned month, unsigned day)
    {
        return record::warn_of_retention(warning, time::start_of_day(time::Date::of(2026, month, day), time::Zone::Wib).plus(std::chrono::hours { 9 })).value();
    }
    std::string key_of(std::string const& what, std::string const& last_day, int days) { return fmt::format("retention:{}:{}:{}:{}", what, last_day, days, hub.office.dewi.value); }
    std::int64_t told(std::string const& key) { return hub.count("SELECT count(*) FROM outbox WHERE message_key = '" + key + "'"); }

    definition::Shelf shelf;
    flow::CalendarShelf calendars;
    text::Messages messages = text::Messages::embedded();
    record::RetentionWarning warning { *hub.database, shelf, calendars, messages, "https://hub" };
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

TEST_P(RetentionPages, the_records_officer_is_told_thirty_seven_and_one_days_before_each_time_once)
{
    auto const id = visit_until(5, 20).substr(9);
    hub.run_sql("UPDATE person SET email = 'p' || id || '@kpu.go.id'");
    EXPECT_EQ(warn(4, 17), 0) << "33 days before, a Friday";
    EXPECT_EQ(warn(4, 18), 0) << "a Saturday";
    EXPECT_EQ(warn(4, 20), 1);
    EXPECT_EQ(told(key_of(id, "2026-05-20", 30)), 1);
    EXPECT_EQ(warn(4, 20) + warn(4, 21) + warn(5, 12), 0);
    EXPECT_EQ(warn(5, 13), 1);
    EXPECT_EQ(told(key_of(id, "2026-05-20", 7)), 1);
    EXPECT_EQ(warn(5, 18), 0);
    EXPECT_EQ(warn(5, 19), 1);
    EXPECT_EQ(told(key_of(id, "2026-05-20", 1)), 1);
    EXPECT_EQ(warn(5, 20) + warn(5, 21), 0);
    EXPECT_EQ(hub.count("SELECT count(*) FROM outbox"), 3) << "nobody else is told";
    EXPECT_EQ(hub.count(fmt::format("SELECT count(DISTINCT bundle) FROM outbox WHERE bundle = 'warning:{}' AND state = 'waiting'", hub.office.dewi.value)), 1) << "it goes with the warnings of limits";
    EXPECT_EQ(hub.count("SELECT count(*) FROM outbox WHERE heading = 'Masa simpan habis Rabu, 20 Mei 2026: Buku tamu T-1571-2026-0001' AND link = '/units/1571/retention'"), 3);
    EXPECT_EQ(hub.count("SELECT count(*) FROM outbox WHERE heading LIKE '%Tamu lama%' OR body LIKE '%Tamu lama%'"), 0) << "nor by the name of a visitor";
    hub.run_sql("UPDATE subject SET created_at = created_at + 86400000 WHERE id = " + id);
    EXPECT_EQ(warn(5, 20), 1) << "another last day is told anew";
}

TEST_P(RetentionPages, who_is_late_is_told_of_the_nearest_day_only_and_what_is_held_of_none)
{
    auto const soon = visit_until(4, 23).substr(9);
    auto const talked = visit_until(4, 24);
    ASSERT_EQ(post(hub, hub.siti, talked + "/comments", { { "comment", "Masih dipakai" } }).status, 303);
    EXPECT_EQ(warn(4, 20), 1);
    EXPECT_EQ(told(key_of(soon, "2026-04-23", 7)), 1) << "the program stood still thirty days before";
    give_role(*hub.database, "records_officer", hub.office.kota_jambi, hub.office.yuli);
    EXPECT_EQ(warn(4, 20), 1) << "a second officer hears of it too";
    hub.run_sql(fmt::format("UPDATE role_grant SET valid_to = '2026-04-01' WHERE role = 'records_officer'"));
    EXPECT_EQ(warn(4, 22), 0) << "nobody holds the role";
}

TEST_P(RetentionPages, many_of_one_day_are_told_of_in_one_line)
{
    std::string last;
    for (int count = 0; count <= record::retention_limits().warned_one_by_one; ++count)
        last = visit_until(5, 20, "Tamu " + std::to_string(count));
    EXPECT_EQ(warn(4, 20), 1);
    EXPECT_EQ(hub.count("SELECT count(*) FROM outbox WHERE heading LIKE '%Buku tamu, 21 catatan'"), 1);
    hub.run_sql("UPDATE subject SET state = 'discarded' WHERE id = " + last.substr(9));
    EXPECT_EQ(warn(4, 21), 0) << "they were told of already, all together";
    EXPECT_EQ(warn(5, 13), record::retention_limits().warned_one_by_one);
}

TEST_P(RetentionPages, two_who_warn_at_once_write_one_row_and_the_job_of_the_day_is_asked_once)
{
    visit_until(5, 20);
    auto const now = time::start_of_day(time::Date::of(2026, 4, 20), time::Zone::Wib);
    {
        std::jthread one { [&] { (void)warn(4, 20); } }, other { [&] { (void)warn(4, 20); } };
    }
    EXPECT_EQ(hub.count("SELECT count(*) FROM outbox"), 1);
    EXPECT_FALSE(record::ask_for_retention_warnings(*hub.database, now.plus(std::chrono::hours { 7 })).value()) << "not before eight";
    EXPECT_TRUE(record::ask_for_retention_warnings(*hub.database, now.plus(std::chrono::hours { 8 })).value());
    EXPECT_FALSE(record::ask_for_retention_warnings(*hub.database, now.plus(std::chrono::hours { 9 })).value());
    hub.run_sql("DELETE FROM outbox");
    hub.clock.set(now.plus(std::chrono::hours { 9 }));
    hub.work();
    EXPECT_EQ(hub.count("SELECT count(*) FROM outbox"), 1) << "by the job";
}

TEST_P(RetentionPages, the_page_says_what_ends_soon)
{
    visit_until(5, 2);
    visit_until(5, 2, "Tamu lain");
    visit_until(6, 2, "Tamu Juni");
    auto const page = get(hub, hub.dewi, retention).body;
    EXPECT_THAT(page, HasSubstr("Masa simpannya segera habis"));
    EXPECT_THAT(page, HasSubstr("2 Mei 2026"));
    EXPECT_THAT(page, Not(HasSubstr("2 Juni 2026")));
    EXPECT_THAT(page, HasSubstr("Tidak ada catatan yang lewat masa simpan"));
    auto const before = hub.database->counters().statements;
    get(hub, hub.dewi, retention);
    EXPECT_LE(hub.database->counters().statements - before, 6);
}

TEST(Retention, warnings_come_on_working_days_and_before_days_off)
{
    time::WorkingCalendar const calendar { {}, { 2026 } };
    std::array<int, 3> const days { 30, 7, 1 };
    auto const due = [&](unsigned last, unsigned today) { return record::retention_warning_due(days, time::Date::of(2026, 8, last), time::Date::of(2026, 8, today), calendar); };
    EXPECT_EQ(due(16, 14), 1) << "the last day is a Sunday: the day before has no work";
    EXPECT_EQ(due(16, 15), std::nullopt) << "a Saturday";
    EXPECT_EQ(due(17, 14), 1) << "told on Friday, for the Sunday";
    EXPECT_EQ(due(18, 14), 7);
    EXPECT_EQ(due(18, 18), 1);
    EXPECT_EQ(due(17, 18), std::nullopt) << "over";
    EXPECT_EQ(due(31, 4), 30);
    EXPECT_EQ(record::retention_warning_due(days, time::Date::of(2026, 9, 30), time::Date::of(2026, 8, 28), calendar), std::nullopt);
    EXPECT_EQ(record::retention_warning_due(days, time::Date::of(2026, 9, 29), time::Date::of(2026, 8, 28), calendar), 30) << "over the weekend";
}

TEST(Retention, is_over_when_whole_years_have_gone_by)
{
    auto const at = [](int year, unsigned month, unsigned day) { return time::start_of_day(time::Date::of(year, month, day), time::Zone::Wib); };
    EXPECT_EQ(record::retention_limit({ 5, true }, time::Date::of(2026, 4, 18), time::Zone::Wib), at(2021, 4, 18));
    EXPECT_EQ(record::retention_limit({ 1, true }, time::Date::of(2028, 2, 29), time::Zone::Wib), at(2027, 2, 28));
}
