#include "codec/cell_signs.hpp"
#include "codec/reading_rules.hpp"
#include "decree/page_join.hpp"
#include "decree/read_decree.hpp"
#include <algorithm>
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::decree;

namespace {

/// A page whose rows have cells of equal width, each with its box.
codec::Page page(std::vector<std::vector<std::string>> const& rows, int confidence = -1)
{
    codec::Page made;
    made.width = 900;
    made.height = 600;
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            int const width = 9000 / static_cast<int>(rows[r].size());
            codec::Box const box { 500 + static_cast<int>(c) * width, 500 + static_cast<int>(r) * 500, 500 + static_cast<int>(c + 1) * width, 1000 + static_cast<int>(r) * 500 };
            made.cells.push_back({ static_cast<int>(r) + 1, static_cast<int>(c) + 1, 1, 1, rows[r][c], box, confidence });
        }
    return made;
}

std::vector<std::string> texts(std::vector<SourceRow> const& rows, std::size_t column)
{
    std::vector<std::string> found;
    for (auto const& row : rows)
        found.push_back(column < row.cells.size() ? row.cells[column] : "");
    return found;
}

std::vector<std::string> const heading { "NO", "KEGIATAN", "INDIKATOR", "JAN", "FEB" };

}

TEST(PageJoin, ATextThatGoesOnOverThePageIsOne)
{
    codec::Document const document { codec::Format::Pdf, { page({ heading, { "1", "1. Menyusun rencana", "Dokumen rencana", "√", "" } }), page({ heading, { "", "kerja tahunan;", "yang ditetapkan;", "", "√" }, { "2", "2. Rapat;", "Notula;", "", "√" } }) } };
    auto const rows = paper_rows(document);
    EXPECT_EQ(texts(rows, 1), (std::vector<std::string> { "KEGIATAN", "1. Menyusun rencana kerja tahunan;", "KEGIATAN", "2. Rapat;" }));
    EXPECT_EQ(rows[1].cells[4], "√");
    EXPECT_EQ(rows[1].source.page, 1);
    EXPECT_EQ(rows[3].source.page, 2);
    EXPECT_LT(rows[1].source.line, rows[3].source.line);
}

TEST(PageJoin, ANewRowStaysANewRow)
{
    codec::Document const document { codec::Format::Pdf, { page({ heading, { "1", "1. Menyusun rencana;", "Dokumen;", "√", "" } }), page({ { "", "2. Rapat;", "Notula;", "", "√" } }) } };
    EXPECT_EQ(paper_rows(document).size(), 3U);
}

TEST(PageJoin, TheCellOfATextIsKept)
{
    auto const rows = paper_rows({ codec::Format::Pdf, { page({ heading, { "1", "1. Rapat;", "Notula;", "√", "" } }, 70) } });
    auto const source = rows[1].at(2);
    EXPECT_EQ(source.cell, "C2");
    EXPECT_EQ(source.box.left, 500 + 2 * 1800);
    EXPECT_EQ(rows[1].confidence_at(2), 70);
}

TEST(PageJoin, RecognisedNumbersThatLookAlikeAreMended)
{
    auto const rows = paper_rows({ codec::Format::Pdf, { page({ heading, { "1", "a. Satu hal;", "x", "", "" }, { "", "b. Dua hal;", "x", "", "" }, { "", "«. Tiga hal;", "x", "", "" } }, 80) } });
    EXPECT_EQ(rows[3].cells[1], "c. Tiga hal;");
}

TEST(PageJoin, PageNumbersAreLeftOut)
{
    auto first = page({ heading, { "1", "1. Rapat;", "Notula;", "√", "" } });
    first.lines = { "- 3 -", "Lampiran", "442);" };
    first.line_rows = { 1, 1, 1 };
    auto const rows = paper_rows({ codec::Format::Pdf, { first } });
    EXPECT_EQ(rows[0].raw, "Lampiran");
    EXPECT_EQ(rows[1].raw, "442);") << "the end of a sentence is no page number";
    EXPECT_EQ(rows.size(), 4U);
}

TEST(PageJoin, WhatIsLeftOfTheNumbersOfTheColumnsIsNoRow)
{
    auto const first = page({ heading, { "1", "1. Rapat;", "Notula;", "√", "" } }, 90);
    auto const second = page({ heading, { "", "(3)", "49", "", "" }, { "2", "2. Laporan;", "Dokumen;", "", "√" } }, 90);
    auto const rows = paper_rows({ codec::Format::Pdf, { first, second } });
    EXPECT_TRUE(std::ranges::none_of(rows, [](auto& row) { return row.cells.size() > 1 && row.cells[1] == "(3)"; }));
    EXPECT_TRUE(std::ranges::any_of(rows, [](auto& row) { return row.cells.size() > 1 && row.cells[1] == "2. Laporan;"; }));
}

TEST(PageJoin, AMergedMarkAboveThePagesEndIsTheRowsMark)
{
    auto first = page({ heading, { "1", "1. Rapat;", "Notula;", "√", "" }, { "", "", "Daftar hadir;", "", "" } });
    auto const second = page({ heading, { "2", "2. Laporan;", "Dokumen;", "", "√" } });
    EXPECT_GE(paper_rows({ codec::Format::Pdf, { first, second } })[2].confidence_at(4), 0) << "its marks may stand on the other page";
    std::erase_if(first.cells, [](auto& cell) { return cell.row == 3 && cell.column == 4; });
    std::ranges::find_if(first.cells, [](auto& cell) { return cell.text == "√"; })->row_span = 2;
    EXPECT_LT(paper_rows({ codec::Format::Pdf, { first, second } })[2].confidence_at(4), 0);
}

TEST(PageJoin, ANameWithoutItsNumberGoesOnWithTheOneBefore)
{
    codec::Document document { codec::Format::Pdf, { page({ heading, { "I", "Penataan", "Dokumen", "√", "" }, { "II", "Penataan dan Penguatan", "Notula;", "√", "" } }), page({ heading, { "", "Organisasi", "Laporan;", "", "√" } }) } };
    EXPECT_EQ(paper_rows(document)[2].cells[1], "Penataan dan Penguatan Organisasi");
    document.pages[1].cells[6].text = "Penataan dan Penguatan";
    EXPECT_EQ(paper_rows(document)[2].cells[1], "Penataan dan Penguatan") << "named again on the next page";
}

TEST(PageJoin, APageThatLostItsFirstColumnsKeepsTheOthersInPlace)
{
    auto second = page({ { "", "2. Rapat;", "Notula;", "", "√" }, { "", "3. Apel;", "Foto;", "√", "" } });
    std::erase_if(second.cells, [](auto& cell) { return cell.column < 3; });
    for (auto& cell : second.cells)
        cell.column -= 2;
    auto const rows = paper_rows({ codec::Format::Pdf, { page({ heading, { "1", "1. Menyusun;", "Dokumen;", "√", "" }, { "2", "2. Rapat;", "Notula;", "√", "" } }), second } });
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[3].cells[2], "Notula;");
    EXPECT_EQ(rows[3].cells[4], "√");
    EXPECT_EQ(rows[4].cells[3], "√");
}

TEST(PageJoin, AColumnTooManyOnOnePageMovesNoMark)
{
    auto second = page({ { "", "2. Rapat;", "Notula;", "", "√" } });
    for (auto& cell : second.cells)
        cell.column += cell.column > 2 ? 1 : 0;
    auto const rows = paper_rows({ codec::Format::Pdf, { page({ heading, { "1", "1. Menyusun;", "Dokumen;", "√", "" } }), second } });
    EXPECT_EQ(rows[2].cells[2], "Notula;");
    EXPECT_EQ(rows[2].cells[4], "√");
}

TEST(PageJoin, RecognisedNumbersOfColumnsAreNoRow)
{
    for (auto const& numbers : std::vector<std::vector<std::string>> { { "“)", "2", "(3)", "4", "(5)" }, { "1", "2", "lil", "4", "5" }, { "“)", "2)", "(3)", "9", "(5)", "(6)", "@)" }, { "D", "(2)", "(3)", "49", "(5)" } }) {
        auto const rows = paper_rows({ codec::Format::Pdf, { page({ heading, numbers, { "1", "1. Rapat;", "Notula;", "√", "" } }, 80) } });
        EXPECT_EQ(texts(rows, 1), (std::vector<std::string> { "KEGIATAN", "1. Rapat;" }));
    }
}

namespace {

/// A recognised page of a plan whose rows are: number, activity, sub-activity, indicator, and the months with a mark.
struct PlanRow {
    std::vector<std::string> texts;
    std::vector<int> months;
};

Draft read_plan(std::vector<PlanRow> const& plan)
{
    std::vector<std::vector<std::string>> rows { { "NO", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR", "JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGT", "SEP", "OKT", "NOV", "DES" } };
    for (auto const& row : plan) {
        rows.push_back(row.texts);
        for (int month = 1; month <= 12; ++month)
            rows.back().emplace_back(std::ranges::find(row.months, month) != row.months.end() ? "√" : "");
    }
    auto made = page(rows, 90);
    for (auto& cell : made.cells)
        if (cell.text == codec::unread_cell)
            cell.confidence = 0;
        else if (cell.text.empty())
            cell.confidence = -1;
    return read_decree({ codec::Format::Pdf, { made } }, built_in_shape().value()).value();
}

std::vector<Node> subactivities(Draft const& draft)
{
    std::vector<Node> found;
    std::ranges::copy_if(draft.nodes, std::back_inserter(found), [](auto& node) { return node.level == Level::Subactivity; });
    return found;
}

}

TEST(PageJoin, ARowWhoseTextWasNotRecognisedIsARowOfItsOwn)
{
    auto const subs = subactivities(read_plan({ { { "1", "1. Tim", "1. Menyusun rencana;", "Dokumen;" }, { 2 } }, { { "", "", "…", "Notula;" }, { 7, 12 } }, { { "", "", "3. Melaporkan;", "Laporan;" }, { 12 } } }));
    ASSERT_EQ(subs.size(), 3U);
    EXPECT_EQ(subs[0].months.months, (std::vector { 2 }));
    EXPECT_TRUE(subs[0].months.certain);
    EXPECT_EQ(subs[1].text, "");
    EXPECT_EQ(subs[1].months.months, (std::vector { 7, 12 }));
    EXPECT_EQ(subs[2].months.months, (std::vector { 12 }));
}

TEST(PageJoin, OnAScanRowsOfOtherMarksInOneSubactivityAreAskedAbout)
{
    auto const subs = subactivities(read_plan({ { { "1", "1. Tim", "1. Menyusun rencana;", "Dokumen;" }, { 2 } }, { { "", "", "", "Notula;" }, { 7, 12 } }, { { "", "", "2. Melaporkan;", "Laporan;" }, { 12 } }, { { "", "", "", "Surat;" }, { 12 } } }));
    ASSERT_EQ(subs.size(), 2U);
    EXPECT_FALSE(subs[0].months.certain);
    EXPECT_TRUE(subs[0].months.unclear);
    EXPECT_TRUE(subs[1].months.certain) << "the same marks beside each indicator";
}

TEST(PageJoin, OnAScanRowsInsideTheMergedCellOfTheirSubactivityAreCertain)
{
    std::vector<std::string> head { "NO", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR KEBERHASILAN", "JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGT", "SEP", "OKT", "NOV", "DES" };
    std::vector<std::string> first { "1", "1. Tim", "1. Menyusun rencana;", "1. Dokumen;", "√" };
    std::vector<std::string> second { "", "", "", "2. Notula;", "", "", "√" };
    first.resize(16), second.resize(16);
    auto const read = [&](bool merged) {
        auto made = page({ head, first, second }, 90);
        if (merged) {
            std::erase_if(made.cells, [](auto& cell) { return cell.row == 3 && cell.column == 3; });
            std::ranges::find_if(made.cells, [](auto& cell) { return cell.row == 2 && cell.column == 3; })->row_span = 2;
        }
        for (auto& cell : made.cells)
            cell.confidence = cell.text.empty() ? -1 : cell.confidence;
        return subactivities(read_decree({ codec::Format::Pdf, { made } }, built_in_shape().value()).value()).at(0).months;
    };
    EXPECT_TRUE(read(true).certain);
    EXPECT_EQ(read(true).months, (std::vector { 1, 3 }));
    EXPECT_FALSE(read(false).certain) << "the second row may be one whose text was lost";
}

TEST(PageJoin, AFullLineIsFollowedByASentenceOfItsOwnWhereOthersBeginSo)
{
    auto const text = [](std::string const& indicator) {
        return paper_rows({ codec::Format::Pdf, { page({ heading, { "1", "1. Rapat;", indicator, "√", "" }, { "2", "2. Apel;", "Evaluasi daftar hadir", "", "√" } }) } })[1].cells[2];
    };
    EXPECT_EQ(text("Monitoring realisasi anggaran \u2029 Evaluasi belanja"), "Monitoring realisasi anggaran \u2028 Evaluasi belanja");
    EXPECT_EQ(text("Monitoring realisasi \u2029 Anggaran belanja"), "Monitoring realisasi Anggaran belanja") << "no other cell begins so";
    EXPECT_EQ(text("Laporan Monitoring \u2029 Evaluasi belanja"), "Laporan Monitoring Evaluasi belanja") << "capitals are names there";
}

TEST(PageJoin, ATextStaysInTheColumnInWhichItIsPrinted)
{
    auto const subs = subactivities(read_plan({ { { "1", "1. Tim", "1. Menyusun rencana;", "Dokumen;" }, { 2 } }, { { "", "", "5. Menata arsip;", "1. Daftar arsip;" }, { 3 } } }));
    ASSERT_EQ(subs.size(), 2U);
    EXPECT_EQ(subs[1].text, "Menata arsip;") << "a number that does not follow moves nothing";
    EXPECT_TRUE(subs[1].months.certain);
}

TEST(PageJoin, AMergedCellOfIndicatorsGoesOnOverTheEndOfAPage)
{
    auto const months = [](std::vector<std::string> row) {
        row.resize(16);
        row[5] = "√";
        return row;
    };
    std::vector<std::string> const head { "NO", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR", "JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGT", "SEP", "OKT", "NOV", "DES" };
    auto first = page({ head, months({ "1", "1. Tim", "1. Menyusun rencana;", "Dokumen;" }), months({ "", "", "2. Rapat;", "" }) });
    std::erase_if(first.cells, [](auto& cell) { return cell.row == 3 && cell.column == 4; });
    std::ranges::find_if(first.cells, [](auto& cell) { return cell.text == "Dokumen;"; })->row_span = 2;
    auto const second = page({ head, months({ "", "", "3. Laporan;", "" }), months({ "", "", "4. Evaluasi;", "" }) });
    auto const draft = read_decree({ codec::Format::Pdf, { first, second } }, built_in_shape().value()).value();
    auto const indicator = std::ranges::find(draft.nodes, Level::Indicator, &Node::level);
    EXPECT_EQ(indicator->covers.size(), 3U) << "the fourth has a cell of its own";
}

TEST(PageJoin, MarksAloneAtTheEndOfAPageBelongToTheTextsOfTheNext)
{
    codec::Document const document { codec::Format::Pdf, { page({ heading, { "1", "1. Rapat;", "Notula;", "√", "" }, { "", "", "", "", "√" } }), page({ heading, { "2", "1. Laporan;", "Dokumen;", "", "" } }) } };
    auto const rows = paper_rows(document);
    EXPECT_EQ(rows[1].cells[4], "");
    EXPECT_EQ(rows[2].cells[1], "1. Laporan;");
    EXPECT_EQ(rows[2].cells[4], "√");
    EXPECT_EQ(rows[2].confidence_at(4), codec::reading::doubtful_mark) << "a page between the two may be lost";
}

TEST(PageJoin, ARowOfAScanWithoutMarksIsAskedAbout)
{
    std::vector<std::string> head { "NO", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR KEBERHASILAN", "JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGT", "SEP", "OKT", "NOV", "DES" };
    std::vector<std::string> first { "1", "1. Tim", "a. Rapat bulanan;", "Notula;", "√" };
    std::vector<std::string> second { "", "", "b. Laporan;", "Dokumen;" };
    first.resize(16), second.resize(16);
    auto const certain = [&](int confidence) {
        auto const draft = read_decree({ codec::Format::Pdf, { page({ head, first, second }, confidence) } }, built_in_shape().value()).value();
        std::vector<bool> found;
        for (auto const& sub : subactivities(draft))
            found.push_back(sub.months.certain);
        return found;
    };
    EXPECT_EQ(certain(95), (std::vector<bool> { true, false }));
    EXPECT_EQ(certain(-1), (std::vector<bool> { true, true })) << "what is printed as text is not overlooked";
}

TEST(PageJoin, ATextInTheMiddleOfACellThatIsCutByThePageBelongsToItsFirstRow)
{
    auto const without = [](codec::Page made, int row, int column) {       // part of the merged cell above
        std::erase_if(made.cells, [&](auto& cell) { return cell.row == row && cell.column == column; });
        return made;
    };
    auto first = page({ heading, { "1", "Satu", "a. Rapat;", "√", "" }, { "", "", "b. Apel;", "√", "" }, { "", "", "a. Arsip;", "", "√" } });
    first = without(without(std::move(first), 3, 1), 3, 2);
    auto const second = page({ { "2", "Dua", "b. Laporan;", "", "√" }, { "3", "Tiga", "a. Evaluasi;", "", "√" } });
    auto const rows = paper_rows({ codec::Format::Pdf, { first, second } });
    EXPECT_EQ(texts(rows, 0), (std::vector<std::string> { "NO", "1", "", "2", "", "3" }));
    EXPECT_EQ(texts(rows, 1), (std::vector<std::string> { "KEGIATAN", "Satu", "", "Dua", "", "Tiga" }));
    first.cells.insert(first.cells.begin() + 10, { 3, 2, 1, 1, "", { 2300, 1500, 4100, 2000 }, -1 });      // each row has a cell of its own: an empty one is no merged one
    EXPECT_EQ(texts(paper_rows({ codec::Format::Pdf, { first, second } }), 1)[4], "Dua");
}

TEST(PageJoin, NumberedMonthsAreNoNumbersOfColumnsAndAHeadingSwallowsNoRow)
{
    std::vector<std::string> head { "NO", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR", "BULAN" };
    std::vector<std::string> labels { "", "", "", "" };
    std::vector<std::string> row { "1", "1. Tim", "1. Rapat;", "Notula;", "√" };
    head.resize(16), row.resize(16);
    for (int month = 1; month <= 12; ++month)
        labels.push_back(std::to_string(month));
    auto made = page({ head, labels, row }, 90);
    for (auto& cell : made.cells)
        cell.row_span = cell.row == 1 && cell.column < 5 ? 2 : 1;
    EXPECT_EQ(paper_rows({ codec::Format::Pdf, { made } }).size(), 3U);
    auto lost = made;
    std::erase_if(lost.cells, [](auto& cell) { return cell.row == 2; });
    auto const draft = read_decree({ codec::Format::Pdf, { made, lost } }, built_in_shape().value()).value();
    EXPECT_GE(subactivities(draft).size(), 1U);
    EXPECT_TRUE(std::ranges::any_of(draft.nodes, [](auto& node) { return node.level == Level::Indicator && node.sources.size() > 0 && node.sources.back().page == 2; }));
}

TEST(PageJoin, AMisreadTextInACellOfItsOwnIsNoEndOfTheOneAbove)
{
    std::vector<std::string> const head { "NO", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR KEBERHASILAN", "JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGT", "SEP", "OKT", "NOV", "DES" };
    std::vector<std::string> first { "1", "1. Tim", "a. Rapat bulanan,", "Notula;", "√" };
    std::vector<std::string> second { "", "", "baMenginggah TOTE", "Laporan;", "", "√" };
    first.resize(16), second.resize(16);
    auto const read = [&](int confidence) {
        auto made = page({ head, first, second });
        for (auto& cell : made.cells)
            if (cell.row == 3 && cell.column == 3)
                cell.confidence = confidence;
        return subactivities(read_decree({ codec::Format::Pdf, { made } }, built_in_shape().value()).value()).size();
    };
    EXPECT_EQ(read(26), 2U);
    EXPECT_EQ(read(90), 1U) << "what is read for certain and begins in lower case goes on";
}

TEST(PageJoin, AMisreadNumberOfAnAreaIsNoText)
{
    std::vector<std::string> const head { "NO", "AREA PERUBAHAN", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR KEBERHASILAN", "JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGT", "SEP", "OKT", "NOV", "DES" };
    std::vector<std::string> first { "l", "Manajemen Perubahan", "a. Tim kerja", "1. Rapat bulanan;", "Notula;", "√" };
    first.resize(17);
    auto const draft = read_decree({ codec::Format::Pdf, { page({ head, first }, 80) } }, built_in_shape().value()).value();
    auto const subs = subactivities(draft);
    ASSERT_EQ(subs.size(), 1U);
    EXPECT_EQ(subs[0].text, "Rapat bulanan;");
    auto const area = std::ranges::find(draft.nodes, Level::Area, &Node::level);
    ASSERT_NE(area, draft.nodes.end());
    EXPECT_EQ(area->text, "Manajemen Perubahan");
}

TEST(PageJoin, AMisreadHeadingOfAScanIsKnownFromTheOtherPages)
{
    std::vector<std::string> const head { "NO", "AREA PERUBAHAN", "KEGIATAN", "SLB KEGIATAN", "INDIKATOR KEBERHASILAN", "JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGT", "SEP", "OKT", "NOV", "DES" };
    std::vector<std::string> numbers { "«", "2", "»", "“4", "5)", "(6)" };
    std::vector<std::string> first { "1", "Manajemen Perubahan", "a. Tim kerja", "1. Rapat bulanan;", "Notula;", "√" };
    std::vector<std::string> second { "2", "Deregulasi Kebijakan", "a. Penataan", "1. Pemetaan;", "Daftar;", "", "√" };
    numbers.resize(17), first.resize(17), second.resize(17);
    auto misread = head;
    misread[1] = "ARA PI.RLBAMAN";
    auto const areas = [&](int confidence) {
        auto const draft = read_decree({ codec::Format::Pdf, { page({ head, numbers, first }, confidence), page({ misread, numbers, second }, confidence) } }, built_in_shape().value()).value();
        std::vector<std::string> found;
        for (auto const& node : draft.nodes)
            if (node.level == Level::Area)
                found.push_back(node.text);
        EXPECT_EQ(subactivities(draft).size(), 2U);
        return found;
    };
    EXPECT_EQ(areas(80), (std::vector<std::string> { "Manajemen Perubahan", "Deregulasi Kebijakan" }));
}

TEST(PageJoin, TheNameOfAnAreaWhoseNumberStandsAloneAtTheEndOfAPageBelongsToIt)
{
    auto const without = [](codec::Page made, int row) {
        std::erase_if(made.cells, [&](auto& cell) { return cell.row == row && cell.column <= 2; });
        return made;
    };
    auto const first = without(page({ heading, { "7", "Penguatan Pengawasan", "a. Rapat;", "√", "" }, { "", "", "b. Apel;", "√", "" }, { "8", "", "a. Arsip;", "", "√" } }), 3);
    auto const second = page({ { "", "Peningkatan Pelayanan", "b. Laporan;", "", "√" }, { "9", "Tiga", "a. Evaluasi;", "", "√" } });
    auto const rows = paper_rows({ codec::Format::Pdf, { first, second } });
    EXPECT_EQ(texts(rows, 1), (std::vector<std::string> { "KEGIATAN", "Penguatan Pengawasan", "", "Peningkatan Pelayanan", "", "Tiga" }));
}

TEST(PageJoin, MarksBesideATextAreItsOwnThoughItsIndicatorStandsOnTheNextPage)
{
    std::vector<std::string> const head { "NO", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR", "JAN", "FEB" };
    auto const confidence = [&](std::vector<std::string> const& end, std::vector<std::string> const& next) {
        auto const rows = paper_rows({ codec::Format::Pdf, { page({ head, { "1", "1. Tim", "a. Rapat;", "Notula;", "√", "" }, end }), page({ head, next, { "", "", "c. Evaluasi;", "Nilai;", "", "√" } }) } });
        EXPECT_EQ(texts(rows, 3)[2], "Dokumen;");
        return rows[2].confidence_at(5);
    };
    EXPECT_EQ(confidence({ "", "", "b. Laporan;", "", "", "√" }, { "", "", "", "Dokumen;", "", "" }), -1);
    EXPECT_EQ(confidence({ "", "", "", "", "", "√" }, { "", "", "b. Laporan;", "Dokumen;", "", "" }), codec::reading::doubtful_mark);
}
