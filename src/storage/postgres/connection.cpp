#include "storage/postgres/connection.hpp"
#include "storage/postgres/error.hpp"
#include "storage/postgres/wire.hpp"
#include "storage/query_log.hpp"
#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace kpuhub::storage::postgres {

namespace {
constexpr Query durability_settings { "storage.settings", R"sql(
    SELECT current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'),
           current_setting('synchronous_standby_names'), current_setting('server_encoding') )sql" };
}

Connection::Connection(std::string const& address) : m_connection(PQconnectdb(address.c_str()))
{
    if (!m_connection)
        throw EngineError(EngineFault::Connection, "storage.connect: out of memory");
    auto* connection = m_connection.get();
    if (PQstatus(connection) != CONNECTION_OK)
        throw EngineError(EngineFault::Connection, fmt::format("storage.connect: {}", PQerrorMessage(connection)));
    PQsetNoticeProcessor(
        connection, [](void*, char const* notice) { spdlog::debug("postgresql: {}", notice); }, nullptr);
    if (PQsetClientEncoding(connection, "UTF8") != 0)
        throw_error(connection, nullptr, "storage.connect");
    check_settings();
}

void Connection::check_settings()
{
    auto settings = query(durability_settings).at(0);
    constexpr std::array<std::string_view, 3> names { "fsync", "full_page_writes", "synchronous_commit" };
    for (std::size_t at = 0; at < names.size(); ++at)
        if (settings.text(at) == "off")
            throw EngineError(EngineFault::Other, fmt::format("postgresql: {} is off, must be on", names[at]));
    if (settings.text(4) != "UTF8")
        throw EngineError(EngineFault::Other, "postgresql: server_encoding must be UTF8");
    if (!settings.text(3).empty() && settings.text(2) != "local")
        m_durability = Durability::Replicated;
}

static void require_success(PGconn const* connection, PGresult const* result, Query const& query)
{
    auto status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        throw_error(connection, result, query.name);
}

std::string const& Connection::prepare(Query const& query, std::span<Value const> values)
{
    std::string key { query.sql };
    std::vector<Oid> types;
    for (auto const& value : values) {
        types.push_back(declared_type(value));
        key += fmt::format("\x01{}", types.back());
    }
    if (auto const* kept = m_statements.find(key))
        return *kept;
    auto name = fmt::format("s{}", ++m_prepared);
    ResultPointer result { PQprepare(m_connection.get(), name.c_str(), std::string { query.sql }.c_str(),
        static_cast<int>(types.size()), types.data()) };
    require_success(m_connection.get(), result.get(), query);
    if (auto gone = m_statements.overflow()) {
        ResultPointer freed { PQexec(m_connection.get(), fmt::format("DEALLOCATE {}", *gone).c_str()) };
        require_success(m_connection.get(), freed.get(), query);
    }
    return m_statements.keep(std::move(key), std::move(name));
}

ResultPointer Connection::run_prepared(Query const& query, std::span<Value const> values)
{
    Parameters parameters { values, query };
    auto const& name = prepare(query, values);
    ResultPointer result { PQexecPrepared(m_connection.get(), name.c_str(), parameters.count(), parameters.values(),
        parameters.lengths(), parameters.formats(), 0) };
    require_success(m_connection.get(), result.get(), query);
    return result;
}

Rows Connection::query(Query const& query, std::span<Value const> values)
{
    QueryLog log { query };
    auto result = run_prepared(query, values);
    auto rows = rows_of(result.get(), query);
    log.finished(static_cast<std::int64_t>(rows.size()));
    return rows;
}

std::int64_t Connection::execute(Query const& query, std::span<Value const> values)
{
    QueryLog log { query };
    auto result = run_prepared(query, values);
    std::string_view text { PQcmdTuples(result.get()) };
    std::int64_t changed = 0;
    std::from_chars(text.data(), text.data() + text.size(), changed);
    log.finished(changed);
    return changed;
}

std::string Connection::run(Query const& query)
{
    ResultPointer result { PQexec(m_connection.get(), std::string { query.sql }.c_str()) };
    require_success(m_connection.get(), result.get(), query);
    return PQcmdStatus(result.get());
}

void Connection::undo() noexcept
{
    if (in_transaction())
        ResultPointer { PQexec(m_connection.get(), "ROLLBACK") };
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
