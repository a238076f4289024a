#include "storage/postgres/error.hpp"
#include "storage/database.hpp"
#include <fmt/format.h>

namespace kpuhub::storage::postgres {

static std::string_view field(PGresult const* result, int code)
{
    auto const* text = result ? PQresultErrorField(result, code) : nullptr;
    return text ? std::string_view { text } : std::string_view {};
}

/// Classes of SQLSTATE: PostgreSQL documentation, appendix A.
static EngineFault engine_fault(PGconn const* connection, std::string_view state)
{
    if (state == "23505" || state == "23P01")
        return EngineFault::Unique;
    if (state == "23503")
        return EngineFault::ForeignKey;
    if (state == "40001" || state == "40P01")
        return EngineFault::Serialization;
    if (state == "53100")
        return EngineFault::Full;
    if (state == "25006")
        return EngineFault::ReadOnly;
    if (state.starts_with("22") || state.starts_with("23") || state == "P0001")
        return EngineFault::Check;
    bool out_of_reach = state.starts_with("08") || state.starts_with("53") || state.starts_with("57P")
        || state.starts_with("58") || PQstatus(connection) != CONNECTION_OK;
    return out_of_reach ? EngineFault::Connection : EngineFault::Other;
}

/// Messages of classes 22, 23 and P0 may quote values of a row: only names of the schema are kept of them.
static std::string description(PGconn const* connection, PGresult const* result, std::string_view state)
{
    if (state.empty())
        return PQerrorMessage(connection);
    if (state.starts_with("22") || state.starts_with("23") || state.starts_with("P0"))
        return fmt::format("{} table {} column {} constraint {}", state, field(result, PG_DIAG_TABLE_NAME),
            field(result, PG_DIAG_COLUMN_NAME), field(result, PG_DIAG_CONSTRAINT_NAME));
    return fmt::format("{} {}", state, field(result, PG_DIAG_MESSAGE_PRIMARY));
}

void throw_error(PGconn const* connection, PGresult const* result, std::string_view query_name)
{
    auto state = field(result, PG_DIAG_SQLSTATE);
    throw EngineError(engine_fault(connection, state),
        fmt::format("{}: postgresql {}", query_name, description(connection, result, state)));
}

}
