#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "evidence/evidence.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include <cstdint>
#include <span>
#include <string>

namespace kpuhub::evidence {

/// A subject whose proofs have just changed. Its row is locked and its version raised.
struct LinkedSubject {
    SubjectId id {};
    std::string kind;                   ///< "deliverable" ...
    UnitId unit {};
    std::string state;                  ///< as it stood when the links changed
    std::int64_t proofs = 0;            ///< pieces of evidence that now point at it and can be seen (held back ones do not count)
};

/// How the rooms whose subjects are proved hear of it, inside the same transaction: main hands in the one that keeps
/// deliverable.proofs and the tallies true and turns a scheduled deliverable into one under way by its first proof.
class LinkListener {
public:
    virtual ~LinkListener() = default;

    /// Errors: Conflict when this subject takes no change of its proofs now; NotFound for a kind that cannot be proved.
    virtual Result<void> linked(storage::Transaction&, journal::Act const&, LinkedSubject const&) = 0;

    /// Whether each part belongs to its subject (a success indicator to its deliverable); asked before anything is linked.
    /// Errors: Invalid "evidence.part" when one does not.
    virtual Result<void> parts_belong(storage::Reader&, std::span<Target const>) = 0;
};

}
