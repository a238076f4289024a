#include "codec/cell_signs.hpp"
#include "codec/docx.hpp"
#include "codec/document_lines.hpp"
#include "codec/read.hpp"
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <zip.h>

using namespace kpuhub;
using namespace kpuhub::codec;

namespace {

constexpr char const* word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// A package of parts as an office program writes it.
std::string package(std::map<std::string, std::string> const& parts)
{
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(source);
    auto* archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    for (auto const& [name, text] : parts)
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8);
    zip_close(archive);
    zip_source_open(source);
    zip_source_seek(source, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(source)), '\0');
    zip_source_seek(source, 0, SEEK_SET);
    zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    zip_source_free(source);
    return bytes;
}

std::string relations(std::string const& more) { return "<Relationships>" + more + "</Relationships>"; }

std::map<std::string, std::string> parts_of(std::string const& body, std::string const& type = word_type)
{
    return { { "[Content_Types].xml", "<Types><Override PartName=\"/word/document.xml\" ContentType=\"" + type + "\"/></Types>" },
        { "_rels/.rels", relations("<Relationship Id=\"r1\" Type=\"http://x/officeDocument\" Target=\"word/document.xml\"/>") },
        { "word/document.xml", "<w:document xmlns:w=\"w\"><w:body>" + body + "</w:body></w:document>" } };
}

Result<Document> read(std::string const& body) { return read_document(package(parts_of(body)), {}); }

std::string paragraph(std::string const& runs) { return "<w:p>" + runs + "</w:p>"; }
std::string run(std::string const& text, std::string const& properties = {}) { return "<w:r><w:rPr>" + properties + "</w:rPr><w:t>" + text + "</w:t></w:r>"; }
std::string cell(std::string const& content, std::string const& properties = {}) { return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + content + "</w:tc>"; }
std::string row(std::string const& cells, std::string const& properties = {}) { return "<w:tr><w:trPr>" + properties + "</w:trPr>" + cells + "</w:tr>"; }
std::string words(std::string const& text) { return paragraph(run(text)); }

std::string text_at(Document const& document, int row, int column)
{
    for (auto const& found : document.pages.at(0).cells)
        if (found.row == row && found.column == column)
            return found.text;
    return {};
}

std::string one_cell(std::string const& content) { return text_at(read("<w:tbl>" + row(cell(content) + cell(words("x"))) + "</w:tbl>").value(), 1, 1); }

}

TEST(Docx, KeepsTheOrderOfLinesAndTables)
{
    auto const table = [](char const* text) { return "<w:tbl>" + row(cell(words(text))) + "</w:tbl>"; };
    auto const document = read(words("satu") + table("A") + words("dua") + words("tiga") + table("B") + words("empat")).value();
    ASSERT_EQ(document.pages.size(), 3U);
    EXPECT_EQ(document.pages[0].lines, (std::vector<std::string> { "satu" }));
    EXPECT_EQ(document.pages[1].lines, (std::vector<std::string> { "dua", "tiga" }));
    EXPECT_EQ(document.pages[1].cells.at(0).text, "B");
    EXPECT_EQ(document.pages[2].lines, (std::vector<std::string> { "empat" }));
    EXPECT_EQ(from_lines(to_lines(document), {}).value(), document);
}

TEST(Docx, MergedCellsStandOnceWithTheirSpans)
{
    std::string const grid = "<w:tblGrid><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"40\"/><w:gridCol w:w=\"2000\"/></w:tblGrid>";
    auto const document = read("<w:tbl>" + grid + row(cell(words("tinggi"), "<w:vMerge w:val=\"restart\"/>") + cell(words("lebar"), "<w:gridSpan w:val=\"3\"/>"))
        + row(cell(words(""), "<w:vMerge/>") + cell(words("kiri"), "<w:gridSpan w:val=\"2\"/>") + cell(words("kanan"))) + "</w:tbl>").value();
    auto const& cells = document.pages.at(0).cells;
    ASSERT_EQ(cells.size(), 4U);
    EXPECT_EQ(cells[0], (Cell { 1, 1, 2, 1, "tinggi" }));
    EXPECT_EQ(cells[1], (Cell { 1, 2, 1, 2, "lebar" })) << "an edge that misses by 2 points is no column";
    EXPECT_EQ(cells[2].column, 2);
    EXPECT_EQ(cells[3].column, 3);
}

TEST(Docx, TicksOfSymbolFontsAndCheckBoxesAreText)
{
    EXPECT_EQ(one_cell(paragraph("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/></w:r>")), "√");
    EXPECT_EQ(one_cell(paragraph("<w:r><w:sym w:font=\"Wingdings 2\" w:char=\"F052\"/></w:r>")), "√");
    EXPECT_EQ(one_cell(paragraph("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/></w:r>")), "☐");
    EXPECT_EQ(one_cell(paragraph(run("ü", "<w:rFonts w:ascii=\"Wingdings\"/>"))), "√");
    auto const box = [](char const* value) { return paragraph("<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val=\"" + std::string { value } + "\"/></w14:checkbox></w:sdtPr><w:sdtContent>" + run("☒") + "</w:sdtContent></w:sdt>"); };
    EXPECT_EQ(one_cell(box("1")), "√");
    EXPECT_EQ(one_cell(box("0")), "☐");
    EXPECT_EQ(one_cell(paragraph("<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"1\"/></w:checkBox></w:ffData></w:fldChar></w:r>")), "√");
}

TEST(Docx, DeletedAndHiddenTextGoesAndInsertedTextStays)
{
    EXPECT_EQ(one_cell(paragraph(run("lama ") + "<w:del>" + run("hapus") + "</w:del><w:ins>" + run("baru") + "</w:ins>" + run(" sembunyi", "<w:vanish/>"))), "lama baru");
    EXPECT_EQ(one_cell(paragraph("<w:r><w:t>me\xC2\xADnyusun</w:t><w:noBreakHyphen/><w:t>ulang</w:t><w:tab/><w:t>lagi</w:t><w:br/><w:t>baris</w:t></w:r>")),
        "menyusun-ulang lagi" + std::string { line_separator } + "baris");
    auto const document = read("<w:tbl>" + row(cell(words("A"))) + row(cell(words("B")), "<w:del/>") + row(cell(words("C")), "<w:ins/>") + "</w:tbl>").value();
    EXPECT_EQ(document.pages[0].cells.size(), 2U);
    EXPECT_EQ(text_at(document, 2, 1), "C");
}

TEST(Docx, AutomaticNumbersArePrinted)
{
    auto parts = parts_of("");
    auto const item = [](char const* list, char const* level, char const* text) {
        return "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" + std::string { level } + "\"/><w:numId w:val=\"" + list + "\"/></w:numPr></w:pPr>" + run(text) + "</w:p>";
    };
    parts["word/document.xml"] = "<w:document><w:body>" + item("1", "0", "satu") + item("1", "1", "anak") + item("1", "1", "anak") + item("1", "0", "dua") + item("1", "1", "lagi")
        + item("2", "0", "ulang") + item("3", "0", "butir") + "</w:body></w:document>";
    parts["word/_rels/document.xml.rels"] = relations("<Relationship Id=\"r1\" Type=\"http://x/numbering\" Target=\"numbering.xml\"/>");
    parts["word/numbering.xml"] = "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1.\"/></w:lvl>"
                                  "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%2)\"/></w:lvl></w:abstractNum>"
                                  "<w:abstractNum w:abstractNumId=\"5\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"*\"/></w:lvl></w:abstractNum>"
                                  "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
                                  "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>"
                                  "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"5\"/></w:num></w:numbering>";
    auto const document = read_document(package(parts), {}).value();
    EXPECT_EQ(document.pages.at(0).lines, (std::vector<std::string> { "I. satu", "a) anak", "b) anak", "II. dua", "a) lagi", "I. ulang", "- butir" }));
}

TEST(Docx, InnerTablesAndBoxesBecomeTextAndALayoutTableGivesWay)
{
    std::string const inner = "<w:tbl>" + row(cell(words("a")) + cell(words("b"))) + "</w:tbl>";
    EXPECT_EQ(one_cell(words("luar") + inner), "luar" + std::string { line_separator } + "a" + std::string { line_separator } + "b");
    std::string const wide = "<w:tbl>" + row(cell(words("1")) + cell(words("2")) + cell(words("3")) + cell(words("4"))) + "</w:tbl>";
    auto const document = read("<w:tbl>" + row(cell(words("judul") + wide)) + "</w:tbl>").value();
    EXPECT_EQ(document.pages.at(0).lines, (std::vector<std::string> { "judul" }));
    EXPECT_EQ(document.pages.at(0).cells.size(), 4U);
    EXPECT_EQ(read(paragraph("<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>" + words("kotak") + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
                  "<mc:Fallback><w:pict><w:txbxContent>" + words("kotak") + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>")).value().pages.at(0).lines,
        (std::vector<std::string> { "kotak" }));
}

TEST(Docx, AColourThatStandsAloneInItsRowIsASign)
{
    auto const shaded = [](char const* text, char const* fill) { return cell(words(text), "<w:shd w:fill=\"" + std::string { fill } + "\"/>"); };
    auto const document = read("<w:tbl>" + row(shaded("judul", "CCCCCC") + shaded("", "CCCCCC")) + row(cell(words("kerja")) + shaded("", "00B050")) + row(cell(words("lain")) + shaded("", "FFFFFF")) + "</w:tbl>").value();
    EXPECT_EQ(text_at(document, 1, 2), "");
    EXPECT_EQ(text_at(document, 2, 2), filled_cell);
    EXPECT_EQ(text_at(document, 3, 2), "");
}

TEST(Docx, RefusesWhatIsNoPlainDocument)
{
    auto const fault = [](std::map<std::string, std::string> const& parts) { return read_document(package(parts), {}).error().message_key; };
    EXPECT_EQ(fault(parts_of(words("x"), "application/vnd.ms-word.document.macroEnabled.main+xml")), "codec.macro");
    EXPECT_EQ(fault(parts_of("")), "codec.empty");
    EXPECT_EQ(read_document(package(parts_of(words("x"), "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml")), {}).value().format, Format::Docx);
    auto entities = parts_of(words("x"));
    entities["word/document.xml"].insert(0, "<!DOCTYPE x [<!ENTITY a \"b\">]>");
    EXPECT_EQ(fault(entities), "codec.office_broken");
    auto outside = parts_of(words("x"));
    outside["word/_rels/document.xml.rels"] = relations("<Relationship Id=\"r1\" Type=\"http://x/subDocument\" Target=\"file:///etc/passwd\" TargetMode=\"External\"/>");
    EXPECT_EQ(fault(outside), "codec.outside_part");
    outside["word/_rels/document.xml.rels"] = relations("<Relationship Id=\"r1\" Type=\"http://x/hyperlink\" Target=\"https://kpu.go.id\" TargetMode=\"External\"/>");
    EXPECT_TRUE(read_document(package(outside), {})) << "a link is only ignored";
    std::string deep = words("x");
    for (int i = 0; i < 100; ++i)
        deep = "<w:sdt><w:sdtContent>" + deep + "</w:sdtContent></w:sdt>";
    EXPECT_EQ(fault(parts_of(deep)), "codec.office_broken");
}

TEST(Docx, KeepsToTheLimits)
{
    Limits limits;
    limits.cells = 2;
    auto const three = package(parts_of("<w:tbl>" + row(cell(words("a")) + cell(words("b")) + cell(words("c"))) + "</w:tbl>"));
    EXPECT_EQ(read_docx(three, limits).error().message_key, "codec.too_many_lines");
    EXPECT_EQ(read("<w:tbl>" + row(cell(words("a"), "<w:gridSpan w:val=\"2000000\"/>")) + "</w:tbl>").error().message_key, "codec.too_many_lines");
    limits = {};
    limits.cell_bytes = 3;
    EXPECT_EQ(read_docx(package(parts_of("<w:tbl>" + row(cell(words("panjang"))) + "</w:tbl>")), limits).error().message_key, "codec.too_many_lines");
    EXPECT_EQ(read_document(package(parts_of("<w:p>" + std::string(3'000'000, ' ') + "</w:p>")), {}).error().message_key, "codec.zip_too_large") << "packed far better than text is";
}
