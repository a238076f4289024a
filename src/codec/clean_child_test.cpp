#include "support/paths.hpp"
#include "codec/clean_child.hpp"
#include "codec/tool.hpp"
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

using namespace kpuhub;
using namespace kpuhub::codec;

namespace {

CleaningSetting const setting { .program = kpuhub::testing::program() };

std::string stored(std::string const& bytes)
{
    auto path = (std::filesystem::temp_directory_path() / ("kpuhub_child_" + std::to_string(::getpid()))).string();
    write_whole(path, bytes);
    return path;
}

}

TEST(CleaningChild, reads_what_the_child_wrote_as_bytes_from_outside)
{
    auto list = embedded_media_types().value();
    CleanFile file { CleanFile::Verdict::Cleaned, "image/jpeg", "cleaned", "small", true };
    auto read = from_answer(list, to_answer(file)).value();
    EXPECT_EQ(read.cleaned, "cleaned");
    EXPECT_EQ(read.preview, "small");
    EXPECT_TRUE(read.active);
    EXPECT_EQ(from_answer(list, to_answer(invalid_because("codec.file.spoofed", "pdf"))).error().argument, "pdf");
    for (auto const* bad : { "", "kpuhub-clean-1\n", "kpuhub-clean-1 cleaned 0 text/html 0 0\n", "kpuhub-clean-1 cleaned 0 image/png 9 0\nx",
             "kpuhub-clean-1 same 0 image/png 18446744073709551615 1\n", "kpuhub-clean-1 refused <script> x\n", "hello" })
        EXPECT_EQ(from_answer(list, bad).error().message_key, "codec.file.unreadable") << bad;
}

TEST(CleaningChild, tells_a_paper_from_a_program)
{
    auto paper = clean_file_in_child(stored("%PDF-1.4 x"), "a.pdf", setting);
    ASSERT_TRUE(paper) << paper.error().message_key;
    EXPECT_EQ(paper->media_type, "application/pdf");
    EXPECT_EQ(clean_file_in_child(stored("\x7F" "ELF..."), "a.pdf", setting).error().message_key, "codec.file.unknown");
    EXPECT_EQ(clean_file_in_child(stored("text"), "--sandbox.pdf", setting).error().message_key, "codec.file.spoofed");
    EXPECT_EQ(clean_file_in_child("/nowhere", "a.pdf", setting).error().kind, FaultKind::NotFound);
}

TEST(CleaningChild, works_shut_in_where_the_kernel_allows_it)
{
    auto shut_in = setting;
    shut_in.sandbox_required = true;
    auto plain = std::string("P6\n64 48\n255\n") + std::string(64 * 48 * 3, 'x');
    auto path = stored(plain);
    ASSERT_TRUE(run_tool({ "/usr/bin/cjpeg", "-outfile", path + ".jpg", path }));
    auto picture = clean_file_in_child(path + ".jpg", "foto.jpg", shut_in);
    if (!picture && picture.error().message_key == "codec.no_sandbox")
        GTEST_SKIP() << "no Landlock here";
    ASSERT_TRUE(picture) << picture.error().message_key;
    EXPECT_NE(picture->verdict, CleanFile::Verdict::Held);
    EXPECT_FALSE(picture->preview.empty());
}

TEST(CleaningChild, a_file_over_50_megabytes_never_reaches_the_child)
{
    auto path = stored("");
    std::filesystem::resize_file(path, 51U << 20U);
    EXPECT_EQ(clean_file_in_child(path, "a.pdf", setting).error().message_key, "codec.too_large");
    std::filesystem::remove(path);
}
