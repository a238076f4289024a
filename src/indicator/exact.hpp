#pragma once
#include "core/ratio.hpp"
#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::indicator {

/// An exact fraction of any size, in lowest terms. What pages and sheets show is `rounded`.
struct Exact {
    std::string numerator = "0";            ///< decimal digits, with a sign
    std::string denominator = "1";          ///< above 0

    /// n / d; d must not be 0.
    static Exact of(std::int64_t n, std::int64_t d = 1);
    /// "2/3"; what is no fraction gives 0.
    static Exact from_text(std::string_view);
    [[nodiscard]] std::string text() const { return numerator + "/" + denominator; }
    /// Rounded half up to so many decimals: 2/3 with 4 is 6667/10000.
    [[nodiscard]] Ratio rounded(int decimals) const;
    friend bool operator==(Exact const&, Exact const&) = default;
};
[[nodiscard]] std::strong_ordering compare(Exact const&, Exact const&);

/// A value with its weight.
struct Weighed {
    Exact value;
    std::int64_t weight = 1;
};
/// Sum of value x weight by the sum of the weights, exactly. The weights must not come to 0.
[[nodiscard]] Exact mean(std::vector<Weighed> const&);

}
