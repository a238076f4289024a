#include "storage/migration.hpp"
#include "core/embedded.hpp"
#include "storage/checksum.hpp"
#include "storage/sql_text.hpp"
#include <algorithm>
#include <map>
#include <spdlog/spdlog.h>

namespace kpuhub::storage {

namespace {
// "origin" tells the files of the program from the statements of published definitions.
constexpr Query create_table { "storage.create_migration", R"sql(
    CREATE TABLE IF NOT EXISTS migration (
        name TEXT PRIMARY KEY, checksum TEXT NOT NULL, origin TEXT NOT NULL, applied_at BIGINT NOT NULL) )sql" };
constexpr Query table_exists_sqlite { "storage.migration_exists",
    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'" };
constexpr Query table_exists_postgres { "storage.migration_exists",
    "SELECT 1 FROM pg_catalog.pg_class WHERE oid = to_regclass('migration')" };
constexpr Query applied_files { "storage.migrations",
    "SELECT name, checksum FROM migration WHERE origin = 'program' ORDER BY name" };
constexpr Query add_applied { "storage.add_migration",
    "INSERT INTO migration (name, checksum, origin, applied_at) VALUES ($1, $2, 'program', $3)" };
constexpr Query advisory_lock { "storage.migration_lock", "SELECT pg_advisory_xact_lock(4242170015)" };

using Applied = std::map<std::string, std::string>;
}

std::vector<SchemaText> compiled_schema()
{
    std::vector<SchemaText> files;
    for (auto const& file : embedded_files())
        if (file.path.starts_with("migrations/") && file.path.ends_with(".sql"))
            files.push_back({ std::string { file.path }, std::string { file.bytes } });
    return files;
}

std::vector<Migration> migrations_for(Engine engine, std::vector<SchemaText> const& files)
{
    std::string_view other = engine == Engine::Sqlite ? ".postgres" : ".sqlite";
    std::vector<Migration> migrations;
    for (auto const& file : files) {
        auto name = file.path.substr(file.path.rfind('/') + 1);
        name.resize(name.size() - std::string_view { ".sql" }.size());
        if (name.ends_with(other))
            continue;
        auto statements = sql_statements(file.bytes);
        if (engine == Engine::Sqlite)
            std::ranges::transform(statements, statements.begin(), as_sqlite);
        migrations.push_back({ std::move(name), sha256_hex(file.bytes), std::move(statements) });
    }
    std::ranges::sort(migrations, {}, &Migration::name);
    return migrations;
}

static Applied read_applied(Reader& reader, Engine engine)
{
    Applied applied;
    if (!reader.first(engine == Engine::Sqlite ? table_exists_sqlite : table_exists_postgres))
        return applied;
    for (auto const& row : reader.query(applied_files))
        applied.emplace(row.text(0), row.text(1));
    return applied;
}

static Result<void> require_known(std::vector<Migration> const& migrations, Applied const& applied)
{
    for (auto const& [name, checksum] : applied) {
        auto known = std::ranges::find(migrations, name, &Migration::name);
        if (known == migrations.end())
            return fail({ FaultKind::Conflict, "storage.schema_newer", {}, {}, name });
        if (known->checksum != checksum)
            return fail({ FaultKind::Conflict, "storage.schema_changed", {}, {}, name });
    }
    return {};
}

/// Runs one file unless it ran; true when it did now.
static Result<bool> apply(Transaction& transaction, Engine engine, std::vector<Migration> const& migrations,
    Migration const& migration, time::Instant now)
{
    if (engine == Engine::Postgres)
        transaction.query(advisory_lock);
    auto create = engine == Engine::Sqlite ? as_sqlite(create_table.sql) : std::string { create_table.sql };
    auto applied = read_applied(transaction, engine);
    TRY_VOID(require_known(migrations, applied));
    if (applied.contains(migration.name))
        return false;
    transaction.execute({ create_table.name, create });
    for (auto const& statement : migration.statements)
        transaction.execute({ migration.name, statement });
    transaction.execute(add_applied, migration.name, migration.checksum, now);
    return true;
}

Result<int> pending_migrations(Database& database, std::optional<std::vector<SchemaText>> const& files)
{
    auto engine = database.engine();
    auto migrations = migrations_for(engine, files ? *files : compiled_schema());
    auto applied = TRY(database.read([&](Reader& reader) -> Result<Applied> { return read_applied(reader, engine); }));
    TRY_VOID(require_known(migrations, applied));
    return static_cast<int>(migrations.size() - applied.size());
}

Result<int> run_migrations(Database& database, std::optional<std::vector<SchemaText>> const& files)
{
    auto engine = database.engine();
    auto migrations = migrations_for(engine, files ? *files : compiled_schema());
    auto applied = TRY(database.read([&](Reader& reader) -> Result<Applied> { return read_applied(reader, engine); }));
    TRY_VOID(require_known(migrations, applied));
    int ran = 0;
    for (auto const& migration : migrations) {
        if (applied.contains(migration.name))
            continue;
        auto now = time::MachineClock {}.now();
        bool ran_now = TRY(database.write([&](Transaction& transaction) {
            return apply(transaction, engine, migrations, migration, now);
        }));
        if (ran_now) {
            spdlog::info("storage: schema file {}", migration.name);
            ++ran;
        }
    }
    return ran;
}

Result<std::string> schema_version(Database& database)
{
    return database.read([&](Reader& reader) -> Result<std::string> {
        auto applied = read_applied(reader, database.engine());
        return applied.empty() ? std::string {} : applied.rbegin()->first;
    });
}

}
