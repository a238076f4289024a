#include "evidence/brief_proofs.hpp"
#include "organization/access.hpp"

namespace kpuhub::evidence {

constexpr storage::Query brief { "evidence.brief_proofs",
    "SELECT l.subject_id, e.subject_id, e.evidence_kind, e.title, e.media_type"
    " FROM subject s JOIN evidence_link l ON l.subject_id = s.id"
    " JOIN evidence e ON e.subject_id = l.evidence_id JOIN subject se ON se.id = e.subject_id AND se.state = 'ready'"
    " WHERE s.unit_id = $3 AND s.kind = $4 AND s.state = $5 AND " KPUHUB_MAY("se.unit_id", "'plan.read'")
    " ORDER BY l.subject_id, l.id" };

std::map<SubjectId, std::vector<BriefProof>> brief_proofs(storage::Reader& reader, Asker asker, UnitId unit,
    std::string_view subject_kind, std::string_view subject_state)
{
    std::map<SubjectId, std::vector<BriefProof>> found;
    for (auto const& row : reader.query(brief, asker.person, asker.today, unit, subject_kind, subject_state)) {
        auto& proofs = found[row.id<SubjectTag>(0)];
        auto const id = row.id<EvidenceTag>(1);
        if (!proofs.empty() && proofs.back().id == id)
            continue;
        proofs.push_back({ id, kind_of(row.text(2)).value_or(Kind::File), row.text(3), row.text(4) });
    }
    return found;
}

}
