// An indicator as an office writes it: whatever is read counts only what its register has, and can be counted and divided.
#include "core/embedded.hpp"
#include "definition/indicator.hpp"
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace kpuhub::definition;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t count)
{
    static auto const book = load_register("visitor_book.yaml", kpuhub::embedded_file("definitions/registers/visitor_book.yaml"), { known_roles(), {} }).value();
    auto made = load_indicator("fuzz.yaml", { reinterpret_cast<char const*>(bytes), count },
        [](std::string_view id) { return id == "visitor_book" ? &book : nullptr; });
    if (!made)
        return 0;
    auto const& part = made->numerator;
    bool const quotient = made->value == ValueKind::Share || made->value == ValueKind::Mean;
    if (!is_name(made->id) || quotient != made->denominator.has_value() || (part.of_records() && part.of != book.id))
        std::abort();
    if ((part.kind == PartKind::Histogram) != !part.edges.empty() || !std::is_sorted(part.edges.begin(), part.edges.end()))
        std::abort();
    for (auto const& each : part.where)
        if (each.values.empty() || (each.of == Requirement::Of::Field && part.of_records() && !book.field(each.name)))
            std::abort();
    return 0;
}
