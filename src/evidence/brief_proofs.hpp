#pragma once
#include "evidence/evidence.hpp"
#include "evidence/evidence_store.hpp"
#include <map>

namespace kpuhub::evidence {

/// A proof as one word in a list.
struct BriefProof {
    EvidenceId id {};
    Kind kind = Kind::File;
    std::string title;
    std::string media_type;
};

/// The proofs of all subjects of a kind and state in an office, oldest first by subject. One statement, for sheets that list
/// many subjects. Proofs held back are left out.
std::map<SubjectId, std::vector<BriefProof>> brief_proofs(storage::Reader&, Asker, UnitId, std::string_view subject_kind,
    std::string_view subject_state);

}
