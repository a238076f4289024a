#pragma once
#include "evidence/subject_catalog.hpp"

namespace kpuhub::plan {

/// Names deliverables for the evidence room: what a proof proves, and what it might be sent for.
class ProofCatalog final : public evidence::SubjectCatalog {
public:
    std::vector<evidence::ProvableRow> rows_proved_by(storage::Reader&, PersonId, time::Date today, EvidenceId) override;
    std::optional<evidence::ProvableRow> row_of(storage::Reader&, PersonId, time::Date today, evidence::Target const&) override;
    std::vector<evidence::ProvableRow> rows_to_prove(storage::Reader&, PersonId, time::Date today, UnitId,
        std::string const& text, int limit) override;
    bool shared_with(storage::Reader&, PersonId, time::Date today, EvidenceId) override;
};

}
