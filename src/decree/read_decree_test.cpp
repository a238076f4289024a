#include "codec/text.hpp"
#include "decree/apply.hpp"
#include "decree/draft_json.hpp"
#include "decree/draft_to_plan.hpp"
#include "decree/list_words.hpp"
#include "decree/read_decree.hpp"
#include "decree/words.hpp"
#include <algorithm>
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::decree;

namespace {

Shape const& shape()
{
    static Shape const built_in = built_in_shape().value();
    return built_in;
}

Result<Draft> read(std::string const& text) { return read_decree(codec::read_text(text, {}).value(), shape()); }

/// Sixteen or more cells under the months heading: the tables that OCR stretches.
std::string table(std::string const& rows, int cells = 12)
{
    std::string const tabs(static_cast<std::size_t>(cells) - 1, '\t');
    return "NO\tAREA PERUBAHAN\tKEGIATAN\tSUB KEGIATAN\tINDIKATOR KEBERHASILAN\tPELAKSANAAN (BULAN)" + tabs + "\n"
        + "\t\t\t\t\tJAN\tFEB\tMAR\tAPR\tMEI\tJUN\tJUL\tAGT\tSEPT\tOKT\tNOV\tDES" + std::string(static_cast<std::size_t>(cells) - 12, '\t') + "\n" + rows;
}

std::string row(std::string const& texts, std::vector<int> const& marks, int cells = 12)
{
    std::string line = texts;
    for (int i = 1; i <= cells; ++i)
        line += std::ranges::find(marks, i) != marks.end() ? "\t√" : "\t";
    return line + "\n";
}

std::vector<Node> at(Draft const& draft, Level level)
{
    std::vector<Node> found;
    std::ranges::copy_if(draft.nodes, std::back_inserter(found), [&](auto& node) { return node.level == level; });
    return found;
}

}

TEST(ReadDecree, MarksUnderTwelveLabelsAreCertain)
{
    auto const draft = read(table(row("1\tManajemen Perubahan\t1. Tim\t1. Menetapkan tim\tAdanya SK", { 3, 6 }))).value();
    auto const subs = at(draft, Level::Subactivity);
    ASSERT_EQ(subs.size(), 1U);
    EXPECT_TRUE(subs[0].months.certain);
    EXPECT_EQ(subs[0].months.months, (std::vector { 3, 6 }));
}

TEST(ReadDecree, MarksOfAStretchedTableAreAskedFor)
{
    auto const rows = row("1\tManajemen Perubahan\t1. Tim\t1. Menetapkan tim\tAdanya SK", { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 }, 16)
        + row("\t\t\t2. Rapat tim\tAdanya notula", { 6, 14 }, 16);
    auto const draft = read(table(rows, 16)).value();
    auto const subs = at(draft, Level::Subactivity);
    ASSERT_EQ(subs.size(), 2U);
    EXPECT_FALSE(subs[0].months.certain);
    EXPECT_EQ(subs[0].months.months.size(), 12U);
    EXPECT_FALSE(subs[1].months.certain);
}

TEST(ReadDecree, SplitsListsAndKeepsListsBehindAColon)
{
    auto const draft = read(table(row("1\tManajemen Perubahan\t1. Tim\t1. Menetapkan tim: 1 Pengarah; 2 Pelaksana;\t1. Adanya SK; 2. Adanya notula;", { 1 })
        + row("\t\t2. Arsip\t1. Menata arsip; 2. Memelihara arsip;\tDaftar arsip", { 2 }))).value();
    EXPECT_EQ(at(draft, Level::Subactivity).size(), 3U);
    EXPECT_EQ(at(draft, Level::Indicator).size(), 3U);
}

TEST(ReadDecree, ARowPushedToTheRightFindsItsPlaceByItsNumbers)
{
    auto const draft = read(table(row("7\tPenguatan Pengawasan\t1. Gratifikasi\t1. Membentuk unit\t1. Adanya unit", { 1 })
        + "\t\t\t\t2. Saluran pelaporan\t1. Membuka saluran\t1. Adanya saluran\t√\n")).value();
    auto const activities = at(draft, Level::Activity);
    ASSERT_EQ(activities.size(), 2U);
    EXPECT_EQ(activities[1].text, "Saluran pelaporan");
    EXPECT_FALSE(at(draft, Level::Subactivity)[1].months.certain);
}

TEST(ReadDecree, RefusesWhatIsNoPlan)
{
    EXPECT_EQ(read("surat biasa\n").error().message_key, "decree.no_table");
    EXPECT_EQ(read("NO\tAREA PERUBAHAN\tKEGIATAN\tSUB KEGIATAN\tINDIKATOR KEBERHASILAN\n1\tA\tB\tC\tD\n").error().message_key, "decree.no_months");
    EXPECT_EQ(read(table("", 40)).error().message_key, "decree.too_many_months");
    EXPECT_EQ(read(table("")).error().message_key, "decree.no_rows");
    auto const head = [](char const* number) { return "KEPUTUSAN KOMISI PEMILIHAN UMUM KOTA X\nNOMOR " + std::string { number } + " TAHUN 2026\n"; };
    EXPECT_EQ(read(head("1") + table(row("1\tA\tB\tC\tD", { 1 })) + head("2")).error().message_key, "decree.two_plans");
}

TEST(ReadDecree, ARowLeftOpenHasNoTextAndIsKeptAsSuchInThePlan)
{
    auto const draft = read(table(row("1\tManajemen Perubahan\t…\t2) Pelaporan LHKPN\tPersentase pelaporan", { 1 }) + row("\t\t\t....\t1. Adanya budaya kerja", { 2 })
                                + row("\t\t3. Pelaporan\t1. Melaporkan pelaksanaan\tAdanya laporan", { 6 })))
                           .value();
    auto const activities = at(draft, Level::Activity);
    auto const subs = at(draft, Level::Subactivity);
    ASSERT_EQ(activities.size(), 2U);
    ASSERT_EQ(subs.size(), 3U);
    EXPECT_EQ(activities[0].text, "");
    EXPECT_EQ(subs[0].text, "2) Pelaporan LHKPN") << "no activity says that its numbers begin here";
    EXPECT_EQ(subs[1].text, "");
    EXPECT_EQ(std::ranges::count(draft.findings, FindingKind::ActivityUnnamed, &Finding::kind), 1);
    EXPECT_EQ(std::ranges::count(draft.findings, FindingKind::SubactivityUnnamed, &Finding::kind), 1);
    auto const plan = to_plan(draft, {});
    EXPECT_TRUE(plan::check(plan)) << "an old decree with a lost text can be fixed";
    EXPECT_EQ(plan.areas.at(0).children.at(0).row.body, "…");
    EXPECT_EQ(plan.areas.at(0).children.at(0).children.at(1).row.body, "…");
}

TEST(Draft, ComesBackEqualFromItsStoredForm)
{
    auto const draft = read(table(row("1\tManajemen Perubahan\t1. Tim\t1. Menetapkan tim\tJumlah SK", { 1, 2 }))).value();
    EXPECT_EQ(from_json(to_json(draft, true)).value(), draft);
    EXPECT_EQ(from_json("{}").error().message_key, "decree.draft_broken");
}

TEST(Apply, SettlesAGroupTogetherAndRefusesWhatDoesNotFit)
{
    std::vector<int> const all { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
    auto const draft = read(table(row("1\tManajemen Perubahan\t1. Tim\t1. Menetapkan tim\tSK", all, 16) + row("\t\t\t2. Rapat\tNotula", all, 16), 16)).value();
    auto const list = groups(draft);
    auto const group = std::ranges::find(list, FindingKind::FullYearMarks, &FindingGroup::kind);
    ASSERT_NE(group, list.end());
    EXPECT_EQ(group->nodes.size(), 2U);
    auto const settled = apply(draft, *group, { .change = Change::AllMonths }).value();
    for (auto const& sub : at(settled, Level::Subactivity))
        EXPECT_TRUE(sub.months.certain);
    EXPECT_EQ(apply(draft, *group, { .change = Change::UseClosingValue }).error().message_key, "decree.decision_unfit");
    EXPECT_EQ(apply(Draft {}, *group, { .change = Change::AllMonths }).error().message_key, "decree.draft_changed");
}

TEST(Words, NumbersAreToldFromSentences)
{
    EXPECT_EQ(marker("2. Sosialisasi").rank, 2);
    EXPECT_EQ(marker("c) Rapat").way, Numbering::LetterParen);
    EXPECT_EQ(marker("IV. Area").rank, 4);
    EXPECT_EQ(marker("100% pegawai").way, Numbering::None);
    EXPECT_EQ(marker("14 komponen").way, Numbering::Plain);
    EXPECT_EQ(clean("**a** <i>b</i> &amp; c < 1"), "a b & c < 1");
}

TEST(Words, LinesBrokenOnPurposeAreIndicatorsWhereEachBeginsASentence)
{
    std::string const line { "\xE2\x80\xA8" };
    EXPECT_EQ(list_parts("Monitoring realisasi anggaran " + line + " Evaluasi penggunaan anggaran", true).size(), 2U);
    EXPECT_EQ(list_parts("Menetapkan agen perubahan; " + line + " Melaksanakan pelatihan.", true).size(), 2U);
    EXPECT_EQ(list_parts("Adanya keputusan tentang " + line + " Tim kerja", true).size(), 1U);
    EXPECT_EQ(list_parts("-. Pelaksanaan evaluasi; " + line + " -. Tindak lanjut", true).size(), 2U);
    EXPECT_EQ(list_parts("Adanya keputusan dari " + line + " Ketua", true).size(), 1U) << "the word asks for another";
    EXPECT_EQ(list_parts("Laporan " + line + " KPU Provinsi", true).size(), 1U) << "a name may stand anywhere";
    EXPECT_EQ(list_parts("Monitoring realisasi anggaran " + line + " Evaluasi", false).size(), 1U) << "a sub-activity is one text";
}
