#pragma once
#include "journal/act.hpp"
#include "plan/plan.hpp"
#include "plan/progress.hpp"
#include "storage/database.hpp"
#include <vector>

namespace kpuhub::plan {

/// A deliverable with the version that the form showed.
struct Shown {
    DeliverableId id {};
    std::int64_t version = 0;
};

// What those do who answer for a row: whoever holds its owner post or a post in its owner sub-division today, or has
// plan.work_any; the latter acts on behalf of (a.n.) the owner post, and the journal says so.
// Errors of all: NotFound when the actor may not read the plan; Conflict "subject.changed" when somebody was faster,
// "plan.step.not_now" when the state does not allow it, "plan.closed"; Forbidden "plan.work.forbidden".

Result<void> start(storage::Transaction&, journal::Act const&, Shown);

/// With the note when given. Sending again after a return is the same step.
Result<void> submit(storage::Transaction&, journal::Act const&, Shown, std::optional<std::string> note);

/// Takes back what nobody has decided yet.
Result<void> withdraw(storage::Transaction&, journal::Act const&, Shown);

/// Keterangan realisasi, at most 4,000 bytes; a scheduled deliverable is under way from then on.
Result<void> write_note(storage::Transaction&, journal::Act const&, Shown, std::string note);

/// Lines of the checklist; those not named stay. Errors: also Invalid, per line ("items.<node>"): not one of its
/// indicators, a share without both figures or with denominator 0, a count or index without its figure, a figure below 0
/// where the indicator is a count or share.
Result<void> write_items(storage::Transaction&, journal::Act const&, Shown, std::vector<Item> const&);

}
