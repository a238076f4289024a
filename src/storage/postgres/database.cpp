#include "storage/postgres/database.hpp"
#include "storage/engine_fault.hpp"
#include "storage/migration.hpp"
#include "storage/postgres/address.hpp"
#include "storage/postgres/dump.hpp"
#include <spdlog/spdlog.h>

namespace kpuhub::storage::postgres {

namespace {
constexpr Query begin_writing { "storage.begin", "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE" };
constexpr Query begin_reading { "storage.begin_read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" };
constexpr Query commit { "storage.commit", "COMMIT" };
constexpr Query undo { "storage.undo", "ROLLBACK" };
constexpr Query broken_indexes { "storage.broken_indexes",
    "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid" };
constexpr Query open_constraints { "storage.open_constraints",
    "SELECT conname::text FROM pg_constraint WHERE NOT convalidated" };
constexpr Query page_failures { "storage.page_failures", R"sql(
    SELECT checksum_failures FROM pg_stat_database
     WHERE datname = current_database() AND checksum_failures > 0 )sql" };
constexpr Query all_tables { "storage.tables", R"sql(
    SELECT 'SELECT COUNT(row_text) FROM (SELECT t::text AS row_text FROM ' || oid::regclass::text || ' t) rows'
      FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname )sql" };

constexpr int repetitions = 3;
}

Result<std::unique_ptr<Database>> PostgresDatabase::open(Settings const& settings)
{
    TRY_VOID(require_safe_transport(settings.address));
    try {
        std::unique_ptr<PostgresDatabase> database { new PostgresDatabase { settings } };
        database->m_durability = database->m_writers.borrow()->durability();
        return database;
    } catch (EngineError const& error) {
        if (error.fault() == EngineFault::Other)
            return fail({ FaultKind::Invalid, "storage.unsafe_server", error.what(), {}, error.what() });
        return fail(fault_of(error));
    }
}

PostgresDatabase::PostgresDatabase(Settings const& settings)
    : m_settings(settings), m_writers(settings.address, settings.writers), m_readers(settings.address, settings.readers)
{
}

Result<void> PostgresDatabase::run_write(WriteAction const& action)
{
    ++m_actions;
    for (int repeated = 0;; ++repeated) {
        try {
            return attempt(action);
        } catch (EngineError const& error) {
            bool again = error.fault() == EngineFault::Serialization || error.fault() == EngineFault::Connection;
            if (!again || repeated == repetitions)
                return fail(fault_of(error));
            if (error.fault() == EngineFault::Connection)
                m_writers.drop_idle();
            ++m_repeated;
        } catch (...) {
            return fail(fault_of_escaped());
        }
    }
}

Result<void> PostgresDatabase::attempt(WriteAction const& action)
{
    auto connection = m_writers.borrow();
    connection->run(begin_writing);
    if (m_settings.rerun) {
        run_action(*connection, action);
        connection->run(undo);
        connection->run(begin_writing);
    }
    if (!run_action(*connection, action))
        return {};
    try {
        // A transaction that failed before answers COMMIT with ROLLBACK.
        if (connection->run(commit) != "COMMIT")
            throw EngineError(EngineFault::Other, "storage.commit: an action went on after an error");
    } catch (EngineError const& error) {
        if (error.fault() == EngineFault::Connection)
            return unavailable("storage.outcome_unknown", error.what());
        throw;
    }
    ++m_commits;
    return {};
}

bool PostgresDatabase::run_action(Connection& connection, WriteAction const& action)
{
    ConnectionTransaction transaction { connection };
    bool keep = action(transaction);
    m_statements += transaction.statements();
    return keep;
}

Result<void> PostgresDatabase::run_read(ReadAction const& action)
{
    ++m_reads;
    for (int repeated = 0;; ++repeated) {
        try {
            auto connection = m_readers.borrow();
            connection->run(begin_reading);
            ConnectionTransaction reader { *connection };
            action(reader);
            m_statements += reader.statements();
            return {};
        } catch (EngineError const& error) {
            if (error.fault() != EngineFault::Connection || repeated == 1)
                return fail(fault_of(error));
            m_readers.drop_idle();
        } catch (...) {
            return fail(fault_of_escaped());
        }
    }
}

Result<int> PostgresDatabase::migrate() { return run_migrations(*this, m_settings.schema); }

Result<std::string> PostgresDatabase::copy_to(std::string const& folder) { return dump(m_settings.address, folder); }

Result<std::vector<std::string>> PostgresDatabase::check()
{
    return read([](Reader& reader) -> Result<std::vector<std::string>> {
        std::vector<std::string> wrong;
        for (auto const& row : reader.query(broken_indexes))
            wrong.push_back("index " + row.text(0) + " is not valid");
        for (auto const& row : reader.query(open_constraints))
            wrong.push_back("constraint " + row.text(0) + " is not validated");
        for (auto const& row : reader.query(page_failures))
            wrong.push_back(std::to_string(row.integer(0)) + " pages with a wrong checksum");
        // Reading every value finds damaged pages and values that cannot be unpacked: the server then errs.
        for (auto const& row : reader.query(all_tables))
            reader.query({ "storage.read_table", row.text(0) });
        return wrong;
    });
}

Counters PostgresDatabase::counters() const { return { m_actions, m_commits, m_reads, m_statements, m_repeated }; }

}
