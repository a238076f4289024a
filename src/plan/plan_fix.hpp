#pragma once
#include "journal/act.hpp"
#include "plan/tree.hpp"
#include "storage/database.hpp"

namespace kpuhub::plan {

/// Fixes a draft as the plan of the office, with the decree's number, date, place and signatory. Work recorded on the draft
/// stays; from now on the plan counts in the figures, and what was due before the decree's date is "diisi mundur".
/// Keeps a snapshot of the rows as revision 0. Months that nobody has settled do not stand in the way.
/// Errors: NotFound, Forbidden without plan.manage; Conflict "subject.changed", "plan.fixed_already";
/// Invalid when number or date is missing, the plan is a model or has no rows.
Result<void> fix(storage::Transaction&, journal::Act const&, PlanId, std::int64_t shown_version, DecreeFields const&);

/// Changes title and decree fields of a draft.
Result<void> set_decree(storage::Transaction&, journal::Act const&, PlanId, std::int64_t shown_version, std::string title,
    DecreeFields const&);

}
