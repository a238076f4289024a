#include "support/register_hub.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(Registers, a_gift_goes_from_report_to_decision)
{
    EXPECT_THAT(get(hub, hub.siti, gifts + "/new").body, HasSubstr("Tanggal penerimaan"));
    auto record = record_of(post(hub, hub.siti, gifts + "/records", gift()));
    auto page = get(hub, hub.siti, record);
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("GR-1571-2026-001"));
    EXPECT_THAT(page.body, HasSubstr("Rp 450.000"));
    EXPECT_THAT(get(hub, hub.dewi, gifts).body, HasSubstr("GR-1571-2026-001"));
    EXPECT_EQ(step(hub.dewi, record, "verify").status, 303);
    EXPECT_EQ(step(hub.dewi, record, "assess").status, 422) << "the assessment is missing";
    EXPECT_EQ(step(hub.dewi, record, "assess", { { "f.assessment", "Wajar dilaporkan" } }).status, 303);
    EXPECT_EQ(step(hub.dewi, record, "forward", { { "f.sent_to_kpk_on", "2026-04-06" } }).status, 303);
    EXPECT_EQ(step(hub.dewi, record, "decide", { { "f.decision", "state_property" }, { "f.decided_on", "2026-04-17" } }).status, 303);
    EXPECT_EQ(hub.count("SELECT count(*) FROM subject WHERE kind = 'r_gratification_report' AND state = 'decided'"), 1);
    EXPECT_EQ(hub.count("SELECT count(*) FROM flow_step"), 5);
}

TEST_F(Registers, nobody_verifies_himself)
{
    auto record = record_of(post(hub, hub.dewi, gifts + "/records", gift()));
    EXPECT_EQ(step(hub.dewi, record, "verify").status, 403);
    EXPECT_THAT(get(hub, hub.dewi, record).body, HasSubstr("tidak boleh dilakukan oleh orang yang membuat"));
    EXPECT_EQ(step(hub.siti, record, "verify").status, 404);
    auto pick = record.substr(9) + ":" + version_of(record);
    EXPECT_EQ(post(hub, hub.dewi, gifts + "/steps", { { "step", "verify" }, { "pick", pick } }).status, 303);
    EXPECT_EQ(hub.count("SELECT count(*) FROM subject WHERE state = 'verified'"), 0) << "nor by the way of many at once";
}

TEST_F(Registers, a_wrong_form_saves_nothing_and_keeps_what_was_typed)
{
    auto answer = post(hub, hub.siti, gifts + "/records", with(with(gift(), "f.estimate", "empat ratusan"), "f.giver", ""));
    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, HasSubstr("Nilai taksiran: tulis angka rupiah"));
    EXPECT_THAT(answer.body, HasSubstr("Pemberi: wajib diisi"));
    EXPECT_THAT(answer.body, HasSubstr("empat ratusan"));
    EXPECT_THAT(answer.body, HasSubstr("Parsel makanan"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM subject WHERE kind LIKE 'r~_%' ESCAPE '~'"), 0);
}

TEST_F(Registers, the_same_form_twice_makes_one_record)
{
    auto form = with(gift(), "request_key", "a-key-of-the-form");
    auto first = record_of(post(hub, hub.siti, gifts + "/records", form));
    EXPECT_EQ(record_of(post(hub, hub.siti, gifts + "/records", form)), first);
    EXPECT_EQ(hub.count("SELECT count(*) FROM r_gratification_report"), 1);
    EXPECT_EQ(hub.count("SELECT max(last) FROM record_series"), 1) << "no number is used up";
}

TEST_F(Registers, a_form_sent_again_gets_its_answer_also_when_there_is_nothing_left_to_do)
{
    auto draft = record_of(post(hub, hub.siti, gifts + "/records", { { "form", "1" }, { "f.description", "Setengah jadi" }, { "as", "draft" } }));
    std::vector<std::pair<std::string, std::string>> const form { { "version", version_of(draft) }, { "request_key", "thrown-away" } };
    auto const first = post(hub, hub.siti, draft + "/discarding", form);
    auto const again = post(hub, hub.siti, draft + "/discarding", form);
    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(again.status, 303);
    EXPECT_EQ(again.header("Location"), first.header("Location"));
    EXPECT_EQ(post(hub, hub.siti, draft + "/discarding", { { "version", "1" }, { "request_key", "another" } }).status, 404);
}

TEST_F(Registers, a_draft_is_its_makers_alone_and_gets_its_number_when_it_is_sent_in)
{
    auto record = record_of(post(hub, hub.siti, gifts + "/records", { { "form", "1" }, { "f.description", "Setengah jadi" }, { "as", "draft" } }));
    EXPECT_THAT(get(hub, hub.siti, record).body, HasSubstr("Konsep"));
    EXPECT_EQ(get(hub, hub.dewi, record).status, 404);
    EXPECT_THAT(get(hub, hub.dewi, gifts).body, Not(HasSubstr("Setengah jadi")));
    auto wrong = post(hub, hub.siti, record, { { "form", "1" }, { "version", version_of(record) }, { "f.description", "Setengah jadi" } });
    EXPECT_EQ(wrong.status, 422);
    auto sent = post(hub, hub.siti, record, with(gift(), "version", version_of(record)));
    EXPECT_EQ(sent.status, 303) << sent.body.substr(0, 1000);
    EXPECT_THAT(get(hub, hub.dewi, record).body, HasSubstr("GR-1571-2026-001"));
    auto other = record_of(post(hub, hub.siti, gifts + "/records", with(with(gift(), "f.estimate", ""), "as", "draft")));
    EXPECT_EQ(post(hub, hub.siti, other + "/discarding", { { "version", version_of(other) } }).status, 303);
    EXPECT_EQ(get(hub, hub.siti, other).status, 404);
    EXPECT_EQ(hub.count("SELECT count(*) FROM r_gratification_report"), 1);
}

TEST_F(Registers, two_who_write_at_once_see_both_texts)
{
    auto record = record_of(post(hub, hub.siti, visitors + "/records", visitor("Pak Ahmad")));
    auto shown = version_of(record);
    ASSERT_EQ(post(hub, hub.siti, record, with(visitor("Pak Achmad"), "version", shown)).status, 303);
    auto late = post(hub, hub.siti, record, with(visitor("Bapak Ahmad S."), "version", shown));
    EXPECT_EQ(late.status, 409);
    EXPECT_THAT(late.body, HasSubstr("Bapak Ahmad S."));
    EXPECT_THAT(late.body, HasSubstr("Pak Achmad"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM r_visitor_book WHERE f_visitor = 'Pak Achmad'"), 1);
}

TEST_F(Registers, a_condition_asks_its_field_and_empties_it)
{
    auto missing = post(hub, hub.siti, visitors + "/records", visitor("Bu Rina", "other"));
    EXPECT_EQ(missing.status, 422);
    EXPECT_THAT(missing.body, HasSubstr("Diisi bila Keperluan: Lainnya"));
    auto record = record_of(post(hub, hub.siti, visitors + "/records", with(visitor("Bu Rina", "other"), "f.need_other", "Magang")));
    EXPECT_THAT(get(hub, hub.siti, record).body, HasSubstr("Magang"));
    ASSERT_EQ(post(hub, hub.siti, record, with(with(visitor("Bu Rina"), "f.need_other", "Magang"), "version", version_of(record))).status, 303);
    EXPECT_EQ(hub.count("SELECT count(*) FROM r_visitor_book WHERE f_need_other IS NULL"), 1);
}

TEST_F(Registers, lists_filter_sort_search_and_go_on_by_the_last_row)
{
    for (int number = 0; number < 7; ++number)
        record_of(post(hub, hub.siti, visitors + "/records", visitor("Tamu Nomor " + std::to_string(number), number % 2 ? "complaint" : "service")));
    auto json = get(hub, hub.siti, visitors + "?limit=3&sort=visitor", true).body;
    EXPECT_THAT(json, HasSubstr("Tamu Nomor 0"));
    EXPECT_THAT(json, Not(HasSubstr("Tamu Nomor 3")));
    std::size_t at = json.find("after=");
    ASSERT_NE(at, std::string::npos);
    auto cursor = json.substr(at, json.find('"', at) - at);
    auto next = get(hub, hub.siti, visitors + "?limit=3&sort=visitor&" + cursor, true).body;
    EXPECT_THAT(next, HasSubstr("Tamu Nomor 3"));
    EXPECT_THAT(next, Not(HasSubstr("Tamu Nomor 2")));
    EXPECT_THAT(get(hub, hub.siti, visitors + "?f.need=complaint", true).body, Not(HasSubstr("Tamu Nomor 2")));
    EXPECT_THAT(get(hub, hub.siti, visitors + "?q=NOMOR%206", true).body, HasSubstr("Tamu Nomor 6"));
    EXPECT_THAT(get(hub, hub.siti, visitors + "?q=nomor%2099").body, HasSubstr("Tidak ada catatan yang cocok"));
    EXPECT_EQ(get(hub, hub.siti, visitors + "?after=x").status, 422);
    EXPECT_EQ(get(hub, hub.siti, visitors + "?state=lost").status, 422);
    EXPECT_EQ(post(hub, hub.siti, visitors + "/views", { { "name", "Pengaduan" }, { "query", "f.need=complaint" } }).status, 303);
    EXPECT_THAT(get(hub, hub.siti, visitors).body, HasSubstr("Pengaduan"));
    EXPECT_THAT(get(hub, hub.yuli, visitors).body, Not(HasSubstr(">Pengaduan<")));
}

TEST_F(Registers, many_are_taken_along_after_a_preview)
{
    std::string picks;
    Form form { { "step", "leave" } };
    for (int number = 0; number < 3; ++number) {
        auto record = record_of(post(hub, hub.siti, visitors + "/records", visitor("Tamu " + std::to_string(number))));
        picks += "&pick=" + record.substr(9) + "%3A1";
        form.emplace_back("pick", record.substr(9) + ":1");
    }
    auto preview = get(hub, hub.yuli, visitors + "/steps?step=leave" + picks);
    EXPECT_EQ(preview.status, 200) << preview.body.substr(0, 500);
    EXPECT_THAT(preview.body, HasSubstr("3 catatan dapat diproses"));
    EXPECT_THAT(post(hub, hub.yuli, visitors + "/steps", form).header("Location"), HasSubstr("done=3"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM subject WHERE state = 'gone'"), 3);
    EXPECT_EQ(post(hub, hub.asri_jar, visitors + "/steps", form).status, 403);
    EXPECT_EQ(post(hub, hub.budi, visitors + "/steps", form).status, 404);
}

TEST_F(Registers, a_child_list_that_another_page_keeps_is_shown_and_changed_there_only)
{
    auto record = record_of(post(hub, hub.siti, events + "/records",
        { { "form", "1" }, { "f.name", "Sosialisasi gratifikasi" }, { "f.event_kind", "socialisation" }, { "f.topics", "gratification" }, { "f.topics", "integrity" },
            { "f.held_on", "2026-04-20" }, { "f.place", "Aula" }, { "f.lead_person", std::to_string(hub.office.maria.value) } }));
    ASSERT_EQ(post(hub, hub.siti, record + "/attendance", {}).status, 303);
    auto row = [&](Form const& form) { return post(hub, hub.siti, record + "/attendance/rows", form); };
    EXPECT_EQ(row({ { "person", std::to_string(hub.office.yuli.value) } }).status, 303);
    EXPECT_EQ(row({ { "guest", "Tamu dari Bawaslu" }, { "institution", "Bawaslu" } }).status, 303);
    EXPECT_EQ(row({ { "guest", "" } }).status, 422);
    EXPECT_EQ(row({ { "person", "999999" } }).status, 422);
    auto page = get(hub, hub.siti, record).body;
    EXPECT_THAT(page, HasSubstr("Yuliana Sari"));
    EXPECT_THAT(page, HasSubstr("Tamu dari Bawaslu"));
    EXPECT_THAT(page, HasSubstr("Maria Goreti"));
    EXPECT_THAT(page, HasSubstr("Gratifikasi, Nilai integritas dan kode etik"));
    EXPECT_EQ(post(hub, hub.yuli, record + "/rows/attendees", { { "c.guest", "x" } }).status, 403);
    auto id = std::to_string(hub.count("SELECT max(id) FROM r_event_attendance__attendees"));
    EXPECT_THAT(page, Not(HasSubstr("/rows/attendees/" + id + "/end")));
    auto const refused = post(hub, hub.siti, record + "/rows/attendees/" + id + "/end", {});
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(refused.body, HasSubstr("diisi di halamannya sendiri"));
    EXPECT_EQ(post(hub, hub.siti, record + "/rows/attendees", { { "form", "1" }, { "c.guest", "x" } }).status, 409);
    EXPECT_EQ(hub.count("SELECT count(*) FROM r_event_attendance__attendees"), 2);
    EXPECT_EQ(post(hub, hub.siti, record + "/attendance/rows/" + id + "/end", { { "reason", "tidak hadir" } }).status, 303);
    EXPECT_EQ(hub.count("SELECT count(*) FROM r_event_attendance__attendees"), 1);
    EXPECT_EQ(get(hub, hub.siti, record + "/rows/attendees").status, 200);
    EXPECT_EQ(get(hub, hub.siti, record + "/rows/name").status, 404);
    EXPECT_THAT(get(hub, hub.siti, events + "?f.topics=gratification", true).body, HasSubstr("Sosialisasi gratifikasi"));
    EXPECT_THAT(get(hub, hub.siti, events + "?f.topics=whistleblowing", true).body, Not(HasSubstr("Sosialisasi gratifikasi")));
}

TEST_F(Registers, a_register_is_off_until_the_secretary_switches_it_on)
{
    ASSERT_EQ(post(hub, hub.andreas, visitors + "/use", { { "state", "off" } }).status, 303);
    EXPECT_EQ(get(hub, hub.siti, visitors).status, 404);
    EXPECT_EQ(post(hub, hub.siti, visitors + "/records", visitor("X")).status, 404);
    EXPECT_EQ(post(hub, hub.siti, visitors + "/use", { { "state", "on" } }).status, 404);
    EXPECT_THAT(get(hub, hub.andreas, "/units/1571/registers").body, HasSubstr("Nyalakan"));
    ASSERT_EQ(post(hub, hub.andreas, visitors + "/use", { { "state", "on" } }).status, 303);
    EXPECT_EQ(get(hub, hub.siti, visitors).status, 200);
    EXPECT_EQ(post(hub, hub.siti, visitors + "/use", { { "state", "off" } }).status, 403);
}

TEST_F(Registers, a_record_made_from_a_row_of_the_plan_becomes_its_proof)
{
    auto plan = make_plan(*hub.database, hub.office, 2026, time::Date::of(2026, 1, 5));
    auto row = std::to_string(deliverable(*hub.database, plan, "Sosialisasi nilai-nilai", 4).id.value);
    EXPECT_THAT(get(hub, hub.siti, "/deliverables/" + row).body, HasSubstr("/registers?row=" + row));
    EXPECT_EQ(get(hub, hub.siti, "/registers?row=" + row).header("Location"), "/units/1571/registers?row=" + row);
    EXPECT_THAT(get(hub, hub.siti, "/units/1571/registers?row=" + row).body, HasSubstr("event_attendance/new?row=" + row));
    auto made = post(hub, hub.siti, events + "/records", { { "form", "1" }, { "row", row }, { "f.name", "Sosialisasi nilai" }, { "f.event_kind", "socialisation" },
        { "f.held_on", "2026-04-17" }, { "f.place", "Aula" } });
    auto place = made.header("Location");
    EXPECT_THAT(place, HasSubstr("/proofs?row=" + row));
    EXPECT_THAT(get(hub, hub.siti, place).body, HasSubstr("Sosialisasi nilai-nilai"));
    EXPECT_EQ(post(hub, hub.siti, place.substr(0, place.find('?')), { { "target", row } }).header("Location"), "/deliverables/" + row);
    EXPECT_EQ(hub.count("SELECT count(*) FROM evidence WHERE evidence_kind = 'record' AND record_id IS NOT NULL"), 1);
    EXPECT_EQ(hub.count("SELECT proofs FROM deliverable WHERE subject_id = " + row), 1);
    EXPECT_EQ(post(hub, hub.budi, place.substr(0, place.find('?')), { { "target", row } }).status, 404);
    auto secret = post(hub, hub.siti, gifts + "/records", with(gift(), "row", row));
    EXPECT_THAT(secret.header("Location"), HasSubstr("?saved=1")) << "a report with specific data proves nothing by name";
    EXPECT_EQ(get(hub, hub.siti, record_of(secret) + "/proofs").status, 404);
}

TEST_F(Registers, pages_keep_to_their_statements)
{
    auto record = record_of(post(hub, hub.siti, visitors + "/records", visitor("Tamu")));
    auto statements = [&](auto const& ask) {
        auto before = hub.database->counters().statements;
        ask();
        return hub.database->counters().statements - before;
    };
    // the session takes 2 and the navigation 1 or 2; the list itself at most 6
    EXPECT_LE(statements([&] { get(hub, hub.siti, visitors + "?f.need=information&q=tamu"); }), 8);
    EXPECT_LE(statements([&] { get(hub, hub.siti, record); }), 14);
}

TEST(RegisterStatements, a_form_with_four_limits_is_saved_in_few)
{
    Hub hub { storage::Engine::Sqlite, false };
    ASSERT_TRUE(flow::load_calendar(*hub.database));
    ASSERT_TRUE(flow::load_clock_rules(*hub.database));
    publish_registers(*hub.database);
    publish_indicators(*hub.database);
    switch_on(*hub.database, "gratification_report", hub.office.kota_jambi);
    auto save = [&](std::string const& key) {
        auto const before = hub.database->counters().statements;
        // as a browser sends it: an input of files in which nothing was chosen brings an empty one
        record_of(run(hub.site(), { .name = "gift", .method = http::Method::Post, .path = "/units/1571/registers/gratification_report/records",
            .form = { { "form", "1" }, { "request_key", key }, { "f.received_on", "2026-03-13" }, { "f.report_kind", "received" }, { "f.form", "goods" },
                { "f.description", "Parsel" }, { "f.estimate", "450000" }, { "f.giver", "CV" }, { "f.giver_relation", "supplier" }, { "f.chronology", "Diantar" } },
            .uploads = { upload_of(hub.folder, "", "", "f.proof") }, .as = &hub.siti }));
        return hub.database->counters().statements - before;
    };
    EXPECT_LE(save("first"), 22) << "with the definitions, the calendar and the rules, which are kept";
    EXPECT_LE(save("second"), 14) << "session; register; the record with its number, step and journal, those of its limits too; next officer, limits; kept number of"
                                     " records, what it adds to figures, their sums, the answer";
}
