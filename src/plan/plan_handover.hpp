#pragma once
#include "organization/handover.hpp"

namespace kpuhub::plan {

/// Lists the open deliverables of the posts that change hands, and the plan rows of a place that is closed. Rows belong to posts and sub-divisions, so nothing has to be
/// moved: the next holder owns them with the post.
class PlanHandover final : public organization::HandoverParticipant {
public:
    [[nodiscard]] std::vector<organization::HandoverItem> open_work(storage::Reader&, organization::HandoverDraft const&, std::vector<PostId> const&) const override;
    [[nodiscard]] std::vector<organization::HandoverItem> hangs_on(storage::Reader&, organization::Place const&, time::Date last_day) const override;
    Result<void> move_place(storage::Transaction&, journal::Act const&, UnitId, organization::Place const& from, organization::Place const& to) const override;
    Result<void> move(storage::Transaction&, journal::Act const&, organization::HandoverDraft const&) const override;
};

}
