#pragma once
#include "journal/act.hpp"
#include "plan/plan.hpp"
#include "storage/database.hpp"
#include <vector>

namespace kpuhub::plan {

/// What to set on rows; what is none stays. It reaches everything under each chosen row, in one action: a whole area, an
/// activity, a sub-activity or a single indicator. Printed marks are never altered.
struct RowSetting {
    /// The working schedule: for sub-activities (and activities without any), and for indicators that have months of their
    /// own, so that the sub-activity is asked as one checklist. The empty set = back to the printed marks.
    std::optional<Months> working {};
    std::optional<Rhythm> rhythm {};
    std::optional<DueDay> due {};           ///< a fixed due day; day 0 = back to the month end
    /// Settles open months: the marks as read are right.
    bool months_are_right = false;
    struct Owner {
        SubdivisionId subdivision {};
        PostId post {};                     ///< none of the two = nobody
    };
    std::optional<Owner> owner {};
    std::optional<Authority> authority {};
    std::optional<bool> tentative {};
    std::optional<bool> applies {};         ///< false needs a reason
    std::string applies_reason {};
};

/// Sets rows of a draft or fixed plan without a revision: none of this is printed in the decree. Deliverables follow, keeping
/// work. Returns how many rows were set.
/// Errors: as lock_to_change (plan_lock.hpp); Invalid when no row is chosen, the due day is outside 1 to 31, or a row is not of this plan, the owner is not
/// of this office, or the reason is missing.
Result<std::int64_t> set_rows(storage::Transaction&, journal::Act const&, PlanId, std::int64_t shown_version,
    std::vector<PlanNodeId> const& rows, RowSetting const&);

}
