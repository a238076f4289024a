#include "http/multipart.hpp"
#include "http/limits.hpp"
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::http;

namespace {

struct Kept {
    std::vector<std::string> files;
};

class MemorySink final : public FileSink {
public:
    explicit MemorySink(Kept& kept) : m_kept(kept) {}
    Result<void> write(std::string_view bytes) override
    {
        m_bytes += bytes;
        return {};
    }
    Result<std::string> finish() override
    {
        m_kept.files.push_back(m_bytes);
        return "file" + std::to_string(m_kept.files.size());
    }

private:
    Kept& m_kept;
    std::string m_bytes;
};

struct Reading {
    Kept kept;
    Limits limits = embedded_limits().value();
    MultipartReader reader { "XX", limits, [this]() -> Result<std::unique_ptr<FileSink>> { return std::make_unique<MemorySink>(kept); } };
    bool whole = false;

    explicit Reading(std::string const& body, std::size_t piece = 1'000'000)
    {
        for (std::size_t at = 0; at < body.size(); at += piece)
            if (!reader.feed(std::string_view(body).substr(at, piece)))
                return;
        whole = reader.finish().has_value();
    }
};

std::string const usual = "--XX\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nbaris 1\r\nbaris 2\r\n"
                          "--XX\r\nContent-Disposition: form-data; name=\"proof\"; filename=\"C:\\dir\\surat.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
                          "%PDF\r\n--X\r\n--XY\xFF" "\r\n"
                          "--XX\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\n\r\n\r\n"
                          "--XX\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n"
                          "--XX--\r\n";

}

TEST(Multipart, gives_the_same_in_pieces_of_every_length)
{
    std::string body { usual };
    for (std::size_t piece : { 1, 2, 3, 5, 7, 64, 100000 }) {
        Reading reading { body, piece };
        ASSERT_TRUE(reading.whole) << piece;
        EXPECT_EQ(reading.reader.fields.text("note"), "baris 1\r\nbaris 2");
        EXPECT_EQ(reading.reader.fields.find("empty"), "");
        ASSERT_EQ(reading.reader.uploads.size(), 1u);
        EXPECT_EQ(reading.reader.uploads[0].file_name, "surat.pdf");
        EXPECT_EQ(reading.reader.uploads[0].field, "proof");
        EXPECT_EQ(reading.reader.uploads[0].bytes, static_cast<std::int64_t>(reading.kept.files[0].size()));
        EXPECT_EQ(reading.kept.files[0], "%PDF\r\n--X\r\n--XY\xFF");
    }
}

TEST(Multipart, that_ends_early_or_lies_is_refused)
{
    EXPECT_FALSE(Reading { "" }.whole);
    EXPECT_FALSE(Reading { "--XX" }.whole);
    EXPECT_FALSE(Reading { "nothing at all" }.whole);
    EXPECT_FALSE(Reading { "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n" }.whole);
    EXPECT_FALSE(Reading { "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--\r\n" }.whole);
    EXPECT_FALSE(Reading { "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--XX--\r\n" }.whole);
    EXPECT_FALSE(Reading { "--XX\r\n\r\n1\r\n--XX--\r\n" }.whole);
    EXPECT_FALSE(Reading { "--XX\r\nX: " + std::string(5000, 'a') }.whole);
    EXPECT_FALSE(Reading { "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xFF\r\n--XX--\r\n" }.whole);
    EXPECT_FALSE(Reading { "--XXyy\r\n" }.whole);
}

TEST(Multipart, with_too_many_parts_or_a_huge_field_is_refused)
{
    std::string part = "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
    std::string many;
    for (int count = 0; count < 501; ++count)
        many += part;
    EXPECT_FALSE(Reading { many + "--XX--\r\n" }.whole);
    EXPECT_FALSE(Reading { "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + std::string(1'100'000, 'a') + "\r\n--XX--\r\n" }.whole);
}

TEST(Multipart, boundary_is_taken_from_the_content_type)
{
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
    EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"a b;c\""), "a b;c");
    EXPECT_FALSE(multipart_boundary("multipart/form-data"));
    EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary="));
    EXPECT_FALSE(multipart_boundary("multipart/mixed; boundary=a"));
    EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')));
    EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=\"open"));
}

TEST(FileName, is_never_a_path)
{
    EXPECT_EQ(plain_file_name("../../etc/passwd"), "passwd");
    EXPECT_EQ(plain_file_name("C:\\a\\b.pdf"), "b.pdf");
    EXPECT_EQ(plain_file_name("C:b.pdf"), "b.pdf");
    EXPECT_EQ(plain_file_name(".."), "");
    EXPECT_EQ(plain_file_name("SK Nomor 5 Tahun 2026.pdf"), "SK Nomor 5 Tahun 2026.pdf");
    EXPECT_EQ(plain_file_name(std::string(300, 'a') + ".pdf").size(), 255u);
    EXPECT_TRUE(plain_file_name(std::string(300, 'a') + ".pdf").ends_with("a.pdf"));
}
