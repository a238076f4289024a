#pragma once
#include "storage/database.hpp"
#include <libpq-fe.h>

namespace kpuhub::storage::postgres {

/// Parameters in the form that libpq takes: numbers and texts as text, bytes in binary.
class Parameters {
public:
    /// Throws EngineError Check when a text is not UTF-8 or has a NUL.
    Parameters(std::span<Value const>, Query const&);
    [[nodiscard]] int count() const { return static_cast<int>(m_values.size()); }
    [[nodiscard]] char const* const* values() const { return m_values.data(); }
    [[nodiscard]] int const* lengths() const { return m_lengths.data(); }
    [[nodiscard]] int const* formats() const { return m_formats.data(); }

private:
    std::vector<std::string> m_numbers;
    std::vector<char const*> m_values;
    std::vector<int> m_lengths;
    std::vector<int> m_formats;
};

/// The type that a parameter is declared with: bigint, text, bytea; 0 (the server decides) for NULL.
Oid declared_type(Value const&);

/// The rows of an answer. Whole numbers of any type become integers exactly, yes/no becomes 1/0.
/// Throws EngineError Other for a type that Value cannot hold exactly (floating point, fractions, dates).
Rows rows_of(PGresult const*, Query const&);

}
