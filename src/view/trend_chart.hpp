#pragma once
#include "view/visitor.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::view {

/// A line over periods with a gap where nothing is known, and the target as a dashed line. Values and target have the same scale.
struct TrendChart {
    std::string title;
    std::string description;                ///< one sentence that says what the picture shows
    std::vector<std::string> periods;
    std::vector<std::optional<std::int64_t>> values;    ///< as many as periods
    std::vector<std::string> value_words;   ///< beside the points
    std::optional<std::int64_t> target {};
    std::string target_label;
    std::int64_t least_top = 0;             ///< the axis reaches at least so high: 100 percent
};
/// Empty markup when there is no period.
[[nodiscard]] SafeHtml trend_chart(TrendChart const&);

/// The line alone, small enough for a row of a list; its words stand beside it, so that it is hidden from who cannot see it.
[[nodiscard]] SafeHtml sparkline(std::vector<std::optional<std::int64_t>> const& values);

}
