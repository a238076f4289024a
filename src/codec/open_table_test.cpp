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
