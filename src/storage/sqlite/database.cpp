#include "storage/sqlite/database.hpp"
#include "storage/engine_fault.hpp"
#include "storage/file_system.hpp"
#include "storage/migration.hpp"
#include <filesystem>

namespace kpuhub::storage::sqlite {

namespace {
constexpr Query integrity { "storage.integrity_check", "PRAGMA integrity_check" };
constexpr Query foreign_keys { "storage.foreign_key_check", "SELECT \"table\", rowid FROM pragma_foreign_key_check" };
constexpr Query vacuum_into { "storage.vacuum_into", "VACUUM INTO $1" };
}

Result<std::unique_ptr<Database>> SqliteDatabase::open(std::string path, Settings const& settings)
{
    auto folder = std::filesystem::absolute(path).parent_path();
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail({ FaultKind::Invalid, "storage.folder", error.message(), {}, folder.string() });
    TRY_VOID(require_local_file_system(folder.string()));
    try {
        return std::unique_ptr<Database> { new SqliteDatabase { std::move(path), settings } };
    } catch (EngineError const& error) {
        return fail(fault_of(error));
    }
}

SqliteDatabase::SqliteDatabase(std::string path, Settings const& settings)
    : m_path(std::move(path))
    , m_settings(settings)
    , m_writer(std::make_unique<Connection>(m_path, Purpose::Write), settings.rerun)
    , m_readers(m_path, settings.readers)
{
}

Result<int> SqliteDatabase::migrate()
{
    // A schema file may write the whole database anew, into the log and then into the file.
    if (TRY(pending_migrations(*this, m_settings.schema)) > 0) {
        std::error_code failed;
        auto room = std::filesystem::space(std::filesystem::absolute(m_path).parent_path(), failed).available;
        if (!failed && room < 2 * std::filesystem::file_size(m_path, failed))
            return unavailable("storage.full", "less than twice the database is free");
    }
    return run_migrations(*this, m_settings.schema);
}

Result<std::string> SqliteDatabase::copy_to(std::string const& folder)
{
    std::string const name = "database.sqlite";
    auto target = (std::filesystem::path { folder } / name).string();
    try {
        Connection source { m_path, Purpose::Read };
        std::vector<Value> values { to_value(target) };
        source.execute(vacuum_into, values);
    } catch (EngineError const& error) {
        return fail(fault_of(error));
    }
    TRY_VOID(sync_file(target));
    TRY_VOID(sync_folder(folder));
    return name;
}

Result<std::vector<std::string>> SqliteDatabase::check()
{
    return read([](Reader& reader) -> Result<std::vector<std::string>> {
        std::vector<std::string> wrong;
        for (auto const& row : reader.query(integrity))
            if (row.text(0) != "ok")
                wrong.push_back(row.text(0));
        for (auto const& row : reader.query(foreign_keys))
            wrong.push_back("foreign key of " + row.text(0));
        return wrong;
    });
}

Counters SqliteDatabase::counters() const
{
    auto counters = m_writer.counters();
    m_readers.add_to(counters);
    return counters;
}

}
