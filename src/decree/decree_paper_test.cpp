#include "codec/paper_html.hpp"
#include "decree/decree_paper.hpp"
#include <algorithm>
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::decree;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

plan::TreeNode node(plan::Level level, std::string number, std::string body, std::vector<plan::TreeNode> children = {})
{
    plan::TreeNode made;
    made.row.level = level;
    made.row.number = std::move(number);
    made.row.body = std::move(body);
    made.children = std::move(children);
    return made;
}

plan::Tree small_plan()
{
    auto first = node(plan::Level::Subactivity, "1", "Sub pertama", { node(plan::Level::Indicator, "", "Indikator A"), node(plan::Level::Indicator, "", "Indikator B") });
    first.row.printed = plan::Months::of({ 1, 6 });
    first.row.remark = "Tentatif";
    auto second = node(plan::Level::Subactivity, "2", "Sub kedua", { node(plan::Level::Indicator, "", "Indikator C") });
    plan::Tree tree;
    tree.areas = { node(plan::Level::Area, "1", "Manajemen Perubahan", { node(plan::Level::Activity, "1", "Kegiatan", { first, second }) }) };
    return tree;
}

DecreeFacts facts() { return { "KPU Kota Contoh", 2026, "5 TAHUN 2026", time::Date::of(2026, 1, 12), "Contoh", "3/PK.01-BA/1571/2026", time::Date::of(2026, 1, 8), paper::Edition::Final, codec::PaperSize::F4, "https://hub.contoh", "ABCDEFGHJKMN" }; }

Wording wording()
{
    auto made = default_wording();
    made.signatory = { "Ketua Komisi Pemilihan Umum Kota Contoh", "Nama Ketua" };
    made.certifier = { "Kepala Subbagian Hukum", "Nama Kasubbag" };
    return made;
}

}

TEST(DecreePaper, fills_the_words_and_leaves_no_placeholder)
{
    auto const html = codec::paper_html(decree_paper(small_plan(), wording(), facts())).html;
    EXPECT_THAT(html, HasSubstr("NOMOR 5 TAHUN 2026"));
    EXPECT_THAT(html, HasSubstr("Nomor 3/PK.01-BA/1571/2026 tanggal 8 Januari 2026"));
    EXPECT_THAT(html, HasSubstr("KETUA KOMISI PEMILIHAN UMUM KOTA CONTOH,"));
    EXPECT_THAT(html, HasSubstr("MEMUTUSKAN:"));
    EXPECT_THAT(html, HasSubstr("pada tanggal 12 Januari 2026"));
    EXPECT_THAT(html, HasSubstr("paper:qr-0"));
    EXPECT_THAT(html, Not(HasSubstr("{")));
    EXPECT_THAT(html, Not(HasSubstr("ttd.")));
    EXPECT_THAT(html, Not(HasSubstr("KONSEP")));
}

TEST(DecreePaper, a_draft_is_stamped_and_bears_no_code_and_a_copy_says_ttd_and_who_certifies)
{
    auto draft = facts();
    draft.edition = paper::Edition::Preview;
    draft.code.clear();
    auto const preview = codec::paper_html(decree_paper(small_plan(), wording(), draft));
    EXPECT_THAT(preview.html, HasSubstr("KONSEP"));
    EXPECT_THAT(preview.qr_texts, IsEmpty());
    auto copy = facts();
    copy.edition = paper::Edition::Copy;
    auto const html = codec::paper_html(decree_paper(small_plan(), wording(), copy)).html;
    EXPECT_THAT(html, HasSubstr("SALINAN"));
    EXPECT_THAT(html, HasSubstr("ttd."));
    EXPECT_THAT(html, HasSubstr("Salinan sesuai dengan aslinya"));
    EXPECT_THAT(html, HasSubstr("Nama Kasubbag"));
}

TEST(DecreePaper, without_minutes_their_entry_is_left_out)
{
    auto bare = facts();
    bare.minutes_number.clear();
    bare.minutes_on.reset();
    EXPECT_THAT(codec::paper_html(decree_paper(small_plan(), wording(), bare)).html, Not(HasSubstr("Memperhatikan")));
}

TEST(DecreePaper, the_annex_spans_cells_and_prints_marks_and_remarks)
{
    auto const paper = decree_paper(small_plan(), wording(), facts());
    ASSERT_EQ(paper.sections.size(), 2U);
    EXPECT_EQ(paper.sections[1].orientation, codec::Orientation::Landscape);
    codec::Table const* table = nullptr;
    for (auto const& block : paper.sections[1].blocks)
        if (auto const* found = std::get_if<codec::Table>(&block))
            table = found;
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->heading_rows, 3);
    auto const cell = [&](std::string const& text) { return *std::ranges::find(table->cells, text, &codec::TableCell::text); };
    EXPECT_EQ(cell("Manajemen Perubahan").rows, 3);
    EXPECT_EQ(cell("1. Kegiatan").rows, 3);
    EXPECT_EQ(cell("1. Sub pertama").rows, 2);
    EXPECT_EQ(cell("Tentatif").column, 17);
    std::vector<int> marks;
    for (auto const& each : table->cells)
        if (each.text == "√")
            marks.push_back(each.column);
    EXPECT_THAT(marks, ElementsAre(5, 10));
    EXPECT_EQ(cell("KET").column, 17);
    EXPECT_TRUE(std::ranges::none_of(table->cells, [](auto const& each) { return each.text == "PENANGGUNG JAWAB"; }));
}

TEST(Wording, goes_through_json_and_keeps_defaults_for_what_is_missing)
{
    auto const before = wording();
    auto const after = wording_from_json(to_json(before));
    ASSERT_TRUE(after);
    EXPECT_EQ(after->considering, before.considering);
    EXPECT_EQ(after->dicta, before.dicta);
    EXPECT_EQ(after->signatory.name, "Nama Ketua");
    EXPECT_EQ(wording_from_json("{}")->legal_basis, default_wording().legal_basis);
    EXPECT_FALSE(wording_from_json("[1]"));
    EXPECT_FALSE(wording_from_json("{"));
}

TEST(Wording, warns_of_revoked_ended_and_changed_rules_and_never_of_the_defaults_revoked)
{
    auto const on = time::Date::of(2026, 2, 1);
    auto const warnings = legal_warnings({ "Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur Sipil Negara;", "Peraturan Menteri ... Nomor 26 Tahun 2020 tentang Pedoman Evaluasi ...;",
                                             "Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum;" },
        on);
    ASSERT_EQ(warnings.size(), 3U);
    EXPECT_EQ(warnings[0].by, "Undang-Undang Nomor 20 Tahun 2023");
    EXPECT_EQ(warnings[1].kind, LegalWarning::Kind::Revoked);
    EXPECT_EQ(warnings[2].kind, LegalWarning::Kind::Changed);
    EXPECT_THAT(legal_warnings({ "Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur Sipil Negara;" }, time::Date::of(2022, 1, 1)), IsEmpty()) << "it was in force then";
    for (auto const& each : legal_warnings(default_wording().legal_basis, on))
        EXPECT_NE(each.kind, LegalWarning::Kind::Revoked) << each.line;
    EXPECT_FALSE(offered_rules(default_wording().legal_basis, on).empty());
}
