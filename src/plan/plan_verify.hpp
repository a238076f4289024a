#pragma once
#include "plan/plan_deliver.hpp"

namespace kpuhub::plan {

/// One line of a verification sheet: what to decide, and why where it is returned.
struct Ruling {
    Shown shown {};
    std::string reason;
};

struct Skipped {
    DeliverableId id {};
    std::string message_key;
};

/// What became of a sheet. Lines that somebody else changed meanwhile, or that are not the actor's to decide, are left as
/// they are and named; the others are decided.
struct Rulings {
    std::vector<DeliverableId> decided;
    std::vector<Skipped> skipped;
};

// Only the verifier decides (verifier_of): never who submitted the deliverable or brought a proof for it, whatever account,
// deputy or bulk step he uses. All in one transaction; at most 500 lines.
// Errors: with a single line NotFound, Conflict or Forbidden as they are; with several only when none could be decided;
// Invalid when a reason is missing (returning) or too long.
Result<Rulings> verify(storage::Transaction&, journal::Act const&, std::vector<Ruling>);
Result<Rulings> send_back(storage::Transaction&, journal::Act const&, std::vector<Ruling>);

/// Opens what is verified (by its verifier or plan.manage) or not applicable (plan.manage) again, with a reason.
Result<void> reopen(storage::Transaction&, journal::Act const&, Shown, std::string reason);

/// "Tidak berlaku" for this one deliverable, with a reason. Needs plan.manage: it leaves the figures.
Result<void> mark_not_applicable(storage::Transaction&, journal::Act const&, Shown, std::string reason);

}
