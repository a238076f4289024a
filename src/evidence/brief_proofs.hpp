#pragma once
#include "evidence/evidence.hpp"
#include "organization/access.hpp"
#include "storage/database.hpp"
#include <vector>

/// The proofs of the subjects of a list, for its statement: joined as "e" by the subject's number, to be ordered by "l.id" within a
/// subject. Proofs held back and those that the reader ($1) may not read today ($2) are left out.
#define KPUHUB_BRIEF_PROOF_COLUMNS "e.subject_id, e.evidence_kind, e.title, e.media_type"
#define KPUHUB_BRIEF_PROOFS_OF(subject) \
    " LEFT JOIN evidence_link l ON l.subject_id = " subject " AND EXISTS (SELECT 1 FROM subject se WHERE se.id = l.evidence_id AND se.state = 'ready'" \
    "   AND " KPUHUB_MAY("se.unit_id", "'plan.read'") ")" \
    " LEFT JOIN evidence e ON e.subject_id = l.evidence_id"

namespace kpuhub::evidence {

/// A proof as one word in a list.
struct BriefProof {
    EvidenceId id {};
    Kind kind = Kind::File;
    std::string title;
    std::string media_type;
};

/// From a row with KPUHUB_BRIEF_PROOF_COLUMNS at `first`; one that proves several parts stands once.
void add_brief_proof(std::vector<BriefProof>&, storage::Row const&, std::size_t first);

}
