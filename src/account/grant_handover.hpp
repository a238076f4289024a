#pragma once
#include "organization/handover.hpp"

namespace kpuhub::account {

/// Moves the roles that a person holds in his own name in the office. Roles that need a second person are not moved:
/// they end with a new grant and its confirmation.
class GrantHandover final : public organization::HandoverParticipant {
public:
    [[nodiscard]] std::vector<organization::HandoverItem> open_work(storage::Reader&, organization::HandoverDraft const&, std::vector<PostId> const&) const override;
    [[nodiscard]] std::vector<organization::HandoverItem> hangs_on(storage::Reader&, organization::Place const&, time::Date last_day) const override;
    Result<void> move_place(storage::Transaction&, journal::Act const&, UnitId, organization::Place const& from, organization::Place const& to) const override;
    Result<void> move(storage::Transaction&, journal::Act const&, organization::HandoverDraft const&) const override;
};

}
