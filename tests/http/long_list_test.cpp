#include "record/read_log.hpp"
#include "record/record_count.hpp"
#include "support/registers.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

/// Long lists of the visitor book, whose class is personal: their export, the recap over offices, shared views and the read log.
class LongLists : public ::testing::TestWithParam<storage::Engine> {
protected:
    Hub hub { GetParam(), true };
    std::string const visitors = "/units/1571/registers/visitor_book";

    void SetUp() override
    {
        publish_registers(*hub.database);
        for (auto const* id : { "visitor_book", "event_attendance" })
            switch_on(*hub.database, id, hub.office.kota_jambi);
    }

    std::string visit_of(std::string const& name, CookieJar& by, std::string const& place = "/units/1571/registers/visitor_book")
    {
        return record_of(post(hub, by, place + "/records", { { "f.visitor", name }, { "f.need", "service" }, { "f.arrived_at", "2026-04-18T09:30" }, { "f.phone", "0812000111" } }));
    }
    /// Rows as they stand after many actions, written at once.
    void fill(int count)
    {
        auto const unit = hub.office.kota_jambi.value;
        auto const numbers = fmt::format("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) ", count);
        hub.run_sql(numbers + fmt::format("INSERT INTO subject (id, kind, unit_id, definition_version, state, created_at) SELECT 1000000 + i, 'r_visitor_book', {}, 1, 'here', 1776000000000 FROM n", unit));
        hub.run_sql(numbers + fmt::format("INSERT INTO r_visitor_book (subject_id, kind, number, created_by, search, f_visitor, f_need, f_arrived_at, f_phone) SELECT 1000000 + i, 'r_visitor_book', "
                                          "'T-' || i, {}, 'tamu', '=tamu ' || i, CASE WHEN i % 5 = 0 THEN 'service' ELSE 'other' END, 1776000000000, '0812999' FROM n", hub.office.maria.value));
        ASSERT_TRUE(hub.database->write([](storage::Transaction& transaction) -> Result<std::int64_t> { return record::count_all_again(transaction); }));
    }
    /// The answer as the server gets it: with its body still to be made.
    http::Response begin_export(CookieJar& who)
    {
        auto request = request_of(hub.site(), { .name = "export", .path = visitors + "/export?format=csv", .as = &who });
        return http::dispatch(hub.site().router, request, hub.site().faults);
    }
    void write_reads() { (void)hub.application().tick(); }
};
FOR_BOTH_ENGINES(LongLists);

}

TEST_P(LongLists, fifty_thousand_records_leave_as_pieces_and_their_number_is_stated)
{
    constexpr int many = 50'000;
    fill(many);
    auto const csv = get(hub, hub.yuli, visitors + "/export?format=csv&sort=visitor");
    EXPECT_EQ(csv.status, 200);
    EXPECT_EQ(csv.header("X-Row-Count"), std::to_string(many));
    EXPECT_EQ(std::ranges::count(csv.body, '\n'), many + 1);
    EXPECT_THAT(csv.body, HasSubstr("\"'=tamu 50000\""));
    EXPECT_THAT(csv.body, HasSubstr("\nT-1;"));
    EXPECT_THAT(csv.body, Not(HasSubstr("0812999"))) << "the telephone is for its maker and the officer";
    auto const some = get(hub, hub.yuli, visitors + "/export?format=csv&f.need=service");
    EXPECT_EQ(some.header("X-Row-Count"), std::to_string(many / 5));
    EXPECT_EQ(get(hub, hub.ratna, visitors + "/export?format=csv").status, 403);
    EXPECT_EQ(get(hub, hub.budi, visitors + "/export?format=csv").status, 404);
}

TEST_P(LongLists, a_long_export_begins_with_its_first_piece_and_makes_the_next_when_it_is_asked)
{
    fill(3500);
    auto const before = hub.database->counters().statements;
    auto answer = begin_export(hub.yuli);
    ASSERT_NE(answer.stream, nullptr);
    EXPECT_EQ(answer.header("Trailer"), "X-Row-Count");
    EXPECT_EQ(std::ranges::count(answer.body, '\n'), 1001);
    EXPECT_LE(hub.database->counters().statements - before, 10);
    EXPECT_EQ(begin_export(hub.yuli).status, 503) << "one export at a time for each account";
    EXPECT_EQ(begin_export(hub.siti).status, 200) << "and another account has its own";
    std::int64_t lines = 1000;
    for (auto piece = answer.stream->next(); piece && !piece->empty(); piece = answer.stream->next())
        lines += std::ranges::count(*piece, '\n');
    EXPECT_EQ(lines, 3500);
    EXPECT_EQ(answer.stream->trailer().front().second, "3500");
    answer.stream.reset();
    EXPECT_EQ(begin_export(hub.yuli).status, 200) << "the last one has ended";
}

TEST_P(LongLists, an_export_ends_when_its_reader_may_no_longer_read_or_has_signed_out)
{
    fill(3500);
    auto answer = begin_export(hub.yuli);
    ASSERT_NE(answer.stream, nullptr);
    EXPECT_TRUE(answer.stream->next());
    hub.run_sql(fmt::format("UPDATE appointment SET valid_to = '2026-04-01' WHERE person_id = {}", hub.office.yuli.value));
    auto const piece = answer.stream->next();
    ASSERT_FALSE(piece);
    EXPECT_NE(piece.error().kind, FaultKind::Broken);
    auto other = begin_export(hub.siti);
    ASSERT_NE(other.stream, nullptr);
    hub.run_sql("DELETE FROM session");
    EXPECT_FALSE(other.stream->next());
}

TEST_P(LongLists, the_read_log_tells_who_opened_listed_searched_and_took_away_records_of_others)
{
    auto const record = visit_of("Pak Dullah", hub.siti);
    get(hub, hub.siti, record);
    get(hub, hub.yuli, record);
    get(hub, hub.yuli, visitors + "?q=dullah");
    get(hub, hub.yuli, visitors + "/export?format=csv");
    get(hub, hub.maria, visitors);
    write_reads();
    EXPECT_EQ(hub.count("SELECT count(*) FROM read_log"), 4) << "reading one's own record is not noted";
    get(hub, hub.yuli, record + "/steps/leave");
    write_reads();
    EXPECT_EQ(hub.count("SELECT count(*) FROM read_log WHERE act = 'opened'"), 2) << "other pages of the record show it too";
    EXPECT_EQ(hub.count(fmt::format("SELECT count(*) FROM read_log WHERE act = 'exported' AND shown_rows = 1 AND person_id = {}", hub.office.yuli.value)), 1);
    auto const of_record = get(hub, hub.andreas, record + "/reads");
    EXPECT_EQ(of_record.status, 200);
    EXPECT_THAT(of_record.body, HasSubstr("Yuliana Sari"));
    EXPECT_THAT(of_record.body, HasSubstr("Membuka catatan"));
    auto const of_office = get(hub, hub.audita_jar, "/units/1571/reads").body;
    EXPECT_THAT(of_office, HasSubstr("Mengunduh 1 catatan"));
    EXPECT_THAT(of_office, HasSubstr("Maria Goreti"));
    EXPECT_THAT(get(hub, hub.audita_jar, record + "/reads").body, Not(HasSubstr("Pak Dullah"))) << "he learns who read, not what";
    EXPECT_THAT(get(hub, hub.audita_jar, "/units/1571/reads?register=event_attendance").body, HasSubstr("Belum ada yang membaca"));
    EXPECT_EQ(get(hub, hub.siti, record + "/reads").status, 403);
    EXPECT_EQ(get(hub, hub.siti, "/units/1571/reads").status, 403);
    EXPECT_EQ(get(hub, hub.budi, record + "/reads").status, 404);
    EXPECT_EQ(get(hub, hub.budi, "/units/1571/reads").status, 404);
    EXPECT_THAT(get(hub, hub.andreas, record).body, HasSubstr(record + "/reads"));
    EXPECT_THAT(get(hub, hub.siti, record).body, Not(HasSubstr(record + "/reads")));
}

TEST_P(LongLists, registers_of_no_personal_data_are_not_logged_and_old_lines_go)
{
    auto const event = record_of(post(hub, hub.siti, "/units/1571/registers/event_attendance/records",
        { { "f.name", "Rapat" }, { "f.event_kind", "meeting" }, { "f.held_on", "2026-04-17" }, { "f.place", "Aula" } }));
    get(hub, hub.yuli, event);
    auto const record = visit_of("Bu Ani", hub.siti);
    get(hub, hub.yuli, record);
    write_reads();
    EXPECT_EQ(hub.count("SELECT count(*) FROM read_log WHERE register = 'event_attendance'"),
        hub.count("SELECT count(*) FROM register_definition WHERE register = 'event_attendance' AND (body LIKE '%class: personal%' OR body LIKE '%class: specific%')"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM read_log WHERE register = 'visitor_book'"), 1);
    hub.run_sql("UPDATE read_log SET at = at - 65000000000");       // more than two years
    auto const gone = hub.database->write([&](storage::Transaction& transaction) -> Result<std::int64_t> { return record::forget_reads(transaction, hub.clock.now(), 100); });
    EXPECT_GE(gone.value(), 1);
    EXPECT_EQ(hub.count("SELECT count(*) FROM read_log"), 0);
}

TEST_P(LongLists, a_broken_download_stands_in_the_read_log_as_broken)
{
    fill(2500);
    auto answer = begin_export(hub.yuli);
    ASSERT_NE(answer.stream, nullptr);
    answer.stream.reset();
    write_reads();
    EXPECT_EQ(hub.count("SELECT shown_rows FROM read_log WHERE act = 'broken_off'"), 1000);
}

TEST_P(LongLists, the_recap_counts_a_register_over_offices_from_kept_numbers)
{
    switch_on(*hub.database, "visitor_book", hub.office.kerinci);
    for (int count = 0; count < 7; ++count)
        visit_of("Tamu " + std::to_string(count), hub.siti);
    auto const last = visit_of("Tamu terakhir", hub.siti);
    ASSERT_EQ(post(hub, hub.siti, last + "/steps/leave", { { "form", "1" }, { "version", "1" }, { "f.left_at", "2026-04-18T10:30" } }).status, 303);
    EXPECT_EQ(hub.count("SELECT records FROM record_count WHERE kind = 'r_visitor_book' AND state = 'here'"), 7);
    EXPECT_EQ(hub.count("SELECT records FROM record_count WHERE kind = 'r_visitor_book' AND state = 'gone'"), 1);
    EXPECT_EQ(post(hub, hub.siti, visitors + "/records", { { "f.visitor", "Konsep" }, { "as", "draft" } }).status, 303);
    EXPECT_EQ(hub.count("SELECT CAST(sum(records) AS BIGINT) FROM record_count"), 8) << "a draft counts for nothing";
    auto const wrong = hub.database->read([](storage::Reader& reader) -> Result<std::vector<record::WrongCount>> { return record::wrong_counts(reader); });
    EXPECT_THAT(wrong.value(), IsEmpty());

    auto const own = get(hub, hub.siti, visitors + "/recap");
    EXPECT_EQ(own.status, 200);
    EXPECT_THAT(get(hub, hub.siti, visitors + "/recap", true).body, HasSubstr("\"in_all\":8")) << "he reads the register: exact";
    auto const province = get(hub, hub.ratna, "/units/15/registers/visitor_book/recap", true).body;
    EXPECT_THAT(province, HasSubstr("\"in_all\":5")) << "she reads plans, not visitors: rounded down";
    EXPECT_THAT(province, HasSubstr("\"rounded\":true"));
    EXPECT_THAT(province, Not(HasSubstr("\"count\":7")));
    EXPECT_THAT(get(hub, hub.ratna, "/units/15/registers/gratification_report/recap").body, Not(HasSubstr("Belum ada catatan"))) << "nor whether there is one";
    EXPECT_THAT(get(hub, hub.ratna, "/units/15/registers").body, HasSubstr("/units/15/registers/visitor_book/recap"));
    auto const before = hub.database->counters().statements;
    EXPECT_EQ(get(hub, hub.ratna, "/units/15/registers/visitor_book/recap").status, 200);
    EXPECT_LE(hub.database->counters().statements - before, 6);
    auto const csv = get(hub, hub.ratna, "/units/15/registers/visitor_book/recap?format=csv");
    EXPECT_THAT(csv.body, HasSubstr("1571;"));
    EXPECT_EQ(get(hub, hub.siti, "/units/15/registers/visitor_book/recap").status, 404);
    EXPECT_EQ(get(hub, hub.budi, visitors + "/recap").status, 404);
    EXPECT_EQ(get(hub, hub.ratna, "/units/15/registers/nothing/recap").status, 404);
}

TEST_P(LongLists, a_view_is_shared_with_the_readers_of_the_register_and_taken_away_by_its_maker_or_the_secretary)
{
    auto const views = visitors + "/views";
    ASSERT_EQ(post(hub, hub.siti, views, { { "name", "Hanya untuk layanan" }, { "query", "f.need=service" }, { "share", "1" } }).status, 303);
    ASSERT_EQ(post(hub, hub.siti, views, { { "name", "Punya saya" }, { "query", "mine=1" } }).status, 303);
    auto const seen = get(hub, hub.yuli, visitors).body;
    EXPECT_THAT(seen, HasSubstr("Hanya untuk layanan"));
    EXPECT_THAT(seen, HasSubstr("dibagikan oleh"));
    EXPECT_THAT(seen, HasSubstr(visitors + "?f.need=service"));
    EXPECT_THAT(seen, Not(HasSubstr("Punya saya")));
    EXPECT_EQ(hub.count("SELECT count(*) FROM event WHERE kind = 'record.view_shared'"), 1);
    auto const id = std::to_string(hub.count("SELECT id FROM record_view WHERE name = 'Hanya untuk layanan'"));
    EXPECT_EQ(post(hub, hub.yuli, views + "/" + id + "/end", {}).status, 403);
    EXPECT_EQ(post(hub, hub.budi, views + "/" + id + "/end", {}).status, 404);
    EXPECT_EQ(post(hub, hub.andreas, views + "/" + id + "/end", {}).status, 303) << "the secretary sets the office";
    EXPECT_THAT(get(hub, hub.yuli, visitors).body, Not(HasSubstr("Hanya untuk layanan")));
    auto const own = std::to_string(hub.count("SELECT id FROM record_view WHERE name = 'Punya saya'"));
    EXPECT_EQ(post(hub, hub.andreas, views + "/" + own + "/end", {}).status, 404) << "nobody else knows of a view of one's own";
    EXPECT_EQ(post(hub, hub.siti, views + "/" + own + "/end", {}).status, 303);
    EXPECT_EQ(post(hub, hub.ratna, views, { { "name", "x" }, { "query", "" }, { "share", "1" } }).status, 403);
}

TEST_P(LongLists, a_shared_view_by_a_field_that_somebody_may_not_see_is_not_there_for_him)
{
    give_role(*hub.database, "register_officer", hub.office.kota_jambi, hub.office.dewi);
    ASSERT_EQ(post(hub, hub.dewi, visitors + "/views", { { "name", "Nomor rahasia" }, { "query", "f.phone=0812000111" }, { "share", "1" } }).status, 303);
    EXPECT_THAT(get(hub, hub.dewi, visitors).body, HasSubstr("Nomor rahasia"));
    for (auto json : { false, true })
        EXPECT_THAT(get(hub, hub.yuli, visitors, json).body, Not(HasSubstr("Nomor rahasia")));
    EXPECT_EQ(post(hub, hub.yuli, visitors + "/views", { { "name", "Curi" }, { "query", "f.phone=0812000111" } }).status, 422);
}
