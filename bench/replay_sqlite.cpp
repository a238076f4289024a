#include "replay.hpp"
#include <sqlite3.h>
#include <stdexcept>
#include <unordered_map>

namespace kpuhub::bench {

namespace {

class SqliteReplay final : public Replay {
public:
    explicit SqliteReplay(std::string const& file)
    {
        sure(sqlite3_open_v2(file.c_str(), &m_database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr));
        for (auto const* pragma : { "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "mmap_size=0", "cache_size=-16384" })
            plain(std::string { "PRAGMA " } + pragma);
    }
    ~SqliteReplay() override
    {
        for (auto& [text, statement] : m_statements)
            sqlite3_finalize(statement);
        sqlite3_close(m_database);
    }
    SqliteReplay(SqliteReplay const&) = delete;
    SqliteReplay& operator=(SqliteReplay const&) = delete;

    void run(std::vector<Recorded> const& writes, std::size_t batch) override
    {
        for (std::size_t from = 0; from < writes.size(); from += batch) {
            step(prepared("BEGIN IMMEDIATE"));
            for (auto at = from; at < std::min(writes.size(), from + batch); ++at) {
                step(prepared("SAVEPOINT one"));
                for (auto const& each : writes[at].statements)
                    run_one(each);
                step(prepared("RELEASE one"));
            }
            step(prepared("COMMIT"));
        }
    }

private:
    void sure(int code)
    {
        if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
            throw std::runtime_error(std::string { "sqlite: " } + sqlite3_errmsg(m_database));
    }
    void plain(std::string const& sql) { sure(sqlite3_exec(m_database, sql.c_str(), nullptr, nullptr, nullptr)); }
    sqlite3_stmt* prepared(std::string_view sql)
    {
        auto& statement = m_statements[std::string { sql }];
        if (statement == nullptr)
            sure(sqlite3_prepare_v3(m_database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
        return statement;
    }
    void step(sqlite3_stmt* statement)
    {
        int code = SQLITE_ROW;
        while (code == SQLITE_ROW) {
            code = sqlite3_step(statement);
            for (int column = 0; code == SQLITE_ROW && column < sqlite3_column_count(statement); ++column)
                m_read += sqlite3_column_bytes(statement, column);
        }
        sure(code);
        sqlite3_reset(statement);
    }
    void run_one(Recorded::Statement const& each)
    {
        auto* statement = prepared(each.query.sql);
        for (int position = 1; position <= sqlite3_bind_parameter_count(statement); ++position) {
            auto const number = std::stoul(sqlite3_bind_parameter_name(statement, position) + 1);
            bind(statement, position, each.parameters.at(number - 1));
        }
        step(statement);
    }
    void bind(sqlite3_stmt* statement, int position, storage::Value const& value)
    {
        if (auto const* number = std::get_if<std::int64_t>(&value))
            sure(sqlite3_bind_int64(statement, position, *number));
        else if (auto const* text = std::get_if<std::string>(&value))
            sure(sqlite3_bind_text(statement, position, text->data(), static_cast<int>(text->size()), SQLITE_STATIC));
        else if (auto const* blob = std::get_if<storage::Blob>(&value))
            sure(sqlite3_bind_blob(statement, position, blob->bytes.data(), static_cast<int>(blob->bytes.size()), SQLITE_STATIC));
        else
            sure(sqlite3_bind_null(statement, position));
    }

    sqlite3* m_database = nullptr;
    std::unordered_map<std::string, sqlite3_stmt*> m_statements;
    std::int64_t m_read = 0;
};

}

std::unique_ptr<Replay> replay_on_sqlite(std::string const& file) { return std::make_unique<SqliteReplay>(file); }

}
