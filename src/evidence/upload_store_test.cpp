#include "evidence/upload.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"
#include "support/test_folder.hpp"
#include <filesystem>

using namespace kpuhub;
using namespace kpuhub::testing;
using evidence::Upload;

namespace {

time::Instant const now { 1'776'500'000'000 };
constexpr auto key = "key-of-the-file-1";

class UploadStore : public ForBothEngines {
protected:
    void SetUp() override
    {
        auto office = make_office(*database);
        siti = account(office.siti, "siti");
        budi = account(office.budi, "budi");
    }
    AccountId account(PersonId person, char const* name)
    {
        return *database->write([&](storage::Transaction& transaction) -> Result<AccountId> {
            return transaction.insert<AccountTag>({ "test", "INSERT INTO account (person_id, user_name, password_hash, state, created_at)"
                                                            " VALUES ($1, $2, '', 'active', 0) RETURNING id" }, person, name);
        });
    }
    Result<Upload> begin(AccountId who, std::string const& name, std::int64_t bytes, time::Instant at = now)
    {
        return database->write([&](storage::Transaction& transaction) { return evidence::begin_upload(transaction, who, name, "foto.jpg", bytes, at); });
    }
    Result<Upload> piece(AccountId who, std::int64_t offset, std::string const& bytes)
    {
        return evidence::add_piece(*database, folder.path().string(), who, key, offset, bytes, now);
    }

    TestFolder folder;
    AccountId siti, budi;
};

FOR_BOTH_ENGINES(UploadStore);

}

TEST_P(UploadStore, PiecesComeInOrderAndMayComeTwice)
{
    ASSERT_TRUE(begin(siti, key, 10));
    EXPECT_EQ(piece(siti, 0, "01234").value().received_bytes, 5);
    EXPECT_EQ(piece(siti, 0, "01234").value().received_bytes, 5);
    EXPECT_EQ(piece(siti, 7, "78").error().kind, FaultKind::Conflict);
    EXPECT_EQ(begin(siti, key, 10).value().received_bytes, 5) << "the same file goes on where it stopped";
    EXPECT_EQ(piece(siti, 5, "567890").error().kind, FaultKind::Invalid) << "beyond the end";
    EXPECT_TRUE(piece(siti, 5, "56789").value().complete());
    EXPECT_EQ(piece(budi, 0, "x").error().kind, FaultKind::NotFound);
    EXPECT_EQ(begin(siti, key, 11).value().received_bytes, 0) << "another size is another file";
}

TEST_P(UploadStore, SizesKeysAndNumbersHaveLimits)
{
    EXPECT_EQ(begin(siti, key, 51 << 20).error().argument, "50");
    EXPECT_EQ(begin(siti, key, 0).error().kind, FaultKind::Invalid);
    for (auto const* bad : { "short", "../../../etc/passwd", "with blank and more" })
        EXPECT_EQ(begin(siti, bad, 10).error().message_key, "evidence.upload.key") << bad;
    for (int i = 0; i < 20; ++i)
        ASSERT_TRUE(begin(siti, "another-file-" + std::to_string(i), 10));
    EXPECT_EQ(begin(siti, "one-file-more", 10).error().message_key, "evidence.upload.many");
    EXPECT_TRUE(begin(budi, "one-file-more", 10));
}

TEST_P(UploadStore, WhatIsLeftUnfinishedIsForgotten)
{
    ASSERT_TRUE(begin(siti, key, 10, now));
    ASSERT_TRUE(piece(siti, 0, "01234"));
    auto older_than = [&](int hours) { return evidence::drop_stale_uploads(*database, folder.path().string(), now.plus(std::chrono::hours { hours })); };
    EXPECT_EQ(older_than(-1).value(), 0);
    EXPECT_EQ(older_than(1).value(), 1);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}
