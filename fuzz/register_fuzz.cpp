// A register as an office writes it: whatever is read gives statements whose names are identifiers, and compares with itself.
#include "definition/register_change.hpp"
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace kpuhub::definition;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t count)
{
    static KnownNames const names { { "staff", "upg_officer", "register_officer", "leader" }, { "visitor_book" } };
    auto made = load_register("fuzz.yaml", { reinterpret_cast<char const*>(bytes), count }, names);
    if (!made)
        return 0;
    if (!is_name(made->id) || made->fields.size() > most_fields || !made->state(made->start))
        std::abort();
    for (auto const& statement : statements_for(*made, nullptr))
        if (statement.find(';') != std::string::npos || statement.find('"') != std::string::npos || statement.find("--") != std::string::npos)
            std::abort();
    auto next = *made;
    next.version += 1;
    if (!compare("fuzz.yaml", *made, next) || !statements_for(next, &*made).empty())
        std::abort();
    return 0;
}
