#pragma once
#include "organization/handover.hpp"

namespace kpuhub::plan {

/// Lists the open deliverables of the posts that change hands. Rows belong to posts and sub-divisions, so nothing has to be
/// moved: the next holder owns them with the post.
class PlanHandover final : public organization::HandoverParticipant {
public:
    [[nodiscard]] std::vector<organization::HandoverItem> open_work(storage::Reader&, organization::HandoverDraft const&, std::vector<PostId> const&) const override;
    Result<void> move(storage::Transaction&, journal::Act const&, organization::HandoverDraft const&) const override;
};

}
