#include "paper/series.hpp"
#include "paper/signature.hpp"
#include "paper/words.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::paper;
using ::testing::ElementsAre;

TEST(PaperWords, offices_numbers_and_days_are_written_as_papers_write_them)
{
    EXPECT_EQ(office_name("KPU Kota Gorontalo"), "Komisi Pemilihan Umum Kota Gorontalo");
    EXPECT_EQ(office_name("KIP Aceh"), "KIP Aceh");
    EXPECT_EQ(number_in_words(11), "sebelas");
    EXPECT_EQ(number_in_words(115), "seratus lima belas");
    EXPECT_EQ(number_in_words(1021), "seribu dua puluh satu");
    EXPECT_EQ(day_in_words(time::Date::of(2026, 1, 12)), "Senin tanggal dua belas bulan Januari tahun dua ribu dua puluh enam");
    EXPECT_EQ(roman(9), "IX");
    EXPECT_EQ(roman(12), "XII");
    EXPECT_EQ(letter(1), "a");
    EXPECT_EQ(letter(27), "aa");
}

TEST(PaperSeries, patterns_give_the_numbers_that_offices_print)
{
    auto const on = time::Date::of(2026, 3, 5);
    EXPECT_EQ(*number_text("{n} TAHUN {year}", 5, "", "1571", on), "5 TAHUN 2026");
    EXPECT_EQ(*number_text("{n}/HK.03.1/{unit}/{year}", 15, "B", "1571", on), "15.B/HK.03.1/1571/2026");
    EXPECT_EQ(*number_text("{n:02}/ORT.07-Kpt/{unit}/{month}/{year}", 7, "", "15", on), "07/ORT.07-Kpt/15/3/2026");
    EXPECT_EQ(*number_text("{n}/ORT.07-Kpt/01/KPU/{roman}/{year}", 314, "", "00", on), "314/ORT.07-Kpt/01/KPU/III/2026");
}

TEST(PaperSeries, a_pattern_without_number_or_year_or_with_an_unknown_word_is_refused)
{
    auto const on = time::Date::of(2026, 3, 5);
    for (auto const* pattern : { "TAHUN {year}", "{n}", "{n}/{year", "{n}/{year}/{nomor}", "{n}/{year}}", "", "{}{n}{year}" })
        EXPECT_EQ(number_text(pattern, 1, "", "1571", on).error().message_key, "paper.series.pattern") << pattern;
}

TEST(Signature, says_in_which_capacity_somebody_signs)
{
    auto const own = signature({ "Ketua", "Nama" }, { "Ditetapkan di", "Jambi", time::Date::of(2026, 2, 3) });
    EXPECT_THAT(own.above, ElementsAre("Ditetapkan di Jambi", "pada tanggal 3 Februari 2026", "", "Ketua,"));
    EXPECT_TRUE(own.below.empty()) << "a commissioner has no NIP";
    EXPECT_THAT(signature({ "Kepala Subbagian Hukum", "Nama", number_line("198001012005011001", ""), Capacity::Acting }, {}).above, ElementsAre("Plt. Kepala Subbagian Hukum,"));
    auto const on_behalf = signature({ "Sekretaris", "Nama", number_line("198001012005011001", ""), Capacity::OnBehalf, "Kepala Subbagian Hukum" }, {});
    EXPECT_THAT(on_behalf.above, ElementsAre("a.n. Sekretaris", "Kepala Subbagian Hukum,"));
    EXPECT_THAT(on_behalf.below, ElementsAre("NIP 198001012005011001"));
    EXPECT_EQ(capacity_of("plh"), Capacity::Daily);
}

TEST(Signature, a_pair_begins_on_one_line_and_a_copy_says_ttd)
{
    Signing place { "", "Jambi", time::Date::of(2026, 2, 3) };
    Signing knows;
    knows.heading = "Mengetahui,";
    auto const both = pair(signature({ "Sekretaris", "A" }, knows), signature({ "Kepala Subbagian", "B" }, place));
    EXPECT_EQ(both.columns[0].above.size(), both.columns[1].above.size());
    Signing copy;
    copy.mark = Mark::Ttd;
    EXPECT_EQ(signature({ "Ketua", "A" }, copy).mark, "ttd.");
    EXPECT_THAT(certified_copy("Komisi Pemilihan Umum Kota Jambi", { "Sekretaris", "A" }).above,
        ElementsAre("Salinan sesuai dengan aslinya", "SEKRETARIAT KOMISI PEMILIHAN UMUM KOTA JAMBI", "Sekretaris,"));
}

TEST(Signature, signature_lists_let_neighbours_sign_apart)
{
    auto const table = signature_list({ { "Ketua", "A" }, { "Anggota", "B" } }, 1);
    std::vector<int> columns;
    for (auto const& cell : table.cells)
        if (cell.row > 0 && cell.column >= 3)
            columns.push_back(cell.column);
    EXPECT_THAT(columns, ElementsAre(3, 4, 3));
}
