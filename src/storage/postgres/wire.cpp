#include "storage/postgres/wire.hpp"
#include "storage/engine_fault.hpp"
#include <charconv>
#include <fmt/format.h>

namespace kpuhub::storage::postgres {

namespace {
// pg_type.dat of PostgreSQL: fixed for all versions.
constexpr Oid bool_type = 16, bytea_type = 17, name_type = 19, int8_type = 20, int2_type = 21, int4_type = 23,
              text_type = 25, oid_type = 26, unknown_type = 705, bpchar_type = 1042, varchar_type = 1043,
              numeric_type = 1700, void_type = 2278;
}

Oid declared_type(Value const& value)
{
    if (std::holds_alternative<std::int64_t>(value))
        return int8_type;
    if (std::holds_alternative<std::string>(value))
        return text_type;
    return std::holds_alternative<Blob>(value) ? bytea_type : 0;
}

Parameters::Parameters(std::span<Value const> values, Query const& query)
{
    m_numbers.reserve(values.size());       // no reallocation: pointers into it are kept
    for (auto const& value : values) {
        char const* bytes = nullptr;
        std::size_t length = 0;
        if (auto const* number = std::get_if<std::int64_t>(&value)) {
            m_numbers.push_back(std::to_string(*number));
            bytes = m_numbers.back().c_str();
        } else if (auto const* text = std::get_if<std::string>(&value)) {
            require_text(*text, query);
            bytes = text->c_str();
        } else if (auto const* blob = std::get_if<Blob>(&value)) {
            bytes = blob->bytes.data();
            length = blob->bytes.size();
        }
        m_values.push_back(bytes);
        m_lengths.push_back(static_cast<int>(length));
        m_formats.push_back(std::holds_alternative<Blob>(value) ? 1 : 0);
    }
}

/// bytea in its hexadecimal output form: \x00ff...
static Blob blob_from_hex(std::string_view text, Query const& query)
{
    auto nibble = [&](char sign) -> int {
        if (sign >= '0' && sign <= '9')
            return sign - '0';
        if (sign >= 'a' && sign <= 'f')
            return sign - 'a' + 10;
        throw EngineError(EngineFault::Other, fmt::format("{}: bytea_output must be hex", query.name));
    };
    if (!text.starts_with("\\x") || text.size() % 2 != 0)
        throw EngineError(EngineFault::Other, fmt::format("{}: bytea_output must be hex", query.name));
    Blob blob;
    blob.bytes.reserve(text.size() / 2);
    for (std::size_t at = 2; at < text.size(); at += 2)
        blob.bytes.push_back(static_cast<char>(nibble(text[at]) << 4 | nibble(text[at + 1])));
    return blob;
}

static Value value_of(Oid type, std::string_view text, Query const& query)
{
    switch (type) {
    case int2_type: case int4_type: case int8_type: case oid_type: case numeric_type: {
        std::int64_t number = 0;
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc {} && end == text.data() + text.size())
            return number;
        throw EngineError(EngineFault::Other, fmt::format("{}: a number is no 64-bit integer", query.name));
    }
    case bool_type: return std::int64_t { text == "t" ? 1 : 0 };
    case text_type: case varchar_type: case bpchar_type: case name_type: case unknown_type: return std::string { text };
    case bytea_type: return blob_from_hex(text, query);
    case void_type: return {};
    default: throw EngineError(EngineFault::Other, fmt::format("{}: type {} has no exact value", query.name, type));
    }
}

Rows rows_of(PGresult const* result, Query const& query)
{
    Rows rows;
    int columns = PQnfields(result);
    int count = PQntuples(result);
    rows.reserve(static_cast<std::size_t>(count));
    for (int row = 0; row < count; ++row) {
        std::vector<Value> values;
        values.reserve(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column) {
            if (PQgetisnull(result, row, column)) {
                values.emplace_back();
                continue;
            }
            std::string_view text { PQgetvalue(result, row, column),
                static_cast<std::size_t>(PQgetlength(result, row, column)) };
            values.push_back(value_of(PQftype(result, column), text, query));
        }
        rows.emplace_back(std::move(values));
    }
    return rows;
}

}
