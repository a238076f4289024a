#pragma once
#include <cstdint>

namespace kpuhub {

/// A share as its two counts, kept apart so that a page can say "n of m". Unrounded; only view/ rounds.
/// A denominator of 0 means "nothing to measure", never 0 %.
struct Ratio {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    [[nodiscard]] constexpr bool measurable() const { return denominator != 0; }
    friend constexpr bool operator==(Ratio const&, Ratio const&) = default;
};

}
