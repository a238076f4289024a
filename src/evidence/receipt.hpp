#pragma once
#include "evidence/evidence.hpp"
#include "evidence/link_listener.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include <vector>

namespace kpuhub::evidence {

/// A proof that arises by itself: the receipt of what `bringer` sent proves the targets that he bound to it. It stands as his; the
/// journal names who gave the receipt. Targets that take no proof any more (verified, not applicable, of a closed plan) are passed
/// over. The caller has checked the right of the actor and locked what the receipt is about. Errors: Invalid (wrong fields).
Result<EvidenceId> bring_receipt(storage::Transaction&, journal::Act const&, LinkListener&, PersonId bringer, UnitId, Proof const&, std::vector<Target> const&);

}
