#pragma once
#include "core/result.hpp"
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace kpuhub {

/// The numbers of one section of definitions/limits.yaml, taken out by name.
class LimitTable {
public:
    /// Errors: Broken, naming the section that is missing or the entry that is no positive number or lacks its reason.
    static Result<LimitTable> read(std::string_view yaml, std::string_view section);

    /// A section of the table compiled into the program. Throws std::logic_error when it is faulty: the program does not start.
    static LimitTable embedded(std::string_view section);

    /// Takes a number out. Throws std::logic_error for a name that is not there.
    std::int64_t take(std::string_view name);
    /// Errors: Broken when an entry was not taken: the program does not know it.
    [[nodiscard]] Result<void> all_taken() const;

private:
    std::string m_section;
    std::map<std::string, std::int64_t, std::less<>> m_numbers;
};

}
