#include "codec/open_table.hpp"
#include <algorithm>
#include <gtest/gtest.h>

using namespace kpuhub::codec;

namespace {

constexpr double pitch = 12;

/// Words of one line; the columns stand at 20, 60, 200, 350 and, from 500 on, every 30 points.
void put(OpenPage& page, double line, double x, std::string const& text)
{
    std::size_t from = 0;
    while (from < text.size()) {
        auto const end = std::min(text.find(' ', from), text.size());
        double const width = 5.0 * static_cast<double>(end - from);
        page.words.words.push_back({ { x, 100 + line * pitch, x + width, 110 + line * pitch }, text.substr(from, end - from), -1, 0 });
        x += width + 2.5;
        from = end + 1;
    }
}

OpenPage plan()
{
    OpenPage page { 0, { 800, 600, {} } };
    put(page, -3, 150, "RENCANA AKSI REFORMASI BIROKRASI TAHUN 2026 DI LINGKUNGAN KPU KOTA");
    for (auto const& [x, text] : std::vector<std::pair<double, std::string>> { { 20, "NO" }, { 60, "AREA" }, { 200, "KEGIATAN" }, { 350, "INDIKATOR" }, { 500, "BULAN" }, { 720, "KET" } })
        put(page, 0, x, text);
    for (int month = 0; month < 7; ++month)
        put(page, 1, 500 + 30 * month, std::vector<std::string> { "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul" }[static_cast<std::size_t>(month)]);
    put(page, 2, 20, "I");
    put(page, 2, 60, "Manajemen");
    put(page, 2, 200, "1. Menyusun rencana");
    put(page, 2, 350, "Dokumen rencana");
    put(page, 2, 530, "V");
    put(page, 3, 60, "Perubahan");
    put(page, 3, 200, "Kerja Tim");
    put(page, 4, 200, "2. Rapat bulanan");
    put(page, 4, 350, "Notula");
    put(page, 5, 350, "yang dikirim");
    put(page, 5, 560, "V");
    put(page, 7, 450, "Ditetapkan di Gorontalo pada tanggal 2 Januari 2026");
    return page;
}

std::string text_at(Page const& page, int row, int column)
{
    auto const found = std::ranges::find_if(page.cells, [&](auto& cell) { return cell.row == row && cell.column == column; });
    return found == page.cells.end() ? "-" : found->text;
}

int confidence_at(Page const& page, int row, int column)
{
    return std::ranges::find_if(page.cells, [&](auto& cell) { return cell.row == row && cell.column == column; })->confidence;
}

}

TEST(OpenTable, ColumnsAreTheStripsAndRowsBeginWithANumber)
{
    std::vector<Page> pages(1);
    read_open_tables(pages, { plan() });
    auto const& page = pages[0];
    EXPECT_EQ(text_at(page, 1, 2), "AREA");
    EXPECT_EQ(text_at(page, 1, 5), "BULAN");
    EXPECT_EQ(text_at(page, 2, 6), "Feb");
    EXPECT_EQ(text_at(page, 3, 2), "Manajemen Perubahan");
    EXPECT_EQ(text_at(page, 3, 3), "1. Menyusun rencana Kerja Tim") << "a capital letter begins no row";
    EXPECT_EQ(text_at(page, 3, 6), "V");
    EXPECT_EQ(text_at(page, 4, 4), "Notula yang dikirim");
    EXPECT_EQ(text_at(page, 5, 4), "-");
    EXPECT_EQ(page.lines, (std::vector<std::string> { "RENCANA AKSI REFORMASI BIROKRASI TAHUN 2026 DI LINGKUNGAN KPU KOTA", "Ditetapkan di Gorontalo pada tanggal 2 Januari 2026" }));
}

TEST(OpenTable, AMarkThatStandsOnNoRowsFirstLineIsAskedAbout)
{
    std::vector<Page> pages(1);
    read_open_tables(pages, { plan() });
    EXPECT_LT(confidence_at(pages[0], 3, 6), 0);
    EXPECT_EQ(text_at(pages[0], 4, 7), "V");
    EXPECT_EQ(confidence_at(pages[0], 4, 7), 50);
}

TEST(OpenTable, PagesWithoutATableStayAsTheyAre)
{
    OpenPage page { 0, { 800, 600, {} } };
    for (int line = 0; line < 20; ++line)
        put(page, line, 60, "Menimbang bahwa rencana aksi perlu ditetapkan dengan keputusan");
    std::vector<Page> pages(1);
    pages[0].lines = { "Menimbang" };
    read_open_tables(pages, { page });
    EXPECT_TRUE(pages[0].cells.empty());
    EXPECT_EQ(pages[0].lines.size(), 1U);
    read_open_tables(pages, {});
}

namespace {

/// A plan with twelve narrow months, 18 points apart, whose rows have no numbers; lines of a cell 12 points apart.
OpenPage narrow_months()
{
    OpenPage page { 0, { 800, 600, {} } };
    for (auto const& [x, text] : std::vector<std::pair<double, std::string>> { { 20, "NO" }, { 60, "AREA" }, { 160, "KEGIATAN" }, { 300, "INDIKATOR" }, { 500, "PELAKSANAAN (BULAN)" }, { 730, "KET" } })
        put(page, 0, x, text);
    for (int month = 0; month < 12; ++month)
        put(page, 1, 450 + 18 * month, std::vector<std::string> { "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des" }[static_cast<std::size_t>(month)]);
    return page;
}

void put_row(OpenPage& page, double line, std::vector<std::string> const& activity, std::vector<std::string> const& indicator, double mark_line, int month)
{
    for (std::size_t i = 0; i < activity.size(); ++i)
        put(page, line + static_cast<double>(i), 160, activity[i]);
    for (std::size_t i = 0; i < indicator.size(); ++i)
        put(page, line + static_cast<double>(i), 300, indicator[i]);
    put(page, mark_line, 450 + 18 * (month - 1) + 4, "V");
}

}

TEST(OpenTable, LabelsThatStandCloseTogetherAreColumnsOfTheirOwn)
{
    auto page = narrow_months();
    put_row(page, 3, { "Menyusun rencana", "kerja tim" }, { "Dokumen rencana" }, 3, 2);
    put_row(page, 6, { "Rapat bulanan" }, { "Notula rapat", "yang dikirim" }, 6, 12);
    std::vector<Page> pages(1);
    read_open_tables(pages, { page });
    EXPECT_EQ(text_at(pages[0], 2, 6), "Feb");
    EXPECT_EQ(text_at(pages[0], 2, 16), "Des");
    EXPECT_EQ(text_at(pages[0], 3, 6), "V");
    EXPECT_EQ(text_at(pages[0], 4, 16), "V");
    EXPECT_LT(confidence_at(pages[0], 3, 6), 0);
}

TEST(OpenTable, ARowBeginsWhereMoreLiesFreeThanBetweenTwoLines)
{
    auto page = narrow_months();
    put_row(page, 3, { "Menyusun rencana", "Kerja Tim" }, { "Dokumen rencana", "Kerja Tim" }, 3, 2);
    put_row(page, 5.25, { "Rapat bulanan", "Reformasi Birokrasi" }, { "Notula rapat" }, 5.25, 3);
    put_row(page, 7.5, { "Laporan semester" }, { "Dokumen laporan", "Reformasi Birokrasi" }, 7.5, 6);
    std::vector<Page> pages(1);
    read_open_tables(pages, { page });
    EXPECT_EQ(text_at(pages[0], 3, 3), "Menyusun rencana Kerja Tim");
    EXPECT_EQ(text_at(pages[0], 4, 3), "Rapat bulanan Reformasi Birokrasi") << "3 points more than a line are a new row, without a number";
    EXPECT_EQ(text_at(pages[0], 5, 4), "Dokumen laporan Reformasi Birokrasi");
    EXPECT_EQ(text_at(pages[0], 5, 10), "V");
}

TEST(OpenTable, AMarkInTheMiddleOfItsRowIsCertain)
{
    auto page = narrow_months();
    put_row(page, 3, { "Menyusun rencana", "kerja tim", "reformasi" }, { "Dokumen rencana" }, 4, 2);
    put_row(page, 6.25, { "Rapat bulanan", "seluruh pegawai" }, { "Notula" }, 7.25, 3);
    std::vector<Page> pages(1);
    read_open_tables(pages, { page });
    EXPECT_EQ(text_at(pages[0], 3, 6), "V");
    EXPECT_LT(confidence_at(pages[0], 3, 6), 0);
    EXPECT_EQ(confidence_at(pages[0], 4, 7), 50) << "on the last line of a row";
}

TEST(OpenTable, ALineOverColumnsEndsTheTableAndAFullCellDoesNot)
{
    auto page = narrow_months();
    put_row(page, 3, { "Menyusun rencana", "seluruh tim di kantor ini" }, { "Dokumen rencana", "kerja tahunan", "yang sah" }, 3, 2);      // ends 15 points before the next column
    put_row(page, 6.25, { "Rapat bulanan" }, { "Notula rapat" }, 6.25, 3);
    put(page, 9, 330, "Ditetapkan di Gorontalo pada tanggal 2 Januari 2026");
    put(page, 10, 500, "KETUA KOMISI PEMILIHAN UMUM");
    put(page, 12, 390, "- 4 -");
    std::vector<Page> pages(1);
    read_open_tables(pages, { page });
    EXPECT_EQ(text_at(pages[0], 3, 3), "Menyusun rencana seluruh tim di kantor ini");
    EXPECT_EQ(text_at(pages[0], 4, 4), "Notula rapat");
    EXPECT_EQ(pages[0].lines, (std::vector<std::string> { "Ditetapkan di Gorontalo pada tanggal 2 Januari 2026", "KETUA KOMISI PEMILIHAN UMUM", "- 4 -" }));
}

TEST(OpenTable, WhatBeginsBelowTheFirstLineOfAPageGoesOnWithNothing)
{
    auto first = narrow_months();
    put(first, 3, 60, "Penataan");
    put_row(first, 3, { "Menyusun rencana" }, { "Dokumen rencana", "kerja tim" }, 3, 2);
    OpenPage second { 1, { 800, 600, {} } };
    put_row(second, 0, { "Rapat bulanan" }, { "Notula rapat" }, 0, 3);
    put_row(second, 2.25, { "Apel pagi" }, { "Daftar hadir", "seluruh pegawai" }, 2.25, 4);
    put(second, 2.25, 60, "Penguatan");
    std::vector<Page> pages(2);
    read_open_tables(pages, { first, second });
    EXPECT_EQ(text_at(pages[0], 3, 2), "Penataan");
    EXPECT_EQ(text_at(pages[1], 1, 3), "Rapat bulanan") << "marks beside it tell that it is a row";
    EXPECT_EQ(text_at(pages[1], 2, 2), "Penguatan");
}

TEST(OpenTable, LabelsThatRunIntoEachOtherAreParted)
{
    auto page = narrow_months();
    std::erase_if(page.words.words, [](auto& word) { return word.text == "Mar" || word.text == "Apr"; });
    page.words.words.push_back({ { 484, 112, 520, 122 }, "MaretApril", -1, 0 });
    put_row(page, 3, { "Menyusun rencana", "kerja tim" }, { "Dokumen rencana" }, 3, 3);
    put_row(page, 6, { "Rapat bulanan" }, { "Notula rapat", "yang dikirim" }, 6, 4);
    std::vector<Page> pages(1);
    read_open_tables(pages, { page });
    EXPECT_EQ(text_at(pages[0], 2, 7), "Maret");
    EXPECT_EQ(text_at(pages[0], 2, 8), "April");
    EXPECT_EQ(text_at(pages[0], 3, 7), "V");
    EXPECT_EQ(text_at(pages[0], 4, 8), "V");
}

TEST(OpenTable, MarksOfTwoLinesInOneMonthAreOneMarkInDoubt)
{
    auto page = narrow_months();
    put_row(page, 3, { "Menyusun rencana", "kerja tim", "reformasi" }, { "Dokumen rencana" }, 3, 2);
    put(page, 5, 472, "V");
    std::vector<Page> pages(1);
    read_open_tables(pages, { page });
    EXPECT_EQ(text_at(pages[0], 3, 6), "V");
    EXPECT_EQ(confidence_at(pages[0], 3, 6), 50);
}

TEST(OpenTable, AWordWhoseEndStandsBeforeItsBeginningCrossesNothing)
{
    auto open = plan();
    open.words.words.push_back({ { 725, 100 + 6 * pitch, 30, 110 + 6 * pitch }, "terbalik", -1, 0 });
    std::vector<Page> pages(1);
    read_open_tables(pages, { open });
    EXPECT_EQ(text_at(pages[0], 3, 3), "1. Menyusun rencana Kerja Tim");
}
