#include "codec/xlsx_writer.hpp"
#include "support/registers.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

/// Kota Jambi with the registers of the program; dewi is its UPG officer.
class Registers : public ::testing::Test {
protected:
    Hub hub { storage::Engine::Sqlite, true };
    std::string const gifts = "/units/1571/registers/gratification_report";
    std::string const visitors = "/units/1571/registers/visitor_book";
    std::string const events = "/units/1571/registers/event_attendance";

    void SetUp() override
    {
        publish_registers(*hub.database);
        for (auto const* id : { "gratification_report", "visitor_book", "event_attendance" })
            switch_on(*hub.database, id, hub.office.kota_jambi);
        give_role(*hub.database, "upg_officer", hub.office.kota_jambi, hub.office.dewi);
    }

    static Form gift(std::string const& giver = "CV Contoh Rahasia")
    {
        return { { "form", "1" }, { "f.received_on", "2026-03-13" }, { "f.report_kind", "received" }, { "f.form", "goods" }, { "f.description", "Parsel makanan" },
            { "f.estimate", "Rp 450.000" }, { "f.giver", giver }, { "f.giver_relation", "supplier" }, { "f.chronology", "Diantar ke kantor" } };
    }

    static Form visitor(std::string const& name, std::string const& need = "information")
    {
        return { { "form", "1" }, { "f.visitor", name }, { "f.need", need }, { "f.arrived_at", "2026-04-18T09:30" } };
    }

    static Form with(Form form, std::string const& name, std::string const& value)
    {
        std::erase_if(form, [&](auto const& each) { return each.first == name; });
        form.emplace_back(name, value);
        return form;
    }

    std::string version_of(std::string const& record) { return std::to_string(hub.count("SELECT version FROM subject WHERE id = " + record.substr(9))); }
    http::Response step(CookieJar& as, std::string const& record, std::string const& name, Form form = {})
    {
        form.emplace_back("version", version_of(record));
        return post(hub, as, record + "/steps/" + name, form);
    }
};

}

TEST_F(Registers, a_form_tells_truly_who_reads_it_and_a_step_is_called_by_its_name)
{
    EXPECT_THAT(get(hub, hub.siti, gifts + "/new").body, HasSubstr("Hanya Anda dan petugas register ini"));
    auto const book = get(hub, hub.siti, "/units/1571/registers/visitor_book/new").body;
    EXPECT_THAT(book, Not(HasSubstr("Hanya Anda dan petugas register ini"))) << "all staff read the visitor book";
    EXPECT_THAT(book, HasSubstr("Dibaca pegawai kantor ini; sebagian isian hanya oleh Anda"));
    auto const record = record_of(post(hub, hub.siti, gifts + "/records", gift()));
    EXPECT_EQ(step(hub.dewi, record, "verify").status, 303);
    auto const page = get(hub, hub.dewi, record + "/steps/assess").body;
    EXPECT_THAT(page.substr(0, page.find("<h1>")), Not(HasSubstr("Perbaiki"))) << "the crumbs";
}

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

TEST_F(Registers, a_report_is_read_by_its_maker_and_the_officer_and_by_nobody_else)
{
    auto record = record_of(post(hub, hub.siti, gifts + "/records", gift()));
    EXPECT_EQ(get(hub, hub.siti, record).status, 200);
    EXPECT_EQ(get(hub, hub.dewi, record).status, 200);
    for (auto* other : { &hub.yuli, &hub.maria, &hub.andreas, &hub.sekretaris, &hub.ratna, &hub.asri_jar, &hub.admin_jar, &hub.audita_jar, &hub.budi })
        for (auto const& place : { record, record + ".json", record + "/edit", record + "/steps/verify" })
            EXPECT_EQ(get(hub, *other, place).status, 404) << place;
    EXPECT_THAT(get(hub, hub.yuli, gifts).body, Not(HasSubstr("GR-1571")));
    EXPECT_THAT(get(hub, hub.yuli, gifts + "/export").body, Not(HasSubstr("GR-1571")));
    EXPECT_THAT(get(hub, hub.ratna, gifts, true).body, HasSubstr("\"counts_only\":true"));
    EXPECT_THAT(get(hub, hub.ratna, gifts).body, Not(HasSubstr("CV Contoh")));
    EXPECT_EQ(get(hub, hub.ratna, gifts + "/export").status, 403);
    EXPECT_EQ(get(hub, hub.andreas, "/subjects/" + record.substr(9) + "/journal").status, 404) << "the journal is no way around";
    EXPECT_EQ(post(hub, hub.yuli, record + "/comments", { { "comment", "x" } }).status, 404);
}

TEST_F(Registers, a_field_for_the_officer_is_hidden_from_page_list_filter_sort_and_history)
{
    auto record = record_of(post(hub, hub.siti, gifts + "/records", gift()));
    ASSERT_EQ(step(hub.dewi, record, "verify", { { "f.completeness", "Catatan pemeriksa rahasia" } }).status, 303);
    EXPECT_THAT(get(hub, hub.dewi, record).body, HasSubstr("Catatan pemeriksa rahasia"));
    auto own = get(hub, hub.siti, record).body;
    EXPECT_THAT(own, Not(HasSubstr("Catatan pemeriksa rahasia")));
    EXPECT_THAT(own, HasSubstr("CV Contoh Rahasia"));
    EXPECT_THAT(get(hub, hub.siti, record, true).body, Not(HasSubstr("pemeriksa")));
    for (auto const* query : { "?f.completeness=x", "?f.giver=CV", "?sort=giver", "?column=giver", "?f.nothing=1", "?sort=-receiver_nik" })
        EXPECT_EQ(get(hub, hub.siti, gifts + query).status, 422) << query;
    EXPECT_EQ(get(hub, hub.siti, gifts + "/export?f.giver=CV").status, 422);
    EXPECT_EQ(get(hub, hub.dewi, gifts + "?sort=giver&column=giver").status, 200);
    EXPECT_THAT(get(hub, hub.dewi, gifts + "?column=giver").body, HasSubstr("CV Contoh Rahasia"));
    EXPECT_THAT(get(hub, hub.dewi, gifts + "?q=rahasia").body, Not(HasSubstr("GR-1571"))) << "hidden words are not searched";
    EXPECT_THAT(get(hub, hub.dewi, gifts + "?q=parsel").body, HasSubstr("GR-1571"));
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

TEST_F(Registers, a_table_is_previewed_then_taken_over_without_its_wrong_rows)
{
    auto file = upload_of(hub.folder, "tamu.csv",
        "Nama tamu;Keperluan;Datang;Warna\nPak Dullah;Meminta informasi;18-04-2026 09.15;merah\nBu Ani;Terbang;18-04-2026 09.20;biru\n=1+1;Lainnya;18-04-2026 10.00;\n");
    auto sent = run(hub.site(), { .name = "import", .method = http::Method::Post, .path = visitors + "/import", .uploads = { file }, .as = &hub.siti });
    ASSERT_EQ(sent.status, 303) << sent.body.substr(0, 1000);
    auto place = sent.header("Location");
    auto preview = get(hub, hub.siti, place).body;
    EXPECT_THAT(preview, HasSubstr("1 baris benar, 2 baris perlu diperbaiki"));
    EXPECT_THAT(preview, HasSubstr("Warna"));
    EXPECT_THAT(preview, HasSubstr("Keperluan: pilih salah satu"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM r_visitor_book"), 0);
    EXPECT_EQ(get(hub, hub.yuli, place).status, 404) << "only who brought it sees it";
    EXPECT_EQ(post(hub, hub.siti, place + "/application", {}).status, 303);
    EXPECT_EQ(post(hub, hub.siti, place + "/application", {}).status, 303);
    EXPECT_EQ(hub.count("SELECT count(*) FROM r_visitor_book"), 1) << "and only once";
}

TEST_F(Registers, a_table_of_too_many_rows_is_refused_in_clear_words_and_nothing_is_kept)
{
    std::vector<codec::SheetCell> cells { { 0, 0, "Nama tamu" } };
    for (int row = 1; row <= 5100; ++row)
        cells.push_back({ row, 0, "Tamu" });
    for (auto const& [name, bytes] : std::map<std::string, std::string> { { "baris.csv", "Nama tamu\n" + std::string((10 << 20) - 20, '\n') }, { "baris.xlsx", codec::write_workbook({ { "Tamu", cells } }).value() } }) {
        auto const sent = run(hub.site(), { .name = name, .method = http::Method::Post, .path = visitors + "/import", .uploads = { upload_of(hub.folder, name, bytes) }, .as = &hub.siti });
        EXPECT_EQ(sent.status, 422) << name;
        EXPECT_THAT(sent.body, HasSubstr("Paling banyak 5000 baris sekali impor")) << name;
    }
    EXPECT_EQ(hub.count("SELECT count(*) FROM record_import"), 0);
}

TEST_F(Registers, what_leaves_as_a_table_is_what_the_reader_sees_and_never_a_formula)
{
    record_of(post(hub, hub.siti, visitors + "/records", with(with(visitor("=HYPERLINK(1)"), "f.phone", "0812000111"), "f.origin", "Bawaslu; Jambi")));
    auto csv = get(hub, hub.yuli, visitors + "/export?format=csv");
    EXPECT_EQ(csv.status, 200);
    EXPECT_EQ(csv.header("X-Row-Count"), "1");
    auto const& text = csv.body;
    EXPECT_THAT(text, HasSubstr("'=HYPERLINK(1)"));
    EXPECT_THAT(text, HasSubstr("\"Bawaslu; Jambi\""));
    EXPECT_THAT(text, Not(HasSubstr("0812000111")));
    EXPECT_EQ(get(hub, hub.siti, visitors + "/export?format=xlsx").status, 200);
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

TEST_F(Registers, the_public_sees_yesterdays_numbers_and_no_small_ones)
{
    auto place = "/public/units/1571/registers/visitor_book";
    for (int number = 0; number < 6; ++number)
        record_of(post(hub, hub.siti, visitors + "/records", visitor("Tamu Rahasia", "complaint")));
    record_of(post(hub, hub.siti, visitors + "/records", visitor("Tamu Rahasia", "information")));
    EXPECT_THAT(get(hub, hub.nobody, place, true).body, HasSubstr("\"total\":0")) << "not before tomorrow";
    hub.clock.set(hub.clock.now().plus(std::chrono::hours { 24 }));
    auto json = get(hub, hub.nobody, place, true).body;
    EXPECT_THAT(json, HasSubstr("\"total\":7"));
    EXPECT_THAT(json, Not(HasSubstr("\"amount\":1")));
    EXPECT_THAT(json, Not(HasSubstr("\"amount\":6"))) << "6 would give 1 by subtraction";
    auto page = get(hub, hub.nobody, place);
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("tidak ditampilkan"));
    EXPECT_THAT(page.body, Not(HasSubstr("Rahasia")));
    EXPECT_EQ(get(hub, hub.nobody, "/public/units/1501/registers/visitor_book").status, 404) << "off there";
}

TEST_F(Registers, files_are_read_by_who_reads_the_record)
{
    std::string const pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                            "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    auto record = record_of(run(hub.site(), { .name = "gift", .method = http::Method::Post, .path = gifts + "/records", .form = gift(),
        .uploads = { upload_of(hub.folder, "parsel.pdf", pdf, "f.proof") }, .as = &hub.siti }));
    auto file = record + "/files/" + std::to_string(hub.count("SELECT max(id) FROM record_file"));
    EXPECT_THAT(get(hub, hub.siti, record).body, HasSubstr("parsel.pdf"));
    auto given = get(hub, hub.dewi, file);
    EXPECT_EQ(given.status, 200);
    EXPECT_THAT(given.header("Content-Disposition"), HasSubstr("attachment"));
    EXPECT_EQ(get(hub, hub.yuli, file).status, 404);
    EXPECT_EQ(get(hub, hub.dewi, record + "/files/99999").status, 404);
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
    switch_on(*hub.database, "gratification_report", hub.office.kota_jambi);
    auto save = [&](std::string const& key) {
        auto const before = hub.database->counters().statements;
        record_of(post(hub, hub.siti, "/units/1571/registers/gratification_report/records",
            { { "form", "1" }, { "request_key", key }, { "f.received_on", "2026-03-13" }, { "f.report_kind", "received" }, { "f.form", "goods" },
                { "f.description", "Parsel" }, { "f.estimate", "450000" }, { "f.giver", "CV" }, { "f.giver_relation", "supplier" }, { "f.chronology", "Diantar" } }));
        return hub.database->counters().statements - before;
    };
    EXPECT_LE(save("first"), 20) << "with the definition, the calendar and the rules, which are kept";
    EXPECT_LE(save("second"), 15) << "two of the session and the register; the record with its number, step and journal, those of its limits too; next officer, limits; kept"
                                     " number of records, figures, the answer";
}
