#include "storage/blob_store.hpp"
#include "storage/checksum.hpp"
#include "support/test_folder.hpp"
#include <fstream>
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::storage;
using kpuhub::testing::TestFolder;

namespace {

class Blobs : public ::testing::Test {
protected:
    TestFolder folder;
    std::unique_ptr<BlobStore> blobs = BlobStore::open(folder / "blobs").value();
    time::Instant const now = time::MachineClock {}.now();
    time::Instant const tomorrow = now.plus(std::chrono::hours { 25 });

    void overwrite(std::string const& hash, std::string const& bytes)
    {
        std::ofstream { blobs->path_of(hash).value(), std::ios::trunc } << bytes;
    }
};

}

TEST(Sha256, IsTheStandardOne)
{
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_F(Blobs, BytesComeBackByTheirHash)
{
    std::string bytes { "a\0b", 3 };
    auto stored = blobs->put(bytes);
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->hash, sha256_hex(bytes));
    EXPECT_EQ(stored->bytes, 3);
    EXPECT_EQ(blobs->read(stored->hash).value(), bytes);
    EXPECT_EQ(blobs->put(bytes).value(), *stored);
    EXPECT_EQ(blobs->verify({ stored->hash }).value().files, 1);
}

TEST_F(Blobs, AFileIsStoredAsItsBytes)
{
    std::string large(700'000, 'k');
    std::ofstream { folder / "sent.pdf" } << large;
    auto stored = blobs->put_file(folder / "sent.pdf");
    ASSERT_TRUE(stored);
    EXPECT_EQ(*stored, blobs->put(large).value());
    EXPECT_EQ(blobs->put_file(folder / "nothing").error().kind, FaultKind::NotFound);
}

TEST_F(Blobs, ANameThatIsNoHashReachesNoFile)
{
    for (auto const* name : { "", "../../etc/passwd", "ba7816bf", "incoming" })
        EXPECT_EQ(blobs->read(name).error().kind, FaultKind::NotFound);
    EXPECT_EQ(blobs->read(std::string(64, 'a')).error().kind, FaultKind::NotFound);
}

TEST_F(Blobs, VerifyFindsAlteredMissingAndUnreferenced)
{
    auto good = blobs->put("good").value().hash;
    auto altered = blobs->put("altered").value().hash;
    auto loose = blobs->put("loose").value().hash;
    overwrite(altered, "alterad");
    auto missing = sha256_hex("never stored");
    auto report = blobs->verify({ good, altered, missing });
    ASSERT_TRUE(report);
    EXPECT_EQ(report->files, 3);
    EXPECT_EQ(report->altered, std::vector { altered });
    EXPECT_EQ(report->missing, std::vector { missing });
    EXPECT_EQ(report->unreferenced, 1);
    EXPECT_FALSE(report->sound());
    EXPECT_TRUE(blobs->put("altered")) << "sending it again mends it";
    EXPECT_TRUE(blobs->verify({ good, altered }).value().sound());
}

TEST_F(Blobs, TheCollectorTakesOnlyWhatIsOldAndNamedByNobody)
{
    auto named = blobs->put("named").value().hash;
    auto loose = blobs->put("loose").value().hash;
    auto is_named = [&](std::string const& hash) { return hash == named; };
    EXPECT_EQ(blobs->collect(is_named, now.plus(std::chrono::hours { 23 })).value(), 0);
    EXPECT_EQ(blobs->collect(is_named, tomorrow).value(), 1);
    EXPECT_TRUE(blobs->read(named));
    EXPECT_FALSE(blobs->read(loose));
}

TEST_F(Blobs, TheCollectorRemovesUploadsThatBrokeOff)
{
    std::ofstream { folder / "blobs/incoming/incoming_abc" } << "half";
    EXPECT_EQ(blobs->collect([](auto const&) { return false; }, tomorrow).value(), 1);
}

TEST_F(Blobs, AnInterruptedPutLeavesNoFile)
{
    EXPECT_FALSE(blobs->put_file(folder / "nothing"));
    EXPECT_TRUE(std::filesystem::is_empty(folder / "blobs/incoming"));
}
