#include "storage/migration.hpp"
#include "support/test_database.hpp"
#include <thread>

using namespace kpuhub;
using namespace kpuhub::storage;
using kpuhub::testing::TestDatabase;

namespace {

using Files = std::vector<SchemaText>;

Files const first_version { { "migrations/1_a.sql", "CREATE TABLE a (id BIGINT PRIMARY KEY);" },
    { "migrations/2_b.sql", "CREATE TABLE b (id BIGINT PRIMARY KEY); INSERT INTO b (id) VALUES (1);" } };

class MigrationStore : public ::testing::TestWithParam<Engine> {
protected:
    TestDatabase database { GetParam(), { .rerun = false, .schema = Files {} } };

    std::int64_t rows(std::string const& table)
    {
        return database->read([&](Reader& reader) -> Result<std::int64_t> {
            return reader.first({ "test.count", "SELECT COUNT(*) FROM " + table })->integer(0);
        }).value();
    }
};
FOR_BOTH_ENGINES(MigrationStore);

Files with(Files files, std::string path, std::string bytes)
{
    files.push_back({ std::move(path), std::move(bytes) });
    return files;
}

}

TEST_P(MigrationStore, FilesRunOnceInTheOrderOfTheirNames)
{
    EXPECT_EQ(run_migrations(*database, Files { first_version[1], first_version[0] }).value(), 2);
    EXPECT_EQ(run_migrations(*database, first_version).value(), 0);
    EXPECT_EQ(rows("b"), 1);
    EXPECT_EQ(schema_version(*database).value(), "2_b");
    auto next = with(first_version, "migrations/3_c.sql", "INSERT INTO b (id) VALUES (2);");
    EXPECT_EQ(run_migrations(*database, next).value(), 1);
    EXPECT_EQ(rows("b"), 2);
}

TEST_P(MigrationStore, AChangedOldFileIsRefused)
{
    ASSERT_TRUE(run_migrations(*database, first_version));
    auto changed = first_version;
    changed[0].bytes += " ";
    auto refused = run_migrations(*database, with(changed, "migrations/3_c.sql", "CREATE TABLE c (id BIGINT);"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FaultKind::Conflict);
    EXPECT_EQ(refused.error().message_key, "storage.schema_changed");
    EXPECT_EQ(refused.error().argument, "1_a");
    EXPECT_EQ(rows("migration"), 2);
}

TEST_P(MigrationStore, ANewerSchemaIsRefused)
{
    ASSERT_TRUE(run_migrations(*database, first_version));
    auto refused = run_migrations(*database, Files { first_version[0] });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message_key, "storage.schema_newer");
}

TEST_P(MigrationStore, AFileThatFailsLeavesNothingAndTheNextCallGoesOn)
{
    auto broken = with(first_version, "migrations/3_c.sql", "CREATE TABLE c (id BIGINT); INSERT INTO nowhere VALUES (1);");
    EXPECT_FALSE(run_migrations(*database, broken));
    EXPECT_EQ(schema_version(*database).value(), "2_b");
    auto mended = with(first_version, "migrations/3_c.sql", "CREATE TABLE c (id BIGINT); INSERT INTO c VALUES (1);");
    EXPECT_EQ(run_migrations(*database, mended).value(), 1);
    EXPECT_EQ(rows("c"), 1);
}

TEST_P(MigrationStore, AFileForOneEngineRunsThereOnly)
{
    auto files = with(first_version, "migrations/3_only.sqlite.sql", "INSERT INTO b (id) VALUES (10);");
    files = with(files, "migrations/3_only.postgres.sql", "INSERT INTO b (id) VALUES (20), (21);");
    EXPECT_EQ(run_migrations(*database, files).value(), 3);
    EXPECT_EQ(rows("b"), GetParam() == Engine::Sqlite ? 2 : 3);
    EXPECT_EQ(schema_version(*database).value(), GetParam() == Engine::Sqlite ? "3_only.sqlite" : "3_only.postgres");
}

TEST_P(MigrationStore, TwoStartsAtOnceRunEachFileOnce)
{
    auto slow = with(first_version, "migrations/3_c.sql", "INSERT INTO b (id) VALUES (3);");
    auto second = Database::open(database.settings());
    ASSERT_TRUE(second) << second.error().detail;
    Result<int> there = 0;
    std::thread other { [&] { there = run_migrations(**second, slow); } };
    auto here = run_migrations(*database, slow);
    other.join();
    ASSERT_TRUE(here) << here.error().detail;
    ASSERT_TRUE(there) << there.error().detail;
    EXPECT_EQ(*here + *there, 3);
    EXPECT_EQ(rows("b"), 2);
}

class CompiledSchema : public ::testing::TestWithParam<Engine> {};
FOR_BOTH_ENGINES(CompiledSchema);

TEST_P(CompiledSchema, RunsWholeOnANewDatabase)
{
    TestDatabase database { GetParam() };
    EXPECT_EQ(database->migrate().value(), 0);
    EXPECT_TRUE(database->check().value().empty());
}
