#include "storage/earlier_writes.hpp"
#include "support/held_write.hpp"
#include "support/test_database.hpp"

using namespace kpuhub;
using namespace kpuhub::storage;
using kpuhub::testing::HeldWrite;

namespace {

constexpr std::chrono::milliseconds moment { 50 };
constexpr std::chrono::seconds long_enough { 20 };

constexpr Query add { "test.add", "INSERT INTO line (number) VALUES (1)" };
constexpr Query count { "test.count", "SELECT count(*) FROM line" };

class EarlierWrites : public ::testing::TestWithParam<Engine> {
protected:
    kpuhub::testing::TestDatabase database { GetParam(), { .schema = std::vector<SchemaText> { { "migrations/1.sql", "CREATE TABLE line (number BIGINT NOT NULL);" } } } };

    std::int64_t lines() { return database->read([](Reader& reader) -> Result<std::int64_t> { return reader.first(count)->integer(0); }).value(); }
};
FOR_BOTH_ENGINES(EarlierWrites);

class EarlierWritesOfOthers : public EarlierWrites {};
INSTANTIATE_TEST_SUITE_P(Engine, EarlierWritesOfOthers, ::testing::Values(Engine::Postgres), kpuhub::testing::engine_name);

}

TEST_P(EarlierWrites, where_nobody_writes_nobody_is_waited_for)
{
    EXPECT_TRUE(earlier_writes_ended(*database, moment).value());
}

TEST_P(EarlierWritesOfOthers, a_write_that_has_changed_something_is_waited_for_until_all_see_it)
{
    HeldWrite other { database.settings(), [](Transaction& transaction) -> Result<void> {
        transaction.execute(add);
        return {};
    } };
    EXPECT_FALSE(earlier_writes_ended(*database, moment).value());
    bool ended = false;
    std::thread waiting { [&] { ended = earlier_writes_ended(*database, long_enough).value() && lines() == 1; } };
    ASSERT_TRUE(other.let_go());
    waiting.join();
    EXPECT_TRUE(ended);
}

TEST_P(EarlierWritesOfOthers, whoever_only_reads_is_not_waited_for)
{
    HeldWrite other { database.settings(), [](Transaction& transaction) -> Result<void> {
        transaction.query(count);
        return {};
    } };
    EXPECT_TRUE(earlier_writes_ended(*database, moment).value());
}

TEST_P(EarlierWritesOfOthers, one_that_begins_later_is_not_waited_for)
{
    HeldWrite first { database.settings(), [](Transaction& transaction) -> Result<void> {
        transaction.execute(add);
        return {};
    } };
    Result<bool> ended = false;
    std::thread waiting { [&] { ended = earlier_writes_ended(*database, long_enough); } };
    std::this_thread::sleep_for(moment);            // it has looked who writes
    HeldWrite later { database.settings(), [](Transaction& transaction) -> Result<void> {
        transaction.execute(add);
        return {};
    } };
    ASSERT_TRUE(first.let_go());
    waiting.join();
    EXPECT_TRUE(ended.value());
    EXPECT_EQ(lines(), 1);
}
