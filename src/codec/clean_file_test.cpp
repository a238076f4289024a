#include "codec/clean_file.hpp"
#include "codec/picture.hpp"
#include "codec/tool.hpp"
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zip.h>

using namespace kpuhub;
using namespace kpuhub::codec;
using namespace std::string_literals;

namespace {

class CleaningFiles : public testing::Test {
protected:
    void SetUp() override
    {
        folder = std::filesystem::temp_directory_path() / ("kpuhub_clean_" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        list = embedded_media_types().value();
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    Result<CleanFile> clean(std::string const& bytes, std::string const& name)
    {
        auto workplace = folder / "work";
        std::filesystem::remove_all(workplace);
        std::filesystem::create_directories(workplace);
        return clean_file(list, bytes, name, workplace.string());
    }
    std::string refusal(std::string const& bytes, std::string const& name) { return clean(bytes, name).error().message_key; }

    /// A picture of the size, made by the tools themselves.
    std::string picture(std::vector<std::string> tool, int width, int height)
    {
        auto plain = (folder / "t.ppm").string();
        auto made = (folder / "t.made").string();
        std::string pixels;
        for (int i = 0; i < width * height; ++i)
            pixels += std::string { static_cast<char>(i * 7), static_cast<char>(i / width * 3), static_cast<char>(90) };
        write_whole(plain, "P6\n" + std::to_string(width) + " " + std::to_string(height) + "\n255\n" + pixels);
        for (auto& word : tool)
            word = word == "IN" ? plain : word == "OUT" ? made : word;
        EXPECT_TRUE(run_tool(tool));
        return read_whole(made, 1U << 24U);
    }
    std::string jpeg(int width = 64, int height = 48) { return picture({ "/usr/bin/cjpeg", "-outfile", "OUT", "IN" }, width, height); }
    std::string webp() { return picture({ "/usr/bin/cwebp", "-quiet", "IN", "-o", "OUT" }, 64, 48); }

    std::string archive(std::vector<std::pair<std::string, std::string>> const& entries)
    {
        auto path = (folder / "t.zip").string();
        std::filesystem::remove(path);
        auto* zip = zip_open(path.c_str(), ZIP_CREATE, nullptr);
        for (auto const& [name, content] : entries)
            zip_file_add(zip, name.c_str(), zip_source_buffer(zip, content.data(), content.size(), 0), 0);
        zip_close(zip);
        return read_whole(path, 1U << 26U);
    }

    std::filesystem::path folder;
    MediaTypes list;
};

/// An Exif segment with the orientation (tag 0x0112) and a place written behind it.
std::string exif_segment(char turned)
{
    auto body = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s + turned + "\0\0\0\0\0\0GPS 0.823 109.47 BENGKAYANG"s;
    auto length = body.size() + 2;
    return std::string("\xFF\xE1") + static_cast<char>(length >> 8U) + static_cast<char>(length & 255U) + body;
}

std::string with_exif(std::string const& jpeg, char turned) { return jpeg.substr(0, 2) + exif_segment(turned) + jpeg.substr(2); }

std::string box(std::string const& kind, std::string const& content)
{
    auto size = content.size() + 8;
    return std::string { 0, 0, static_cast<char>(size >> 8U), static_cast<char>(size & 255U) } + kind + content;
}

}

TEST_F(CleaningFiles, the_list_names_twelve_types)
{
    EXPECT_EQ(list.types.size(), 12U);
    EXPECT_EQ(list.most_bytes, 50 * 1024 * 1024);
}

TEST_F(CleaningFiles, a_photo_loses_its_place_and_stands_upright)
{
    auto sent = with_exif(jpeg(), 6);
    ASSERT_NE(sent.find("BENGKAYANG"), std::string::npos);
    auto file = clean(sent, "IMG_1.JPG").value();
    EXPECT_EQ(file.media_type, "image/jpeg");
    EXPECT_EQ(file.verdict, CleanFile::Verdict::Cleaned);
    EXPECT_EQ(file.cleaned.find("BENGKAYANG"), std::string::npos);
    EXPECT_EQ(picture_of("jpeg", file.cleaned)->width, 48);
    EXPECT_EQ(picture_of("jpeg", file.cleaned)->height, 64);
    EXPECT_TRUE(picture_of("jpeg", file.preview));
}

TEST_F(CleaningFiles, bytes_behind_a_photo_are_cut_off)
{
    auto file = clean(jpeg() + "<script>alert(1)</script>", "a.jpg").value();
    EXPECT_EQ(file.cleaned.find("script"), std::string::npos);
    EXPECT_EQ(file.verdict, CleanFile::Verdict::Cleaned);
}

TEST_F(CleaningFiles, a_photo_that_cannot_be_decoded_is_held_back)
{
    auto sent = jpeg();
    auto file = clean(sent.substr(0, sent.find("\xFF\xDA") + 14), "a.jpg");
    EXPECT_TRUE(!file || file->verdict == CleanFile::Verdict::Held || is_bare("jpeg", file->cleaned));
    EXPECT_EQ(refusal("\xFF\xD8\xFF", "a.jpg"), "codec.file.broken");
}

TEST_F(CleaningFiles, a_picture_over_50_megapixels_is_refused_before_it_is_decoded)
{
    auto sent = jpeg();
    auto frame = sent.find("\xFF\xC0\0\x11\x08"s);
    ASSERT_NE(frame, std::string::npos);
    sent.replace(frame + 5, 4, "\xFF\xFF\xFF\xFF");
    auto fault = clean(sent, "bomb.jpg").error();
    EXPECT_EQ(fault.message_key, "codec.file.pixels");
    EXPECT_EQ(fault.argument, "50");
}

TEST_F(CleaningFiles, pictures_of_the_web_are_cleaned_too)
{
    auto picture = webp();
    auto file = clean(picture, "a.webp").value();
    EXPECT_EQ(file.media_type, "image/webp");
    EXPECT_EQ(file.verdict, CleanFile::Verdict::Same);
    auto made = (folder / "t.png").string();
    write_whole((folder / "t.webp").string(), picture);
    ASSERT_TRUE(run_tool({ "/usr/bin/dwebp", "-quiet", (folder / "t.webp").string(), "-o", made }));
    auto png = read_whole(made, 1U << 20U);
    auto text = "\0\0\0\x0BtEXtauthor\0Siti"s + "\x11\x22\x33\x44";
    auto file_png = clean(png.substr(0, 33) + text + png.substr(33), "a.png").value();
    EXPECT_EQ(file_png.media_type, "image/png");
    EXPECT_EQ(file_png.cleaned.find("Siti"), std::string::npos);
    EXPECT_NE(file_png.verdict, CleanFile::Verdict::Same);
    auto plain_png = clean(png, "a.png").value();
    EXPECT_NE(plain_png.verdict, CleanFile::Verdict::Held);
    EXPECT_FALSE(plain_png.preview.empty());
}

TEST_F(CleaningFiles, a_film_forgets_where_it_was_taken)
{
    auto film = box("ftyp", "isom\0\0\0\1isom"s) + box("moov", box("mvhd", "time") + box("udta", "+0.82+109.4/ Bengkayang")) + box("mdat", "frames");
    auto file = clean(film, "a.mp4").value();
    EXPECT_EQ(file.verdict, CleanFile::Verdict::Cleaned);
    EXPECT_EQ(file.cleaned.size(), film.size());
    EXPECT_EQ(file.cleaned.find("Bengkayang"), std::string::npos);
    EXPECT_NE(file.cleaned.find("frames"), std::string::npos);
}

TEST_F(CleaningFiles, office_documents_are_known_by_what_they_hold)
{
    EXPECT_EQ(clean(archive({ { "[Content_Types].xml", "x" }, { "word/document.xml", "x" } }), "a.docx").value().media_type.substr(0, 15), "application/vnd");
    EXPECT_EQ(refusal(archive({ { "[Content_Types].xml", "x" }, { "word/document.xml", "x" }, { "word/vbaProject.bin", "x" } }), "a.docx"), "codec.file.macro");
    EXPECT_EQ(refusal(archive({ { "virus.exe", "x" } }), "a.zip"), "codec.file.unknown");
    EXPECT_EQ(refusal(archive({ { "[Content_Types].xml", "x" }, { "word/document.xml", std::string(20U << 20U, ' ') } }), "a.docx"), "codec.file.archive");
    EXPECT_EQ(refusal("PK\x03\x04 broken", "a.docx"), "codec.file.archive");
    EXPECT_EQ(clean(archive({ { "mimetype", "application/vnd.oasis.opendocument.text" } }), "a.odt").value().media_type, "application/vnd.oasis.opendocument.text");
}

TEST_F(CleaningFiles, a_file_that_is_not_what_its_name_says_is_refused)
{
    EXPECT_EQ(refusal("hadir: 20 orang", "daftar.pdf"), "codec.file.spoofed");
    EXPECT_EQ(refusal("%PDF-1.4 x", "foto.jpg"), "codec.file.spoofed");
    EXPECT_EQ(refusal(archive({ { "[Content_Types].xml", "x" }, { "xl/workbook.xml", "x" } }), "a.docx"), "codec.file.spoofed");
    EXPECT_EQ(refusal("\x7F" "ELF\x02\x01", "a.txt"), "codec.file.unknown");
    EXPECT_EQ(refusal("MZ\x90\0\3"s, "a.exe"), "codec.file.unknown");
    EXPECT_EQ(refusal("", "a.pdf"), "codec.file.empty");
    for (auto const* page : { "<!DOCTYPE html><script>alert(1)</script>", "\xEF\xBB\xBF <svg onload=alert(1)>", "<?xml version='1.0'?>" })
        EXPECT_EQ(refusal(page, "a.txt"), "codec.file.unknown") << page;
}

TEST_F(CleaningFiles, text_and_lists_are_told_apart_by_name_only)
{
    EXPECT_EQ(clean("a;b\n1;2\n", "a.csv").value().media_type, "text/csv");
    EXPECT_EQ(clean("a;b\n1;2\n", "a.txt").value().media_type, "text/plain");
    EXPECT_EQ(clean("a;b\n1;2\n", "a").value().media_type, "text/plain");
    EXPECT_EQ(clean("%PDF-1.4", "pindaian").value().media_type, "application/pdf");
}

TEST_F(CleaningFiles, a_pdf_that_does_something_is_known)
{
    EXPECT_FALSE(is_active_pdf("%PDF-1.4 /OpenAction [3 0 R /FitH null] /JSON"));
    EXPECT_TRUE(is_active_pdf("%PDF-1.4 <</S/JavaScript/JS(app.alert(1))>>"));
    EXPECT_TRUE(is_active_pdf("%PDF-1.4 <</S/J#61vaScript>>"));
    EXPECT_TRUE(is_active_pdf("%PDF-1.4 /Type/EmbeddedFile\n"));
    EXPECT_TRUE(is_active_pdf("%PDF-1.5 /Type/ObjStm stream without end"));
    EXPECT_TRUE(clean("%PDF-1.4 /Launch ", "a.pdf").value().active);
}
