#include "storage/sqlite/connection.hpp"
#include "storage/engine_fault.hpp"
#include "storage/query_log.hpp"
#include "storage/sqlite/error.hpp"
#include <fmt/format.h>

namespace kpuhub::storage::sqlite {

/// SQLite counts its memory under one mutex for the whole process, which every allocation of every reader would wait for: a third of the
/// time of a small page under load. Nobody reads the count. Set before the first connection, as the setting must be.
static void keep_no_memory_count()
{
    static int const done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)done;
}

Connection::Connection(std::string const& path, Purpose purpose)
{
    sqlite3* opened = nullptr;
    int flags = purpose == Purpose::Write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    keep_no_memory_count();
    int code = sqlite3_open_v2(path.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    m_connection.reset(opened);
    if (code != SQLITE_OK)
        throw_error(opened, "storage.open");
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, 5000);
    configure(SQLITE_DBCONFIG_DQS_DML, 0);
    configure(SQLITE_DBCONFIG_DQS_DDL, 0);
    configure(SQLITE_DBCONFIG_DEFENSIVE, 1);
    configure(SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
    purpose == Purpose::Write ? prepare_for_writing() : prepare_for_reading();
    pragma("case_sensitive_like=ON");      // as PostgreSQL
}

void Connection::prepare_for_reading()
{
    configure(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1);
    pragma("mmap_size=0");
    pragma("cache_size=-4096");
}

void Connection::prepare_for_writing()
{
    auto must_be = [](std::string const& what, std::string const& got, std::string_view wanted) {
        if (got != wanted)
            throw EngineError(EngineFault::Other, fmt::format("sqlite: {} is {}, must be {}", what, got, wanted));
    };
    pragma("journal_mode=WAL");
    pragma("synchronous=FULL");
    pragma("foreign_keys=ON");
    pragma("mmap_size=0");
    pragma("temp_store=MEMORY");       // what a savepoint may have to undo: else a file per transaction, two writes per page
    pragma("cache_size=-16384");
    pragma("journal_size_limit=67108864");
    must_be("journal_mode", pragma("journal_mode"), "wal");
    must_be("synchronous", pragma("synchronous"), "2");
    must_be("foreign_keys", pragma("foreign_keys"), "1");
    // The writer checkpoints by itself after the answers have left, so that a failing fsync of it is seen.
    sqlite3_wal_hook(
        m_connection.get(),
        [](void* self, sqlite3*, char const*, int frames) {
            static_cast<Connection*>(self)->m_log_frames = frames;
            return SQLITE_OK;
        },
        this);
}

void Connection::configure(int option, int value) { sqlite3_db_config(m_connection.get(), option, value, nullptr); }

std::string Connection::pragma(std::string const& text)
{
    Query query { "storage.pragma", "" };
    auto sql = "PRAGMA " + text;
    query.sql = sql;
    Statement statement { m_connection.get(), query };
    std::string answer;
    while (statement.step(query)) {
        auto row = statement.row();
        auto const& value = row.value(0);
        if (auto const* number = std::get_if<std::int64_t>(&value))
            answer = std::to_string(*number);
        else if (auto const* word = std::get_if<std::string>(&value))
            answer = *word;
    }
    return answer;
}

Statement& Connection::statement(Query const& query)
{
    if (auto* kept = m_statements.find(query.sql))
        return *kept;
    return m_statements.keep(std::string { query.sql }, Statement { m_connection.get(), query });
}

namespace {
/// Leaves a cached statement ready for its next use, whatever happened.
struct ResetAtEnd {
    Statement& statement;
    ~ResetAtEnd() { statement.reset(); }
};
}

Rows Connection::query(Query const& query, std::span<Value const> values)
{
    QueryLog log { query };
    auto& prepared = statement(query);
    ResetAtEnd reset { prepared };
    prepared.bind(values, query);
    Rows rows;
    while (prepared.step(query))
        rows.push_back(prepared.row());
    log.finished(static_cast<std::int64_t>(rows.size()), prepared.scanned());
    return rows;
}

std::int64_t Connection::execute(Query const& query, std::span<Value const> values)
{
    QueryLog log { query };
    auto& prepared = statement(query);
    ResetAtEnd reset { prepared };
    prepared.bind(values, query);
    while (prepared.step(query)) { }
    auto changed = sqlite3_changes64(m_connection.get());
    log.finished(changed, prepared.scanned());
    return changed;
}

void Connection::undo() noexcept
{
    if (in_transaction())
        sqlite3_exec(m_connection.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Connection::checkpoint(bool passive)
{
    int frames = 0, moved = 0;
    sqlite3_busy_timeout(m_connection.get(), 20);
    int code = sqlite3_wal_checkpoint_v2(m_connection.get(), nullptr,
        passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_RESTART, &frames, &moved);
    sqlite3_busy_timeout(m_connection.get(), 5000);
    if (code == SQLITE_OK && frames == moved)
        m_log_frames = 0;
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
        throw_error(m_connection.get(), "storage.checkpoint");
}

Rows ConnectionTransaction::query_values(Query const& query, std::span<Value const> values)
{
    ++m_statements;
    count_statement();
    return m_connection.query(query, values);
}

std::int64_t ConnectionTransaction::execute_values(Query const& query, std::span<Value const> values)
{
    ++m_statements;
    count_statement();
    return m_connection.execute(query, values);
}

}
