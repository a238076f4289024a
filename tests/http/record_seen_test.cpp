#include "support/register_hub.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::Not;

static std::string const one_page = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                                    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

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
    EXPECT_EQ(get(hub, hub.dewi, gifts + "?sort=giver&column=giver&column=giver").status, 200);
    EXPECT_THAT(get(hub, hub.dewi, gifts + "?column=giver").body, HasSubstr("CV Contoh Rahasia"));
    EXPECT_THAT(get(hub, hub.dewi, gifts + "?q=rahasia").body, Not(HasSubstr("GR-1571"))) << "hidden words are not searched";
    EXPECT_THAT(get(hub, hub.dewi, gifts + "?q=parsel").body, HasSubstr("GR-1571"));
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
    auto record = record_of(run(hub.site(), { .name = "gift", .method = http::Method::Post, .path = gifts + "/records", .form = gift(),
        .uploads = { upload_of(hub.folder, "parsel.pdf", one_page, "f.proof") }, .as = &hub.siti }));
    auto file = record + "/files/" + std::to_string(hub.count("SELECT max(id) FROM record_file"));
    EXPECT_THAT(get(hub, hub.siti, record).body, HasSubstr("parsel.pdf"));
    auto given = get(hub, hub.dewi, file);
    EXPECT_EQ(given.status, 200);
    EXPECT_THAT(given.header("Content-Disposition"), HasSubstr("attachment"));
    EXPECT_EQ(get(hub, hub.yuli, file).status, 404);
    EXPECT_EQ(get(hub, hub.dewi, record + "/files/99999").status, 404);
}

TEST_F(Registers, who_may_not_read_is_told_numbers_in_steps)
{
    for (int number = 0; number < 9; ++number) {
        auto record = record_of(post(hub, hub.siti, gifts + "/records", gift()));
        if (number < 2) {
            ASSERT_EQ(step(hub.dewi, record, "verify").status, 303);
        }
    }
    auto const counts = get(hub, hub.ratna, gifts, true).body;
    EXPECT_THAT(counts, HasSubstr("\"in_all\":5")) << "7 beside a total of 9 that the public page or a figure tells would give the 2";
    EXPECT_THAT(counts, HasSubstr("\"count\":5"));
    EXPECT_THAT(get(hub, hub.ratna, gifts).body, HasSubstr("kelipatan 5"));
    EXPECT_THAT(counts, Not(HasSubstr("\"count\":7")));
    EXPECT_THAT(counts, Not(HasSubstr("\"count\":2")));
    EXPECT_THAT(get(hub, hub.dewi, gifts, true).body, HasSubstr("\"count\":7")) << "who reads them counts them";
}

TEST_F(Registers, the_name_of_a_document_for_the_officer_is_not_told_when_it_goes)
{
    publish_registers(*hub.database, { { "letter.yaml", R"(id: letter
version: 1
valid_from: 2026-01-01
source: a test
class: personal
purpose: {id: Uji, en: Test}
legal_basis: none
retention: {years: 1}
title: {id: Surat, en: Letter}
fields:
  what: {kind: text, required: true, label: {id: Perihal, en: About}}
  identity: {kind: document, seen_by: [creator, upg_officer], label: {id: Kartu identitas, en: Identity card}}
access: {read: [staff, creator], create: [staff]}
)" } });
    switch_on(*hub.database, "letter", hub.office.kota_jambi);
    auto record = record_of(run(hub.site(), { .name = "letter", .method = http::Method::Post, .path = "/units/1571/registers/letter/records", .form = { { "form", "1" }, { "f.what", "Izin" } },
        .uploads = { upload_of(hub.folder, "ktp-pak-dullah.pdf", one_page, "f.identity") }, .as = &hub.siti }));
    auto file = std::to_string(hub.count("SELECT max(id) FROM record_file"));
    EXPECT_THAT(get(hub, hub.yuli, record).body, Not(HasSubstr("dullah")));
    ASSERT_EQ(post(hub, hub.siti, record + "/files/" + file + "/end", { { "version", version_of(record) } }).status, 303);
    EXPECT_THAT(get(hub, hub.siti, record).body, HasSubstr("ktp-pak-dullah.pdf")) << "her own history";
    auto const others = get(hub, hub.yuli, record).body;
    EXPECT_THAT(others, Not(HasSubstr("dullah")));
    EXPECT_THAT(others, HasSubstr("Kartu identitas")) << "that it went is no secret";
}
