#pragma once
#include "indicator/source.hpp"

namespace kpuhub::plan {

/// The rows behind "plan_progress".
class PlanSource final : public indicator::Source {
public:
    [[nodiscard]] std::string_view indicator() const override;
    [[nodiscard]] std::vector<indicator::Contribution> contributions_of(storage::Reader&, UnitId) const override;
    void hold(storage::Transaction&, UnitId) const override;
    /// Three statements; needs plan.read in the unit of each row.
    [[nodiscard]] std::vector<indicator::SourceRow> rows_behind(storage::Reader&, PersonId reader, time::Date today,
        indicator::Figure const&, std::int64_t skip, std::int64_t limit) const override;
};

}
