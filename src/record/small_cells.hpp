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

/// The sum of some cells that is published beside them.
struct CountGroup {
    CountCell sum;                          ///< its amount is added up by suppress_small
    std::vector<std::size_t> members;       ///< places in the list of cells
};

/// Suppresses cells from 1 to below - 1, and then the next smallest until at least two are hidden that differ and whose sum is 2 x below or
/// more, so that subtraction from a shown total gives nothing; where that cannot be reached, every cell is hidden, the zeros too. A total below the
/// limit is itself hidden (returns false) and every cell with it. Else 0 stays: it tells of nobody. (security: cells below 5)
[[nodiscard]] bool suppress_small(std::vector<CountCell>&, int below);

/// The same for cells and sums of them that are published together: a sum is hidden as soon as one of its cells is, so that sums tell
/// nothing which the cells do not tell. (Sums suppressed by themselves did: which cells were hidden then showed how large the others are.)
[[nodiscard]] bool suppress_small(std::vector<CountGroup>&, std::vector<CountCell>&, int below);

[[nodiscard]] bool may_be_told(std::int64_t amount, std::int64_t below);
/// A part of a number that is known, and so what is left of it.
[[nodiscard]] bool parts_may_be_told(std::int64_t part, std::int64_t whole, std::int64_t below);

}
