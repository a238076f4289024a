#pragma once
#include <cstdint>

namespace kpuhub::definition {

/// The years that a plan may be of (definitions/plan_years.yaml), both ends included.
struct PlanYears {
    int first = 0;
    int last = 0;
    [[nodiscard]] bool hold(std::int64_t year) const { return year >= first && year <= last; }
};

/// Read once from what is compiled in; the definition tests see to it that the file is sound.
PlanYears const& plan_years();

}
