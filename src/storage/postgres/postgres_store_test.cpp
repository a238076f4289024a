#include "support/postgres_cluster.hpp"
#include "support/test_database.hpp"
#include <latch>
#include <thread>

using namespace kpuhub;
using namespace kpuhub::storage;
using kpuhub::testing::PostgresCluster;
using kpuhub::testing::TestDatabase;

namespace {

class Postgres : public ::testing::Test {
protected:
    TestDatabase database { Engine::Postgres, { .rerun = false, .schema = std::vector<SchemaText> {
        { "migrations/1.sql", "CREATE TABLE line (id BIGINT PRIMARY KEY, number BIGINT NOT NULL); "
                              "INSERT INTO line VALUES (1, 0), (2, 0);" } } } };

    std::int64_t sum()
    {
        return database->read([](Reader& reader) -> Result<std::int64_t> {
            return reader.first({ "test.sum", "SELECT SUM(number) FROM line" })->integer(0);
        }).value();
    }
};
constexpr Query increase { "test.increase", "UPDATE line SET number = number + 1 WHERE id = $1" };
constexpr Query serialization_failure { "test.40001",
    "DO $body$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $body$" };
constexpr Query end_me { "test.terminate", "SELECT pg_terminate_backend(pg_backend_pid())" };

}

TEST_F(Postgres, ASerializationFailureRunsTheActionAgain)
{
    int runs = 0;
    auto done = database->write([&](Transaction& transaction) -> Result<void> {
        transaction.execute(increase, 1);
        if (++runs < 3)
            transaction.execute(serialization_failure);
        return {};
    });
    EXPECT_TRUE(done);
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(sum(), 1);
    EXPECT_EQ(database->counters().repeated, 2);
}

TEST_F(Postgres, AfterThreeRepetitionsItIsBusy)
{
    int runs = 0;
    auto refused = database->write([&](Transaction& transaction) -> Result<void> {
        ++runs;
        transaction.execute(serialization_failure);
        return {};
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FaultKind::Unavailable);
    EXPECT_EQ(refused.error().message_key, "storage.busy");
    EXPECT_EQ(runs, 4);
}

TEST_F(Postgres, ADeadlockEndsWithBothSaved)
{
    std::latch both { 2 };
    auto crosswise = [&](int first, int second) {
        bool again = false;
        return database->write([&, again](Transaction& transaction) mutable -> Result<void> {
            transaction.execute(increase, first);
            if (!std::exchange(again, true))
                both.arrive_and_wait();
            transaction.execute(increase, second);
            return {};
        });
    };
    Result<void> there;
    std::thread other { [&] { there = crosswise(2, 1); } };
    auto here = crosswise(1, 2);
    other.join();
    EXPECT_TRUE(here);
    EXPECT_TRUE(there);
    EXPECT_EQ(sum(), 4);
    EXPECT_GE(database->counters().repeated, 1);
}

TEST_F(Postgres, ALostConnectionIsReplacedAndTheActionRunsAgain)
{
    int runs = 0;
    auto done = database->write([&](Transaction& transaction) -> Result<void> {
        transaction.execute(increase, 1);
        if (++runs == 1)
            transaction.query(end_me);
        return {};
    });
    EXPECT_TRUE(done) << done.error().detail;
    EXPECT_EQ(sum(), 1);
}

TEST_F(Postgres, ConnectionsThatDiedWhileIdleDoNotMatter)
{
    ASSERT_EQ(sum(), 0);
    auto& cluster = PostgresCluster::of_this_process();
    cluster.try_to_run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test_"
        + std::to_string(::getpid()) + "_%'");
    EXPECT_EQ(sum(), 0);
    EXPECT_TRUE(database->write([](Transaction& transaction) -> Result<void> {
        transaction.execute(increase, 1);
        return {};
    }));
    EXPECT_EQ(sum(), 1);
}

TEST_F(Postgres, AServerThatMayLoseWhatItAcknowledgedIsRefused)
{
    auto name = database.settings().address;
    name = name.substr(name.find("test_"));
    name = name.substr(0, name.find('?'));
    PostgresCluster::of_this_process().run("ALTER DATABASE " + name + " SET synchronous_commit = off");
    auto refused = Database::open(database.settings());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FaultKind::Invalid);
    EXPECT_EQ(refused.error().message_key, "storage.unsafe_server");
    EXPECT_NE(refused.error().argument.find("synchronous_commit"), std::string::npos);
}

TEST_F(Postgres, ANumberThatDoesNotFitIsRefusedInsteadOfCut)
{
    for (auto const* sql : { "SELECT 9223372036854775807::numeric + 1", "SELECT 0.5", "SELECT 1::float8" }) {
        auto refused = database->read([&](Reader& reader) -> Result<std::int64_t> {
            return reader.first({ "test.number", sql })->integer(0);
        });
        EXPECT_FALSE(refused) << sql;
    }
}

TEST(PostgresAddress, AServerElsewhereNeedsAVerifiedConnection)
{
    auto key = [](std::string const& address) { return Database::open({ .address = address }).error().message_key; };
    EXPECT_EQ(key("postgresql://db.kpu.example/kpuhub"), "storage.ssl_required");
    EXPECT_EQ(key("postgresql://db.kpu.example/kpuhub?sslmode=require"), "storage.ssl_required");
    EXPECT_EQ(key("postgresql://localhost,db.kpu.example/kpuhub"), "storage.ssl_required");
    EXPECT_EQ(key("postgresql://127.0.0.1:1/kpuhub?connect_timeout=1"), "storage.unavailable");
}

TEST(PostgresAddress, AWrongAddressShowsNoPassword)
{
    auto refused = Database::open({ .address = "postgresql://kpuhub:rahasia@[::1/x" });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message_key, "storage.address");
    EXPECT_EQ(refused.error().detail.find("rahasia"), std::string::npos);
}
