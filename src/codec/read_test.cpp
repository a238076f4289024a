#include "support/paths.hpp"
#include "codec/child.hpp"
#include "codec/csv.hpp"
#include "codec/document_lines.hpp"
#include "codec/read.hpp"
#include "codec/text.hpp"
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::codec;
using namespace std::string_view_literals;

namespace {

std::string fault_of(std::string_view bytes) { return read_document(bytes, {}).error().message_key; }

std::string sample(char const* name)
{
    return kpuhub::testing::source_folder() + "/definitions/samples/" + name;
}

}

TEST(ReadText, TakesUtf8Utf16AndWindows1252)
{
    EXPECT_EQ(decode_text("\xEF\xBB\xBFmé").value(), "mé");
    EXPECT_EQ(decode_text("\xFF\xFEK\0P\0U\0"sv).value(), "KPU");
    EXPECT_EQ(decode_text("tahun 2025\x96 2029 rencana aksi").value(), "tahun 2025\u2013 2029 rencana aksi");
}

TEST(ReadText, RefusesEmptyBinaryAndUnknownEncodings)
{
    EXPECT_EQ(fault_of(" \n\t"), "codec.empty");
    EXPECT_EQ(fault_of("\x01\x02\x03 text"), "codec.binary");
    EXPECT_EQ(fault_of("\x81\x8D\x8F\x90\x9D\x81\x8D"), "codec.encoding");
    EXPECT_EQ(fault_of("PK\x03\x04 not a zip"), "codec.office_broken");
}

TEST(ReadCsv, KeepsQuotedSeparatorsQuotesAndLineEnds)
{
    auto const page = read_csv("a,\"b, \"\"c\"\"\nd\",e\nf,,g\n", ',', {}).value().pages.front();
    ASSERT_EQ(page.cells.size(), 5U);
    EXPECT_EQ(page.cells[1].text, "b, \"c\" d");
    EXPECT_EQ(page.cells[3].row, 3);
    EXPECT_EQ(page.cells[4].column, 3);
    EXPECT_EQ(read_csv("a,\"b", ',', {}).error().message_key, "codec.csv_quote");
}

TEST(ReadLines, AreReadBackAsOutsideBytes)
{
    Document const document { Format::Xlsx, { { "Lembar", { "x" }, { { 2, 3, 4, 1, "teks" } } } } };
    EXPECT_EQ(from_lines(to_lines(document), {}).value(), document);
    EXPECT_EQ(from_lines("{\"fault\":[\"codec.empty\",\"\"]}\n", {}).error().message_key, "codec.empty");
    for (auto const* wrong : { "", "{}\n", "{\"end\":true}\n", "{\"format\":\"text\"}\n", "{\"fault\":[\"http.sql\",\"\"]}\n", "{\"format\":\"text\"}\n{\"page\":\"\"}\n{\"cell\":[0,1,1,1,\"\"]}\n{\"end\":true}\n" })
        EXPECT_EQ(from_lines(wrong, {}).error().message_key, "codec.unreadable") << wrong;
}

TEST(ReadFileInChild, ReadsTheSampleWorkbookWithMergedCells)
{
    ChildSetting setting;
    setting.program = kpuhub::testing::program();
    auto const document = read_file_in_child(sample("kabupaten.xlsx"), {}, setting);
    ASSERT_TRUE(document) << document.error().message_key;
    EXPECT_EQ(document->format, Format::Xlsx);
    bool merged = false;
    for (auto const& page : document->pages)
        for (auto const& cell : page.cells)
            merged = merged || cell.row_span > 1;
    EXPECT_TRUE(merged);
}

TEST(ReadFileInChild, RefusesWhatIsNoFileOrTooLarge)
{
    ChildSetting setting;
    setting.program = kpuhub::testing::program();
    EXPECT_EQ(read_file_in_child("/dev/zero", {}, setting).error().message_key, "codec.no_file");
    Limits small;
    small.input_bytes = 100;
    EXPECT_EQ(read_file_in_child(sample("kota.txt"), small, setting).error().message_key, "codec.too_large");
}
