#include "storage/backup.hpp"
#include "storage/file.hpp"
#include "storage/file_system.hpp"
#include "storage/migration.hpp"
#include "storage/postgres/dump.hpp"
#include <algorithm>
#include <filesystem>

namespace kpuhub::storage {

namespace fs = std::filesystem;

namespace {
constexpr Query count_tables { "storage.count_tables",
    "SELECT COUNT(*) FROM pg_class WHERE relkind IN ('r', 'v', 'S') AND relnamespace = 'public'::regnamespace" };
constexpr std::string_view sqlite_start = "sqlite:";

Result<void> not_empty(std::string const& what)
{
    return fail({ FaultKind::Conflict, "storage.restore_not_empty", {}, {}, what });
}

std::string sqlite_file(RestoreTarget const& target) { return target.database.address.substr(sqlite_start.size()); }

Result<void> require_empty_database(RestoreTarget const& target, Engine engine)
{
    bool sqlite = target.database.address.starts_with(sqlite_start);
    if (sqlite != (engine == Engine::Sqlite))
        return invalid("storage.restore_engine");
    if (sqlite) {
        for (auto const* ending : { "", "-wal", "-shm" })
            if (fs::exists(sqlite_file(target) + ending))
                return not_empty(sqlite_file(target));
        return {};
    }
    auto database = TRY(Database::open(target.database));
    auto tables = TRY(database->read([](Reader& reader) -> Result<std::int64_t> {
        return reader.first(count_tables)->integer(0);
    }));
    return tables == 0 ? Result<void> {} : not_empty("postgresql");
}

Result<void> require_empty_blobs(std::string const& folder)
{
    std::error_code failed;
    for (auto const& entry : fs::recursive_directory_iterator { folder, failed })
        if (!entry.is_directory())
            return not_empty(folder);
    return {};
}

Result<void> require_known_schema(Manifest const& manifest, RestoreTarget const& target)
{
    auto known = migrations_for(manifest.engine, target.database.schema ? *target.database.schema : compiled_schema());
    if (manifest.schema.empty() || std::ranges::find(known, manifest.schema, &Migration::name) != known.end())
        return {};
    return fail({ FaultKind::Conflict, "storage.schema_newer", {}, {}, manifest.schema });
}

Result<void> copy_sqlite(std::string const& from, std::string const& to)
{
    auto folder = fs::absolute(to).parent_path();
    std::error_code failed;
    fs::create_directories(folder, failed);
    auto file = TRY(TemporaryFile::create(folder.string()));
    TRY_VOID(read_in_pieces(from, [&](std::string_view piece) { return file.write(piece); }));
    return file.put_at(to);
}
}

Result<std::unique_ptr<Database>> restore(std::string const& folder, RestoreTarget const& target)
{
    auto manifest = TRY(check_backup(folder));
    TRY_VOID(require_known_schema(manifest, target));
    TRY_VOID(require_empty_blobs(target.blobs));
    TRY_VOID(require_empty_database(target, manifest.engine));
    auto blobs = TRY(BlobStore::open(target.blobs));
    auto database_part = (fs::path { folder } / manifest.database).string();
    for (auto const& part : manifest.parts)
        if (part.path != manifest.database)
            TRY(blobs->put_file((fs::path { folder } / part.path).string()));
    if (manifest.engine == Engine::Sqlite)
        TRY_VOID(copy_sqlite(database_part, sqlite_file(target)));
    else
        TRY_VOID(postgres::fill_from_dump(target.database.address, database_part));
    auto database = TRY(Database::open(target.database));
    auto wrong = TRY(database->check());
    if (!wrong.empty())
        return fail({ FaultKind::Invalid, "storage.backup_broken", wrong.front(), {}, manifest.database });
    return database;
}

}
