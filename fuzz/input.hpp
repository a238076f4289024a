#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

/// The bytes of one run as text; the readers take std::string_view.
inline std::string_view input_text(std::uint8_t const* bytes, std::size_t size)
{
    return { reinterpret_cast<char const*>(bytes), size };
}

/// What must always hold; stops the run with a trace.
inline void must(bool holds)
{
    if (!holds)
        std::abort();
}
