#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::record {

/// A published number; nothing when it was suppressed.
struct CountCell {
    std::string label;
    std::int64_t amount = 0;
    bool shown = true;
};

/// Suppresses cells from 1 to below - 1. When one alone would be hidden beside a shown total, the next smallest is hidden too, so that
/// subtraction gives nothing; a total below the limit is itself hidden (returns false) and every cell with it. 0 stays: it tells of
/// nobody. (security: cells below 5)
[[nodiscard]] bool suppress_small(std::vector<CountCell>&, int below);

}
