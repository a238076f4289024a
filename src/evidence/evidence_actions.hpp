#pragma once
#include "evidence/evidence.hpp"
#include "evidence/link_listener.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include <vector>

namespace kpuhub::evidence {

/// Brings a proof into an office, for the targets given or, without any, into the box of what is sorted later (Kotak bukti).
/// Needs evidence.bring in the unit and in the unit of each target.
/// Errors: Invalid (wrong fields, more than 200 targets), Forbidden, NotFound, Conflict (a target is verified).
Result<EvidenceId> bring(storage::Transaction&, journal::Act const&, LinkListener&, UnitId, Proof const&,
    std::vector<Target> const&);

/// Lets each of the proofs prove each of the targets; what is linked already stays as it is.
/// Needs evidence.bring in the unit of each target, and the proof to be seen by the actor.
/// Errors: Invalid (nothing chosen, more than 200 links), Forbidden, NotFound, Conflict (a target is verified).
Result<void> link(storage::Transaction&, journal::Act const&, LinkListener&, std::vector<EvidenceId> const&,
    std::vector<Target> const&);

/// Takes a proof away from a target: by who brought or linked it, or by who works for the whole office.
/// Errors: Forbidden, NotFound, Conflict (the target is verified).
Result<void> unlink(storage::Transaction&, journal::Act const&, LinkListener&, EvidenceId, Target const&);

/// What may be put right about a proof after it was brought.
struct Correction {
    std::string title;
    std::optional<time::Date> effective_on {};
    std::optional<time::Date> covers_from {};
    std::optional<time::Date> covers_to {};
};
/// By who brought it or works for the whole office. Errors: Invalid, Forbidden, NotFound, Conflict (changed meanwhile).
Result<void> correct(storage::Transaction&, journal::Act const&, EvidenceId, std::int64_t version, Correction const&);

enum class Audience : std::uint8_t { Office, Public };

/// Shows a proof to the public or hides it again. Needs evidence.release in its unit. A proof that proves nothing yet or
/// is held back is not released. Errors: Invalid, Forbidden, NotFound, Conflict (changed meanwhile).
Result<void> release(storage::Transaction&, journal::Act const&, EvidenceId, std::int64_t version, Audience);

/// Throws away what was sent by mistake and proves nothing: by who brought it or works for the whole office.
/// Errors: Forbidden, NotFound, Conflict (it proves something, or changed meanwhile).
Result<void> discard(storage::Transaction&, journal::Act const&, EvidenceId, std::int64_t version);

}
