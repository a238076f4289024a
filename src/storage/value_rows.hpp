#pragma once
#include <cstddef>
#include <string>

namespace kpuhub::storage {

/// "($1, $2), ($3, $4)": the places of so many rows after VALUES, or of one row after IN. Callers write a bounded number of rows in one
/// statement, so that the texts stay a small fixed set.
std::string value_rows(std::size_t rows, std::size_t columns);

}
