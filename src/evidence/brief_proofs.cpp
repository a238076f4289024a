#include "evidence/brief_proofs.hpp"

namespace kpuhub::evidence {

void add_brief_proof(std::vector<BriefProof>& proofs, storage::Row const& row, std::size_t first)
{
    auto const id = row.id<EvidenceTag>(first);
    if (id && (proofs.empty() || proofs.back().id != id))
        proofs.push_back({ id, kind_of(row.text(first + 1)).value_or(Kind::File), row.text(first + 2), row.text(first + 3) });
}

}
