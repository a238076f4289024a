#pragma once
#include "evidence/link_listener.hpp"

namespace kpuhub::plan {

/// Keeps deliverable.proofs and the figures true when evidence is linked or taken away; the first proof turns a scheduled
/// deliverable into one under way. Handed to the evidence actions by main.
class ProofListener final : public evidence::LinkListener {
public:
    /// Errors: NotFound for a subject that is no deliverable or that the actor may not read; Conflict "plan.closed", or
    /// "plan.step.not_now" when it is verified or not applicable.
    Result<void> linked(storage::Transaction&, journal::Act const&, evidence::LinkedSubject const&) override;

    Result<void> parts_belong(storage::Reader&, std::span<evidence::Target const>) override;
};

}
