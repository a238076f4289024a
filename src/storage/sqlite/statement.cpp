#include "storage/engine_fault.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/error.hpp"
#include <cerrno>
#include <charconv>
#include <fmt/format.h>

namespace kpuhub::storage::sqlite {

/// "$12" -> 12; 0 when it is anything else.
static std::size_t parameter_number(char const* name)
{
    if (!name || *name != '$')
        return 0;
    std::string_view digits { name + 1 };
    std::size_t number = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc {} && end == digits.data() + digits.size() ? number : 0;
}

Statement::Statement(sqlite3* connection, Query const& query)
{
    sqlite3_stmt* prepared = nullptr;
    char const* rest = nullptr;
    int code = sqlite3_prepare_v3(connection, query.sql.data(), static_cast<int>(query.sql.size()),
        SQLITE_PREPARE_PERSISTENT, &prepared, &rest);
    m_statement.reset(prepared);
    if (code != SQLITE_OK)
        throw_error(connection, query.name);
    auto left = query.sql.substr(static_cast<std::size_t>(rest - query.sql.data()));
    if (!prepared || left.find_first_not_of(" \t\r\n;") != std::string_view::npos)
        throw EngineError(EngineFault::Other, fmt::format("{}: must be exactly one statement", query.name));
    int parameters = sqlite3_bind_parameter_count(prepared);
    for (int position = 1; position <= parameters; ++position) {
        auto number = parameter_number(sqlite3_bind_parameter_name(prepared, position));
        if (number == 0)
            throw EngineError(EngineFault::Other, fmt::format("{}: parameters are written $1, $2 ...", query.name));
        m_numbers.push_back(number);
    }
}

void Statement::bind(std::span<Value const> values, Query const& query)
{
    std::size_t highest = 0;
    for (std::size_t at = 0; at < m_numbers.size(); ++at) {
        highest = std::max(highest, m_numbers[at]);
        if (m_numbers[at] > values.size())
            break;
        bind_one(static_cast<int>(at) + 1, values[m_numbers[at] - 1], query);
    }
    if (highest != values.size())
        throw EngineError(EngineFault::Other,
            fmt::format("{}: ${} is its last parameter, {} given", query.name, highest, values.size()));
}

void Statement::bind_one(int position, Value const& value, Query const& query)
{
    auto* statement = m_statement.get();
    int code = SQLITE_OK;
    // The values outlive the step; reset() forgets them.
    if (auto const* number = std::get_if<std::int64_t>(&value)) {
        code = sqlite3_bind_int64(statement, position, *number);
    } else if (auto const* text = std::get_if<std::string>(&value)) {
        require_text(*text, query);
        code = sqlite3_bind_text64(statement, position, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    } else if (auto const* blob = std::get_if<Blob>(&value)) {
        code = blob->bytes.empty()
            ? sqlite3_bind_zeroblob(statement, position, 0)
            : sqlite3_bind_blob64(statement, position, blob->bytes.data(), blob->bytes.size(), SQLITE_STATIC);
    } else {
        code = sqlite3_bind_null(statement, position);
    }
    if (code != SQLITE_OK)
        throw_error(sqlite3_db_handle(statement), query.name);
}

bool Statement::step(Query const& query)
{
    errno = 0;
    int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        throw_error(sqlite3_db_handle(m_statement.get()), query.name);
    return false;
}

Row Statement::row() const
{
    auto* statement = m_statement.get();
    int columns = sqlite3_column_count(statement);
    std::vector<Value> values;
    values.reserve(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column) {
        auto length = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(statement, column)); };
        switch (sqlite3_column_type(statement, column)) {
        case SQLITE_INTEGER: values.emplace_back(std::int64_t { sqlite3_column_int64(statement, column) }); break;
        case SQLITE_TEXT: {
            auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(statement, column));
            values.emplace_back(std::string { text, length() });
            break;
        }
        case SQLITE_BLOB: {
            auto const* bytes = static_cast<char const*>(sqlite3_column_blob(statement, column));
            values.emplace_back(bytes ? Blob { std::string { bytes, length() } } : Blob {});
            break;
        }
        case SQLITE_NULL: values.emplace_back(); break;
        default:
            throw EngineError(EngineFault::Other, fmt::format("column {} is a floating-point number", column));
        }
    }
    return Row { std::move(values) };
}

void Statement::reset() noexcept
{
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
}

}
