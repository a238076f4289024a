#pragma once
#include "core/id.hpp"
#include "definition/indicator.hpp"
#include "indicator/exact.hpp"
#include <optional>
#include <span>

namespace kpuhub::indicator {

/// Zero, not reported and not applicable are three things: 0 of 15 is measured.
enum class Standing : std::uint8_t {
    Measured,
    NotReported,                            ///< no office of the branch keeps what is counted
    NotApplicable,                          ///< there is nothing to measure: 0 of 0
};
std::string_view to_text(Standing);

/// What one unit's tallies of a period come to.
struct UnitSums {
    UnitId unit {};
    UnitId branch {};                       ///< the child of the node that it lies under; the node itself for its own
    bool reported = false;                  ///< it keeps the register, or has something counted
    std::int64_t numerator = 0, denominator = 0, weight = 0;
    std::vector<std::int64_t> buckets {};   ///< of a histogram: one more than edges
};

/// A value of a unit alone or of a branch.
struct Value {
    Standing standing = Standing::NotReported;
    std::int64_t numerator = 0;             ///< the sum; of a spread: how many were measured; of share_at_target: offices that reached it
    std::int64_t denominator = 0;
    std::optional<Exact> exact {};          ///< when measured: 2/5 of a share, the number itself, the upper edge of the bucket
    std::vector<std::int64_t> buckets {};   ///< of a spread that is not frozen
    int bucket = -1;                        ///< of a median or P90; the number of edges = above the last
    std::int64_t reported = 0, expected = 0;    ///< offices
    [[nodiscard]] bool measured() const { return standing == Standing::Measured; }
};

/// The value of the units of a branch by the tree rule of the definition. Of one unit: its own value.
[[nodiscard]] Value roll_up(definition::Indicator const&, std::span<UnitSums const>);

/// The value of a branch says how many of its offices reach the target, not how far they are.
[[nodiscard]] bool is_share_of_offices(definition::Indicator const&, Value const&);
/// It is shown in percent.
[[nodiscard]] bool in_percent(definition::Indicator const&, Value const&);

/// Whether the value reaches the target; nothing when there is no target or nothing measured. A 0 that stands for offices of which none
/// reports (missing: zero) does not, also when lower is better. A median whose bucket reaches from one
/// side of the target to the other has not reached it when lower is better, for what is shown is the upper edge.
[[nodiscard]] std::optional<bool> reaches_target(definition::Indicator const&, Value const&);

/// The target as a value: 100 of a share in percent is 1.
[[nodiscard]] std::optional<Exact> target_of(definition::Indicator const&);

}
