#include "codec/child.hpp"
#include "codec/page_picture.hpp"
#include "codec/picture.hpp"
#include "codec/tool.hpp"
#include "codec/zip_writer.hpp"
#include "support/paths.hpp"
#include <chrono>
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

using namespace kpuhub;
using namespace kpuhub::codec;

namespace {

/// A folder of this test in which the child's own folder is made; it must be empty afterwards.
class PaperChild : public ::testing::Test {
protected:
    PaperChild()
    {
        m_folder = std::filesystem::temp_directory_path() / ("kpuhub_paper_" + std::to_string(::getpid()));
        std::filesystem::create_directories(m_folder / "child");
        m_setting.program = kpuhub::testing::program();
        m_setting.temporary = (m_folder / "child").string();
    }
    ~PaperChild() override { std::filesystem::remove_all(m_folder); }

    std::string stored(std::string const& bytes)
    {
        auto path = (m_folder / "file").string();
        write_whole(path, bytes);
        return path;
    }
    std::string refusal(std::string const& bytes)
    {
        auto const started = std::chrono::steady_clock::now();
        auto const read = read_file_in_child(stored(bytes), {}, m_setting);
        m_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        EXPECT_TRUE(std::filesystem::is_empty(m_folder / "child"));
        EXPECT_EQ(left_behind(), 0) << "a process still stands in the child's folder";
        return read ? "read" : read.error().message_key;
    }
    void refuses(std::string const& bytes, std::string const& because)
    {
        EXPECT_EQ(refusal(bytes), because);
        EXPECT_LT(m_seconds, soon) << because;
    }
    std::string zipped(std::vector<ZipEntry> const& entries)
    {
        auto const path = (m_folder / "packed").string();
        EXPECT_TRUE(write_zip(path, entries));
        return read_whole(path, 64U << 20U);
    }

    /// Processes that stand in a folder of this test (one that was removed is still told by its name).
    [[nodiscard]] int left_behind() const
    {
        int count = 0;
        std::error_code gone;
        for (auto const& each : std::filesystem::directory_iterator("/proc"))
            if (auto const place = std::filesystem::read_symlink(each.path() / "cwd", gone); !gone && place.string().starts_with((m_folder / "child").string()))
                ++count;
        return count;
    }

#ifdef __SANITIZE_ADDRESS__
    static constexpr double soon = 15;
#else
    static constexpr double soon = 5;
#endif

    std::filesystem::path m_folder;
    ChildSetting m_setting;
    double m_seconds = 0;
};

/// A PDF of one page with this content stream and these objects more; its table of objects is found again by the readers.
std::string pdf(std::string const& content, std::string const& more = {})
{
    return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
           "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
           "4 0 obj<</Length " + std::to_string(content.size()) + ">>stream\n" + content + "\nendstream endobj\n" + more + "trailer<</Root 1 0 R/Size 5>>\n%%EOF\n";
}

std::string table_content()
{
    std::string drawn = "0.6 w ";
    for (int const x : { 20, 120, 260, 380 })
        drawn += std::to_string(x) + " 100 m " + std::to_string(x) + " 220 l S ";
    for (int const y : { 100, 160, 220 })
        drawn += "20 " + std::to_string(y) + " m 380 " + std::to_string(y) + " l S ";
    return drawn + "BT /F 10 Tf 26 200 Td (Kegiatan) Tj ET BT /F 10 Tf 126 200 Td (Indikator satu) Tj ET BT /F 10 Tf 26 140 Td (Rapat kerja) Tj ET "
                   "BT /F 10 Tf 26 260 Td (Lampiran keputusan) Tj ET";
}

}

TEST_F(PaperChild, ReadsTheTableOfAPdfWithText)
{
    std::vector<std::pair<int, int>> steps;
    auto const document = read_file_in_child(stored(pdf(table_content())), {}, m_setting, [&](int done, int all) { steps.emplace_back(done, all); return true; });
    ASSERT_TRUE(document) << document.error().message_key;
    EXPECT_EQ(document->format, Format::Pdf);
    ASSERT_EQ(document->pages.size(), 1U);
    auto const& page = document->pages[0];
    EXPECT_EQ(page.width, 400);
    ASSERT_EQ(page.cells.size(), 6U);
    EXPECT_EQ(page.cells[0].text, "Kegiatan");
    EXPECT_EQ(page.cells[1].text, "Indikator satu");
    EXPECT_EQ(page.cells[3].text, "Rapat kerja");
    EXPECT_NEAR(page.cells[3].box.left, 500, 60);
    EXPECT_NEAR(page.cells[3].box.bottom, 6667, 60);
    EXPECT_EQ(page.lines, (std::vector<std::string> { "Lampiran keputusan" }));
    EXPECT_FALSE(steps.empty());
}

TEST_F(PaperChild, WhoIsTiredOfWaitingEndsIt)
{
    auto const read = read_file_in_child(stored(pdf(table_content())), {}, m_setting, [](int, int) { return false; });
    EXPECT_EQ(read ? "read" : read.error().message_key, "codec.cancelled");
    EXPECT_TRUE(std::filesystem::is_empty(m_folder / "child"));
}

TEST_F(PaperChild, DrawsAPageAlwaysAlike)
{
    auto const path = stored(pdf(table_content()));
    auto const picture = page_picture_in_child(path, 1, 600, m_setting);
    ASSERT_TRUE(picture) << picture.error().message_key;
    EXPECT_EQ(picture_of("png", *picture)->width, 600);
    EXPECT_EQ(picture_of("png", *picture)->height, 450);
    EXPECT_EQ(*picture, page_picture_in_child(path, 1, 600, m_setting).value());
    EXPECT_EQ(page_picture_in_child(path, 2, 600, m_setting).error().message_key, "codec.no_page");
    EXPECT_EQ(page_picture_in_child(stored("text"), 1, 600, m_setting).error().kind, FaultKind::NotFound);
}

TEST_F(PaperChild, RefusesWhatWouldTakeTooMuch)
{
    std::string objects;
    for (int i = 5; i < 1'000'005; ++i)
        objects += std::to_string(i) + " 0 obj null endobj\n";
    refuses(pdf(table_content(), objects), "codec.too_complex");
    // Sixty thousand pixels to each side: as PNG, and drawn by a PDF.
    std::string const png { "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\xEA\x60\0\0\xEA\x60\x08\0\0\0\0", 29 };
    refuses(png + std::string(40, '\0'), "codec.file.pixels");
    EXPECT_NE(refusal(pdf("q 400 0 0 300 0 0 cm BI /W 60000 /H 60000 /BPC 8 /CS /G ID x EI Q")), "read");
    EXPECT_LT(m_seconds, soon);
}

TEST_F(PaperChild, RefusesBombsInsideOfficeFiles)
{
    refuses(zipped({ { "word/document.xml", std::string(64U << 20U, ' ') } }), "codec.zip_too_large");
    refuses(zipped({ { "xl/workbook.xml", std::string(64U << 20U, ' ') } }), "codec.zip_too_large");
    std::string laughs = "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a0 \"ha\">";
    for (int i = 1; i < 12; ++i) {
        laughs += "<!ENTITY a" + std::to_string(i) + " \"";
        for (int k = 0; k < 10; ++k)
            laughs += "&a" + std::to_string(i - 1) + ";";
        laughs += "\">";
    }
    laughs += "]><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>";
    refuses(zipped({ { "[Content_Types].xml", "<Types/>" }, { "word/document.xml", laughs } }), "codec.office_broken");
}

TEST_F(PaperChild, RefusesLockedAndBrokenFiles)
{
    refuses("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt 9 0 R>>\n", "codec.encrypted");
    EXPECT_EQ(refusal("%PDF-1.7"), "codec.unreadable");
    EXPECT_EQ(refusal("\xFF\xD8\xFF\xE0 broken"), "codec.unreadable");
    EXPECT_EQ(refusal(std::string { "II*\0 broken tiff", 16 }), "codec.unreadable");
    EXPECT_EQ(refusal(pdf("")), "codec.empty");
}
