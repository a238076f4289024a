#include "storage/database.hpp"
#include <fmt/format.h>

namespace kpuhub::storage {

[[noreturn]] static void not_a(std::string_view kind, std::size_t column)
{
    throw EngineError(EngineFault::Other, fmt::format("column {} is not {}", column, kind));
}

template<typename Kind>
static Kind const& column_as(std::vector<Value> const& values, std::size_t column, std::string_view kind)
{
    if (column >= values.size())
        not_a("in the row", column);
    auto const* value = std::get_if<Kind>(&values[column]);
    if (!value)
        not_a(kind, column);
    return *value;
}

bool Row::is_null(std::size_t column) const
{
    if (column >= m_values.size())
        not_a("in the row", column);
    return std::holds_alternative<std::monostate>(m_values[column]);
}

std::int64_t Row::integer(std::size_t column) const { return column_as<std::int64_t>(m_values, column, "a number"); }
std::string const& Row::text(std::size_t column) const { return column_as<std::string>(m_values, column, "a text"); }
std::string const& Row::bytes(std::size_t column) const { return column_as<Blob>(m_values, column, "bytes").bytes; }

time::Date Row::date(std::size_t column) const
{
    auto date = time::Date::from_iso(text(column));
    if (!date)
        not_a("a date", column);
    return *date;
}

std::optional<std::int64_t> Row::optional_integer(std::size_t column) const
{
    return is_null(column) ? std::nullopt : std::optional { integer(column) };
}

std::optional<std::string> Row::optional_text(std::size_t column) const
{
    return is_null(column) ? std::nullopt : std::optional { text(column) };
}

std::optional<time::Date> Row::optional_date(std::size_t column) const
{
    return is_null(column) ? std::nullopt : std::optional { date(column) };
}

std::optional<time::Instant> Row::optional_instant(std::size_t column) const
{
    return is_null(column) ? std::nullopt : std::optional { instant(column) };
}

std::string Row::text_or_empty(std::size_t column) const { return is_null(column) ? std::string {} : text(column); }

}
