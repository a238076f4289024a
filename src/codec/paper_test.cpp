#include "codec/cell_signs.hpp"
#include "codec/child_process.hpp"
#include "codec/document_lines.hpp"
#include "codec/paper_grid.hpp"
#include "codec/paper_marks.hpp"
#include "codec/paper_page.hpp"
#include "codec/paper_recognise.hpp"
#include "codec/paper_words.hpp"
#include "codec/pdf_facts.hpp"
#include <algorithm>
#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

using namespace kpuhub;
using namespace kpuhub::codec;

namespace {

/// White paper at 200 dpi on which lines and blots are drawn.
class Paper {
public:
    Paper(int width, int height) : m_picture(pixCreate(width, height, 8)) { pixSetAllGray(m_picture.get(), 255); }
    void fill(int left, int top, int width, int height, int grey = 0)
    {
        auto* box = boxCreate(left, top, width, height);
        pixSetInRectArbitrary(m_picture.get(), box, static_cast<l_uint32>(grey));
        boxDestroy(&box);
    }
    /// A grid of lines three pixels thick at these places.
    void grid(std::vector<int> const& columns, std::vector<int> const& rows)
    {
        for (int const y : rows)
            fill(columns.front(), y, columns.back() - columns.front() + 3, 3);
        for (int const x : columns)
            fill(x, rows.front(), 3, rows.back() - rows.front() + 3);
    }
    [[nodiscard]] InkSheet sheet() const { return make_sheet(Ink { pixCopy(nullptr, m_picture.get()) }, 200, Origin::Drawn, 0); }
    [[nodiscard]] std::vector<Grid> grids() const
    {
        auto const made = sheet();
        return find_grids(made, find_rules(made));
    }
    Pix* picture() { return m_picture.get(); }

private:
    Ink m_picture;
};

GridCell const* cell_at(Grid const& grid, int row, int column)
{
    auto const found = std::ranges::find_if(grid.cells, [&](auto& cell) { return cell.row == row && cell.column == column; });
    return found == grid.cells.end() ? nullptr : &*found;
}

std::vector<int> const columns { 100, 300, 500, 560, 620, 680 };
std::vector<int> const rows { 100, 200, 300, 400 };

}

TEST(PaperWords, ALineIsBrokenOnPurposeWhereTheNextWordHadHadRoom)
{
    auto const word = [](double left, double top, double width, std::string text) { return PaperWord { { left, top, left + width, top + 10 }, std::move(text) }; };
    Area const cell { 0, 0, 100, 60 };
    auto const lines = lines_of({ word(4, 0, 40, "Monitoring"), word(4, 15, 40, "Evaluasi"), word(58, 15, 36, "anggaran"), word(4, 30, 30, "tahunan") });
    EXPECT_EQ(joined(lines, &cell), "Monitoring \xE2\x80\xA8 Evaluasi anggaran tahunan");
    EXPECT_EQ(joined(lines), "Monitoring Evaluasi anggaran tahunan");
}

TEST(PaperWords, ALineThatEndsInsideAWordGoesOnWithoutASpace)
{
    EXPECT_TRUE(goes_on_in_word("pejabat/", "petugas pengelola"));
    EXPECT_TRUE(goes_on_in_word("KPU Kabupaten/", "Kota"));
    EXPECT_TRUE(goes_on_in_word("Nomor 314/ORT.07-", "Kpt/01/KPU/V/2021 tentang"));
    EXPECT_TRUE(goes_on_in_word("melalui SP4N-", "LAPOR;"));
    EXPECT_FALSE(goes_on_in_word("melalui SP4N-", "Laporan"));
    EXPECT_FALSE(goes_on_in_word("Tahun 2020 -", "Kota Contoh"));
    EXPECT_FALSE(goes_on_in_word("periode 2020-", "Kota Contoh"));
    EXPECT_FALSE(goes_on_in_word("", "Kota"));
}

TEST(PaperGrid, FindsEveryCellOfADrawnTable)
{
    Paper paper { 800, 500 };
    paper.grid(columns, rows);
    auto const grids = paper.grids();
    ASSERT_EQ(grids.size(), 1U);
    EXPECT_EQ(grids[0].rows, 3);
    EXPECT_EQ(grids[0].columns, 5);
    EXPECT_EQ(grids[0].cells.size(), 15U);
    EXPECT_NEAR(cell_at(grids[0], 1, 1)->area.left, 301, 3);
    EXPECT_NEAR(cell_at(grids[0], 1, 1)->area.bottom, 301, 3);
}

TEST(PaperGrid, AMissingPieceOfLineMergesItsCells)
{
    Paper paper { 800, 500 };
    paper.grid(columns, rows);
    paper.fill(104, 198, 194, 7, 255);      // below the first cell of the first column
    paper.fill(498, 104, 7, 94, 255);       // right of the second cell of the first row
    auto const grids = paper.grids();
    ASSERT_EQ(grids.size(), 1U);
    ASSERT_NE(cell_at(grids[0], 0, 0), nullptr);
    EXPECT_EQ(cell_at(grids[0], 0, 0)->row_span, 2);
    EXPECT_EQ(cell_at(grids[0], 0, 1)->column_span, 2);
    EXPECT_EQ(cell_at(grids[0], 1, 0), nullptr);
}

TEST(PaperGrid, ABrokenLineStillParts)
{
    Paper paper { 800, 500 };
    paper.grid(columns, rows);
    for (int x = 130; x < 660; x += 90)
        paper.fill(x, 197, 7, 8, 255);
    paper.fill(297, 240, 8, 6, 255);
    paper.fill(497, 350, 8, 6, 255);
    auto const grids = paper.grids();
    ASSERT_EQ(grids.size(), 1U);
    EXPECT_EQ(grids[0].cells.size(), 15U);
}

TEST(PaperGrid, WritingIsNoLine)
{
    Paper paper { 800, 500 };
    paper.grid(columns, rows);
    for (int x = 115; x < 290; x += 9)      // letters side by side
        paper.fill(x, 140, 5, 14);
    auto const grids = paper.grids();
    ASSERT_EQ(grids.size(), 1U);
    EXPECT_EQ(grids[0].cells.size(), 15U);
}

TEST(PaperGrid, TwoStrokesOfLettersThatMeetAreNoLines)
{
    Paper paper { 800, 500 };
    paper.grid(columns, rows);
    paper.fill(312, 225, 2, 50);            // beside the line at 300, near enough to touch it
    paper.fill(313, 240, 70, 1);
    auto const grids = paper.grids();
    ASSERT_EQ(grids.size(), 1U);
    EXPECT_EQ(grids[0].cells.size(), 15U);
    EXPECT_EQ(grids[0].rows, 3);
}

TEST(PaperGrid, AStainedCellStaysOneCell)
{
    Paper paper { 800, 500 };
    paper.grid(columns, rows);
    unsigned state = 3;                     // specks on an eighth of the cell, the same in every run
    for (int y = 205; y < 298; ++y)
        for (int x = 105; x < 298; ++x)
            if (state = state * 1'664'525U + 1'013'904'223U; state >> 29U == 0)
                paper.fill(x, y, 1, 1);
    for (int y = 225; y < 290; y += 20)     // what the specks add to letters: dark strokes that meet
        paper.fill(110, y, 180, 1), paper.fill(110 + y / 2, 210, 1, 80);
    auto const grids = paper.grids();
    ASSERT_EQ(grids.size(), 1U);
    EXPECT_EQ(grids[0].cells.size(), 15U);
}

TEST(PaperGrid, APaperWithoutTablesHasNone)
{
    Paper paper { 800, 500 };
    paper.fill(100, 250, 500, 3);           // a line below a letterhead
    EXPECT_TRUE(paper.grids().empty());
}

TEST(PaperPage, ReadsDrawnMarksAndDoubtsStains)
{
    Paper paper { 1400, 500 };
    std::vector<int> wide { 60, 400 };
    for (int x = 460; x <= 1180; x += 60)
        wide.push_back(x);
    paper.grid(wide, rows);
    for (int const x : { 480, 600, 900 })
        for (int i = 0; i < 22; ++i)
            paper.fill(x + i, 130 + i, 4, 4);       // strokes
    paper.fill(485, 240, 6, 6);                     // a stain
    PaperPage const page { paper.sheet() };
    auto const made = page.page({}, 504, 180);
    std::vector<int> marked;
    bool doubt = false;
    for (auto const& cell : made.cells) {
        if (cell.row == 1 && cell.text == "√" && cell.confidence > 60)
            marked.push_back(cell.column);
        if (cell.row == 2 && cell.column == 3)
            doubt = cell.confidence >= 0 && cell.confidence < 60;
        EXPECT_FALSE(cell.row == 3 && !cell.text.empty());
    }
    EXPECT_EQ(marked, (std::vector<int> { 3, 5, 10 }));
    EXPECT_TRUE(doubt);
}

TEST(PaperPage, WritingThatWasNotRecognisedIsSaidToBeThere)
{
    Paper paper { 800, 500 };
    paper.grid(columns, rows);
    for (int x = 120; x < 280; x += 14)     // letters of a word that tesseract gave up
        paper.fill(x, 240, 8, 14);
    paper.fill(120, 350, 10, 10);           // a smudge
    PaperPage const page { paper.sheet() };
    auto const made = page.page({ { { 320, 140, 400, 155 }, "Adanya", 90, 1 } }, 288, 180);
    auto const at = [&](int row) { return *std::ranges::find_if(made.cells, [&](auto& cell) { return cell.row == row && cell.column == 1; }); };
    EXPECT_EQ(at(1).text, "");
    EXPECT_EQ(at(2).text, unread_cell);
    EXPECT_EQ(at(2).confidence, 0);
    EXPECT_EQ(at(3).text, "");
}

TEST(PaperMarks, TellsHeadingsFromMarks)
{
    EXPECT_TRUE(are_labels({ "JAN", "FEB", "MAR", "APR" }));
    EXPECT_TRUE(are_labels({ "1", "2", "3", "4", "5" }));
    EXPECT_TRUE(are_labels({ "I", "II", "III", "IV" }));
    EXPECT_FALSE(are_labels({ "V", "V", "V", "V" }));
    EXPECT_FALSE(are_labels({ "x", "", "x", "" }));
    EXPECT_EQ(printed_mark("v"), 100);
    EXPECT_EQ(printed_mark("\xEF\x83\xBC"), 100);
    EXPECT_LT(printed_mark("P").value(), 100);
    for (auto const* no : { "-", "1", "100%", "ada", "" })
        EXPECT_FALSE(printed_mark(no).has_value()) << no;
}

TEST(PaperSheet, APointGoesToThePaperAndBack)
{
    InkSheet sheet = Paper { 400, 300 }.sheet();
    for (int turned = 0; turned < 4; ++turned) {
        sheet.turned = turned;
        sheet.angle = 1.3;
        auto const [x, y] = sheet.from_paper(30, 40);
        auto const [u, v] = sheet.to_paper(x, y);
        EXPECT_NEAR(u, 30, 0.01);
        EXPECT_NEAR(v, 40, 0.01);
    }
}

TEST(PaperWords, ReadsTheLayoutOfPdftotext)
{
    auto const pages = words_of_layout(R"(<!DOCTYPE html><html><body><doc><page width="100" height="50"><flow><block><line>
        <word xMin="1" yMin="2" xMax="3" yMax="4">a&amp;b</word><word xMin="9" yMin="2" xMax="12" yMax="4">c</word></line></block></flow></page></doc></body></html>)", {}).value();
    ASSERT_EQ(pages.size(), 1U);
    ASSERT_EQ(pages[0].words.size(), 2U);
    EXPECT_EQ(pages[0].words[0].text, "a&b");
    EXPECT_EQ(pages[0].words[1].area, (Area { 9, 2, 12, 4 }));
    EXPECT_EQ(words_of_layout("<page><word", {}).error().message_key, "codec.unreadable");
}

TEST(PaperWords, ReadsTheTableOfTesseract)
{
    auto const words = words_of_recognition("level\tpage_num\n5\t2\t1\t1\t1\t1\t10\t20\t30\t8\t91.5\tAdanya\n5\t1\t1\t1\t1\t2\tx\t20\t30\t8\t91\tno\n4\t1\t1\t1\t1\t0\t1\t1\t1\t1\t-1\t\n", {});
    ASSERT_EQ(words.size(), 1U);
    EXPECT_EQ(words[0], (PaperWord { { 10, 20, 40, 28 }, "Adanya", 91, 2 }));
}

TEST(PaperWords, JoinsLinesOfACell)
{
    auto const word = [](double x, double y, char const* text) { return PaperWord { { x, y, x + 20, y + 10 }, text, -1, 0 }; };
    EXPECT_EQ(joined(lines_of({ word(30, 1, "Rapat"), word(0, 0, "1."), word(0, 15, "perundang-"), word(0, 30, "undangan") })), "1. Rapat perundang-undangan");
    EXPECT_EQ(joined(lines_of({ word(0, 0, "a."), word(30, 0, "SK"), word(0, 15, "b."), word(30, 15, "Nilai") })), "a. SK \xE2\x80\xA8 b. Nilai");
}

TEST(PdfFacts, KnowsPagesTurnsAndPictures)
{
    auto pages = pages_of_info("Pages:           2\nPage    1 size:      600 x 900 pts\nPage    1 rot:       90\nPage    2 size:      600 x 900 pts\nPage    2 rot:  0\n").value();
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_EQ(pages[0].width, 900);
    ASSERT_TRUE(add_pictures(pages, "page   num  type   width height color comp bpc  enc interp  object ID x-ppi y-ppi size ratio\n----\n"
                                    "   2     0 image    1667  2500  gray    1   8  jpeg   no         1  0   200   200  1M 9%\n"));
    EXPECT_NEAR(pages[1].pictures, 1.0, 0.01);
    EXPECT_EQ(add_pictures(pages, "   1     0 image    50000  50000  gray    1   8  jpeg   no         1  0   200   200  1M 9%\n").error().message_key, "codec.file.pixels");
    EXPECT_EQ(pages_of_info("Pages: 4000\nPage 1 size: 600 x 900 pts\n").error().message_key, "codec.too_many_pages");
    EXPECT_EQ(pages_of_info("nothing").error().message_key, "codec.unreadable");
}

TEST(Orientation, IsTakenOnlyWhenItIsSure)
{
    EXPECT_EQ(turns_of_orientation("Page number: 0\nOrientation in degrees: 270\nRotate: 90\nOrientation confidence: 8.46\n"), 1);
    EXPECT_EQ(turns_of_orientation("Rotate: 180\nOrientation confidence: 1.2\n"), 0);
    EXPECT_EQ(turns_of_orientation("Rotate:88888888881\nOrientation confidence: 9"), 0);     // found by its fuzz target
    EXPECT_EQ(turns_of_orientation(""), 0);
}

TEST(ChildProgress, IsTakenOffTheFrontOnly)
{
    std::string written = "{\"progress\":[0,7]}\n{\"progress\":[3,7]}\n{\"format\":\"pdf\"}\n{\"progress\":[7,7]}\n";
    auto const steps = take_progress(written).value();
    EXPECT_EQ(steps.done, 3);
    EXPECT_EQ(steps.all, 7);
    EXPECT_TRUE(written.starts_with("{\"format\""));
    EXPECT_FALSE(take_progress(written).has_value());
    std::string wrong = "{\"progress\":[9,7]}\n";
    EXPECT_FALSE(take_progress(wrong).has_value());
}

TEST(ReadLines, KeepTheRowsThatLinesStandBefore)
{
    Document const document { Format::Pdf, { { "", { "atas", "bawah" }, { { 1, 1, 1, 1, "x", { 1, 2, 3, 4 }, 88 } }, 595, 842, { 1, 2 } } } };
    EXPECT_EQ(from_lines(to_lines(document), {}).value(), document);
    EXPECT_EQ(from_lines("{\"format\":\"pdf\"}\n{\"page\":[1,1,\"\"]}\n{\"line\":\"a\"}\n{\"line_at\":[1,\"b\"]}\n{\"end\":true}\n", {}).error().message_key, "codec.unreadable");
}
