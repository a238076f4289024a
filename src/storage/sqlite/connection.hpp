#pragma once
#include "storage/database.hpp"
#include "storage/statement_cache.hpp"
#include <sqlite3.h>

namespace kpuhub::storage::sqlite {

/// A prepared statement and, for each of its parameters, which $n it is.
class Statement {
public:
    /// Throws EngineError when the text is wrong, holds more than one statement, or a parameter that is not $n.
    Statement(sqlite3*, Query const&);

    void bind(std::span<Value const>, Query const&);
    /// True when there is a row to read.
    bool step(Query const&);
    [[nodiscard]] Row row() const;
    void reset() noexcept;
    /// Rows of tables that were read from end to end since this was last asked.
    [[nodiscard]] std::int64_t scanned() noexcept { return sqlite3_stmt_status(m_statement.get(), SQLITE_STMTSTATUS_FULLSCAN_STEP, 1); }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    void bind_one(int position, Value const&, Query const&);
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    std::vector<std::size_t> m_numbers;     ///< for each parameter of SQLite, its n (from 1)
};

/// The one connection that writes and checkpoints, or one that may only read (security.md 2).
enum class Purpose { Write, Read };

/// One open connection with its prepared statements. Belongs to one thread at a time.
class Connection {
public:
    /// Throws EngineError. A write connection creates the file, switches to WAL with synchronous=FULL and reads
    /// both back.
    Connection(std::string const& path, Purpose);

    Rows query(Query const&, std::span<Value const> = {});
    /// Returns how many rows the statement changed.
    std::int64_t execute(Query const&, std::span<Value const> = {});

    [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(m_connection.get()) == 0; }
    /// Ends an open transaction without keeping it; never throws.
    void undo() noexcept;

    /// Frames in the write-ahead log after the last commit.
    [[nodiscard]] int log_frames() const { return m_log_frames; }
    /// Moves the log into the file. Passive never waits; otherwise waits for readers of the old log for a moment.
    void checkpoint(bool passive);

private:
    struct Close {
        void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
    };
    void prepare_for_reading();
    void prepare_for_writing();
    void configure(int option, int value);
    std::string pragma(std::string const& text);
    Statement& statement(Query const&);

    std::unique_ptr<sqlite3, Close> m_connection;
    StatementCache<Statement> m_statements { 400 };
    int m_log_frames = 0;
};

/// A transaction of one connection, as actions and queries see it.
class ConnectionTransaction final : public Transaction {
public:
    explicit ConnectionTransaction(Connection& connection) : m_connection(connection) {}
    Rows query_values(Query const&, std::span<Value const>) override;
    std::int64_t execute_values(Query const&, std::span<Value const>) override;

private:
    Connection& m_connection;
};

}
