#include "codec/docx_writer.hpp"
#include "codec/paper_html.hpp"
#include "codec/paper_pdf.hpp"
#include "codec/qr.hpp"
#include "codec/zip_file.hpp"
#include "paper/signature.hpp"
#include <gmock/gmock.h>
#include <pugixml.hpp>

using namespace kpuhub;
using namespace kpuhub::codec;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

Paper small_paper()
{
    TextLook centred;
    centred.align = Align::Centre;
    centred.bold = true;
    Section first;
    first.blocks = { Paragraph { "KEPUTUSAN\nNOMOR 5 TAHUN 2026", centred },
        LabelRows { { { "Menimbang", "", { { "a.", "bahwa <b>satu</b> & dua;", {} }, { "b.", "bahwa tiga;", {} } } }, { "KESATU", "Menetapkan Rencana Aksi." } } },
        paper::at_right(paper::signature({ "Ketua KPU Kota Contoh", "Nama Ketua" }, { "Ditetapkan di", "Contoh", time::Date::of(2026, 1, 12) })),
        QrCode { "https://contoh.example/verify/ABCD" } };
    Section annex;
    annex.orientation = Orientation::Landscape;
    annex.header = "Lampiran";
    Table table { { 10, 40, 80, 10, 10 }, 2, {}, 9 };
    table.cells = { { 0, 0, "NO", 2, 1 }, { 0, 1, "AREA", 2, 1 }, { 0, 2, "KEGIATAN", 2, 1 }, { 0, 3, "BULAN", 1, 2 }, { 1, 3, "Jan" }, { 1, 4, "Feb" } };
    for (int row = 2; row < 62; ++row) {
        if (row % 20 == 2)
            table.cells.push_back({ row, 1, "Area " + std::to_string(row), 20, 1 });
        table.cells.push_back({ row, 2, "Kegiatan baris " + std::to_string(row) });
        table.cells.push_back({ row, 3 + row % 2, "√" });
    }
    annex.blocks = { table };
    return { "Keputusan contoh", PaperSize::F4, { first, annex }, 12, "KONSEP", "kaki" };
}

}

TEST(PaperHtml, user_text_is_escaped_and_pictures_are_named)
{
    auto const made = paper_html(small_paper());
    EXPECT_THAT(made.html, HasSubstr("bahwa &lt;b&gt;satu&lt;/b&gt; &amp; dua;"));
    EXPECT_THAT(made.html, Not(HasSubstr("<b>satu")));
    EXPECT_THAT(made.html, HasSubstr(R"(src="paper:qr-0")"));
    EXPECT_THAT(made.css, HasSubstr("size:215mm 330mm"));
    EXPECT_THAT(made.css, HasSubstr("size:330mm 215mm"));
    ASSERT_EQ(made.qr_texts.size(), 1U);
}

TEST(PaperHtml, cells_that_span_rows_leave_no_cell_below_them)
{
    auto const made = paper_html(small_paper());
    EXPECT_THAT(made.html, HasSubstr(R"(<td class="l" rowspan="20">Area 2</td>)"));
    EXPECT_THAT(made.html, HasSubstr(R"(<tr id="t0-3"><td class="l"></td><td class="l">Kegiatan baris 3</td>)"));
}

TEST(PaperDocx, holds_real_tables_sections_and_fields)
{
    auto const bytes = write_docx(small_paper());
    ASSERT_TRUE(bytes);
    auto zip = ZipFile::open(*bytes, {});
    ASSERT_TRUE(zip);
    auto const document = zip->read("word/document.xml");
    ASSERT_TRUE(document);
    EXPECT_THAT(*document, HasSubstr("<w:tblHeader/>"));
    EXPECT_THAT(*document, HasSubstr(R"(<w:vMerge w:val="restart"/>)"));
    EXPECT_THAT(*document, HasSubstr(R"(<w:gridSpan w:val="2"/>)"));
    EXPECT_THAT(*document, HasSubstr(R"(w:orient="landscape")"));
    EXPECT_THAT(*document, HasSubstr("bahwa &lt;b&gt;satu&lt;/b&gt; &amp; dua;"));
    EXPECT_THAT(*zip->read("word/header1default.xml"), HasSubstr("PAGE"));
    EXPECT_THAT(*zip->read("word/header1first.xml"), Not(HasSubstr("PAGE")));
    EXPECT_TRUE(zip->has("word/media/qr1.png"));
    for (auto const* part : { "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "word/header2default.xml" }) {
        pugi::xml_document parsed;
        auto const text = *zip->read(part);
        EXPECT_TRUE(parsed.load_string(text.c_str(), pugi::parse_full)) << part;
        EXPECT_EQ(text.find("<?xml", 1), std::string::npos) << part << ": a second declaration, which Word refuses";
    }
}

TEST(PaperDocx, the_same_paper_gives_the_same_bytes) { EXPECT_EQ(*write_docx(small_paper()), *write_docx(small_paper())); }

TEST(PaperPdf, the_same_paper_gives_the_same_bytes)
{
    auto const once = write_pdf(small_paper());
    ASSERT_TRUE(once) << once.error().message_key;
    EXPECT_TRUE(once->starts_with("%PDF-"));
    EXPECT_EQ(*once, *write_pdf(small_paper()));
}

TEST(PaperPdf, a_text_that_asks_for_a_file_or_an_address_is_only_text)
{
    auto paper = small_paper();
    paper.sections.front().blocks.emplace_back(Paragraph { R"(<link rel=attachment href=file:///etc/passwd><img src=http://127.0.0.1:9350/x>)" });
    auto const pdf = write_pdf(paper);
    ASSERT_TRUE(pdf) << pdf.error().message_key;
    EXPECT_THAT(*pdf, Not(HasSubstr("/EmbeddedFile")));
}

TEST(Qr, the_same_text_gives_the_same_picture_and_too_much_is_refused)
{
    auto const svg = qr_svg("https://contoh.example/verify/ABCD");
    ASSERT_TRUE(svg);
    EXPECT_EQ(*svg, *qr_svg("https://contoh.example/verify/ABCD"));
    EXPECT_NE(*svg, *qr_svg("https://contoh.example/verify/ABCE"));
    EXPECT_TRUE(qr_png("x")->starts_with("\x89PNG"));
    EXPECT_EQ(qr_svg(std::string(5000, 'x')).error().message_key, "codec.qr_too_long");
    EXPECT_FALSE(qr_png(""));
}
