#include "codec/own_folder.hpp"
#include "codec/zip_file.hpp"
#include "codec/zip_writer.hpp"
#include <fstream>
#include <gtest/gtest.h>

using namespace kpuhub::codec;

namespace {

std::string bytes_of(std::string const& path)
{
    std::ifstream stream(path, std::ios::binary);
    return { std::istreambuf_iterator<char> { stream }, {} };
}

}

TEST(ZipWriter, the_same_entries_give_the_same_bytes_whether_from_memory_or_from_a_file)
{
    OwnFolder const own { "/tmp" };
    std::ofstream(own.path() + "/two.txt") << "isi kedua";
    std::vector<ZipEntry> const entries { { "01 Naskah/satu.txt", "isi pertama" }, { "dua.txt", {}, own.path() + "/two.txt" } };
    ASSERT_TRUE(write_zip(own.path() + "/a.zip", entries));
    ASSERT_TRUE(write_zip(own.path() + "/b.zip", entries));
    auto const bytes = bytes_of(own.path() + "/a.zip");
    EXPECT_EQ(bytes, bytes_of(own.path() + "/b.zip"));
    auto archive = ZipFile::open(bytes, {});
    ASSERT_TRUE(archive);
    EXPECT_EQ(*archive->read("01 Naskah/satu.txt"), "isi pertama");
    EXPECT_EQ(*archive->read("dua.txt"), "isi kedua");
}

TEST(ZipWriter, a_file_that_is_not_there_is_a_fault_and_leaves_no_archive)
{
    OwnFolder const own { "/tmp" };
    EXPECT_FALSE(write_zip(own.path() + "/a.zip", { { "x", {}, own.path() + "/nothing" } }));
    EXPECT_TRUE(bytes_of(own.path() + "/a.zip").empty());
}

TEST(ZipWriter, names_in_an_archive_suit_every_system)
{
    EXPECT_EQ(portable_name("SK/12: TAHUN?2026.pdf"), "SK-12- TAHUN-2026.pdf");
    EXPECT_EQ(portable_name("../../x"), "..-..-x");
    EXPECT_EQ(portable_name("///"), "berkas");
    EXPECT_LE(portable_name(std::string(500, 'a')).size(), 80U);
}
