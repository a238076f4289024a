#pragma once
#include "storage/database.hpp"
#include "support/test_folder.hpp"
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <vector>

namespace kpuhub::testing {

struct TestDatabaseOptions {
    bool rerun = true;              ///< every action runs twice, the first run rolled back (design.md 9)
    /// The schema, instead of the compiled-in files. An empty list leaves the database without any table.
    std::optional<std::vector<storage::SchemaText>> schema {};
    int readers = 4;
};

/// A fresh database with the whole schema, gone with this object. SQLite: a file copied from a migrated one.
/// PostgreSQL: a database copied from a migrated template, in the cluster of KPUHUB_TEST_POSTGRES (the folder that
/// tests/support/postgres.sh start was given) or else in one that this process starts.
///
///     TestDatabase database;                          // SQLite
///     auto id = database->write([&](Transaction& transaction) { ... });
class TestDatabase {
public:
    explicit TestDatabase(storage::Engine engine = storage::Engine::Sqlite, TestDatabaseOptions = {});
    ~TestDatabase();
    TestDatabase(TestDatabase const&) = delete;
    TestDatabase& operator=(TestDatabase const&) = delete;

    storage::Database& operator*() { return *m_database; }
    storage::Database* operator->() { return m_database.get(); }
    /// With these a test opens the same database a second time.
    [[nodiscard]] storage::Settings const& settings() const { return m_settings; }
    /// Closes the database and opens it again.
    void reopen();
    void close() { m_database.reset(); }

private:
    TestFolder m_folder;
    storage::Settings m_settings;
    std::string m_postgres_name;
    std::unique_ptr<storage::Database> m_database;
};

/// A test that runs on SQLite and on PostgreSQL:
///
///     class ComplaintStore : public ForBothEngines {};
///     FOR_BOTH_ENGINES(ComplaintStore);
///     TEST_P(ComplaintStore, KeepsTheChannelOfIntake) { database->write(...); }
class ForBothEngines : public ::testing::TestWithParam<storage::Engine> {
protected:
    TestDatabase database { GetParam() };
};

std::string engine_name(::testing::TestParamInfo<storage::Engine> const&);

#define FOR_BOTH_ENGINES(suite) \
    INSTANTIATE_TEST_SUITE_P(Engine, suite, \
        ::testing::Values(::kpuhub::storage::Engine::Sqlite, ::kpuhub::storage::Engine::Postgres), \
        ::kpuhub::testing::engine_name)

}
