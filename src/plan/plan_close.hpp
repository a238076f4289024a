#pragma once
#include "journal/act.hpp"
#include "plan/plan.hpp"
#include "storage/database.hpp"
#include <set>
#include <vector>

namespace kpuhub::plan {

/// Ends the work on a fixed plan: nothing in it changes any more, its figures stay.
/// Errors: as lock_to_change (plan_lock.hpp); Conflict "plan.not_fixed" for a draft or a model.
Result<void> close(storage::Transaction&, journal::Act const&, PlanId, std::int64_t shown_version);

/// Opens a closed plan again, by whoever might close it. Errors: as lock_to_manage; Conflict "plan.not_closed"; Invalid without
/// a reason.
Result<void> reopen_plan(storage::Transaction&, journal::Act const&, PlanId, std::int64_t shown_version, std::string const& reason);

/// A row of a plan of which something is neither verified nor "tidak berlaku", or which has no months at all.
struct UnfinishedRow {
    PlanNodeId node {};
    std::string number;
    std::string body;
    std::string owner;
    DeliverableId first {};                 ///< the oldest open deliverable; none = months were never set
    std::int64_t open = 0;
    std::int64_t submitted = 0;             ///< of them: sent, nobody has decided
    bool apart = false;                     ///< under another authority or tentative: shown, never counted as late
};

/// In order of place. Two statements.
std::vector<UnfinishedRow> unfinished_rows(storage::Reader&, PlanId);

/// The same rows as a set, for next year's plan: what is the office's own and applies.
std::set<PlanNodeId> rows_to_carry(storage::Reader&, PlanId);

}
