#include "storage/value_rows.hpp"

namespace kpuhub::storage {

std::string value_rows(std::size_t rows, std::size_t columns)
{
    std::string text;
    for (std::size_t row = 0, next = 1; row < rows; ++row) {
        text += row == 0 ? "(" : ", (";
        for (std::size_t column = 0; column < columns; ++column, ++next)
            text += (column == 0 ? "$" : ", $") + std::to_string(next);
        text += ")";
    }
    return text;
}

}
