#include "codec/xlsx_writer.hpp"
#include "support/register_hub.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::Not;

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

TEST_F(Registers, a_column_that_is_named_twice_is_shown_once)
{
    record_of(post(hub, hub.siti, events + "/records", { { "form", "1" }, { "f.name", "Sosialisasi" }, { "f.event_kind", "socialisation" }, { "f.held_on", "2026-04-17" }, { "f.place", "Aula" } }));
    auto const twice = get(hub, hub.siti, events + "?column=follow_up&column=follow_up&column=lead_person");
    EXPECT_EQ(twice.status, 200) << "each reference is joined once";
    auto const head = twice.body.find("Lanjutan dari kegiatan</a></th>");
    ASSERT_NE(head, std::string::npos);
    EXPECT_EQ(twice.body.find("Lanjutan dari kegiatan</a></th>", head + 1), std::string::npos);
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
