#pragma once
#include "storage/database.hpp"
#include "storage/statement_cache.hpp"
#include <libpq-fe.h>

namespace kpuhub::storage::postgres {

struct FreeResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPointer = std::unique_ptr<PGresult, FreeResult>;

/// One connection with its prepared statements, cached by text and kinds of the parameters: the kinds are declared
/// (bigint, text, bytea), so that the server never guesses a narrower type. Belongs to one thread at a time.
class Connection {
public:
    /// Connects and reads the durability settings. Throws EngineError: Connection when out of reach, Other when
    /// the server may lose what it acknowledged (security.md 1) or does not speak UTF-8.
    explicit Connection(std::string const& address);

    Rows query(Query const&, std::span<Value const> = {});
    std::int64_t execute(Query const&, std::span<Value const> = {});
    /// Statements without parameters that are not worth preparing: BEGIN and the like. Gives the command tag.
    std::string run(Query const&);

    [[nodiscard]] bool usable() const { return PQstatus(m_connection.get()) == CONNECTION_OK; }
    [[nodiscard]] bool in_transaction() const { return PQtransactionStatus(m_connection.get()) != PQTRANS_IDLE; }
    [[nodiscard]] Durability durability() const { return m_durability; }
    /// Ends an open transaction without keeping it; never throws.
    void undo() noexcept;

private:
    struct Close {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    void check_settings();
    ResultPointer run_prepared(Query const&, std::span<Value const>);
    std::string const& prepare(Query const&, std::span<Value const>);

    std::unique_ptr<PGconn, Close> m_connection;
    StatementCache<std::string> m_statements { 400 };   ///< gives the server-side name
    std::int64_t m_prepared = 0;
    Durability m_durability = Durability::Local;
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
