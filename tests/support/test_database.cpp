#include "support/test_database.hpp"
#include "storage/checksum.hpp"
#include "storage/migration.hpp"
#include "support/postgres_cluster.hpp"
#include <atomic>
#include <stdexcept>
#include <unistd.h>

namespace kpuhub::testing {

using namespace storage;

template<typename T>
static T must(Result<T> result, char const* what)
{
    if (!result)
        throw std::runtime_error(
            std::string { what } + ": " + result.error().message_key + " " + result.error().detail);
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

/// One name for one schema: of all statements as this engine runs them.
static std::string schema_name(Engine engine, std::vector<SchemaText> const& schema)
{
    std::string all;
    for (auto const& migration : migrations_for(engine, schema))
        for (auto const& statement : migration.statements)
            all += migration.name + '\n' + statement + '\n';
    return sha256_hex(all).substr(0, 24);
}

static void migrate(Settings const& settings)
{
    auto database = must(Database::open(settings), "open the template");
    must(database->migrate(), "migrate the template");
}

/// A migrated file that all test processes of this user share; made once, put in place by rename.
static std::filesystem::path sqlite_template(std::vector<SchemaText> const& schema)
{
    auto folder = TestFolder::parent() / ("kpuhub_templates_" + std::to_string(::getuid()));
    std::filesystem::create_directories(folder);
    auto ready = folder / (schema_name(Engine::Sqlite, schema) + ".sqlite");
    if (std::filesystem::exists(ready))
        return ready;
    TestFolder making;
    migrate({ .address = "sqlite:" + making / "database.sqlite", .readers = 1, .schema = schema });
    auto unique = folder / (making.path().filename().string() + ".sqlite");
    std::filesystem::copy_file(making / "database.sqlite", unique);
    std::filesystem::rename(unique, ready);
    return ready;
}

static std::string new_database_name()
{
    static std::atomic<int> count = 0;
    return "test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
}

static std::string postgres_template(PostgresCluster& cluster, std::vector<SchemaText> const& schema)
{
    auto ready = "template_" + schema_name(Engine::Postgres, schema);
    if (cluster.has_database(ready))
        return ready;
    auto making = new_database_name();
    cluster.run("CREATE DATABASE " + making);
    migrate({ .address = cluster.address_of(making), .readers = 1, .writers = 1, .schema = schema });
    // Another process may have been faster: then its template is as good.
    cluster.try_to_run("ALTER DATABASE " + making + " RENAME TO " + ready);
    if (!cluster.has_database(ready))
        throw std::runtime_error("no template database");
    return ready;
}

TestDatabase::TestDatabase(Engine engine, TestDatabaseOptions options)
{
    auto schema = options.schema ? *options.schema : compiled_schema();
    m_settings.readers = options.readers;
    m_settings.rerun = options.rerun;
    m_settings.schema = schema;
    if (engine == Engine::Sqlite) {
        if (!schema.empty())
            std::filesystem::copy_file(sqlite_template(schema), m_folder / "database.sqlite");
        m_settings.address = "sqlite:" + m_folder / "database.sqlite";
    } else {
        auto& cluster = PostgresCluster::of_this_process();
        auto name = new_database_name();
        cluster.run("CREATE DATABASE " + name
            + (schema.empty() ? std::string {} : " TEMPLATE " + postgres_template(cluster, schema)));
        m_postgres_name = name;
        m_settings.address = cluster.address_of(name);
    }
    reopen();
}

TestDatabase::~TestDatabase()
{
    close();
    if (!m_postgres_name.empty())
        PostgresCluster::of_this_process().try_to_run("DROP DATABASE " + m_postgres_name + " WITH (FORCE)");
}

void TestDatabase::reopen()
{
    close();
    m_database = must(Database::open(m_settings), "open the database");
}

std::string engine_name(::testing::TestParamInfo<Engine> const& info)
{
    return info.param == Engine::Sqlite ? "Sqlite" : "Postgres";
}

}
