#pragma once
#include "organization/handover.hpp"

namespace kpuhub::account {

/// Moves the roles that a person holds in his own name in the office. Roles that need a second person are not moved:
/// they end with a new grant and its confirmation.
class GrantHandover final : public organization::HandoverParticipant {
public:
    [[nodiscard]] std::vector<organization::HandoverItem> open_work(storage::Reader&, organization::HandoverDraft const&, std::vector<PostId> const&) const override;
    Result<void> move(storage::Transaction&, journal::Act const&, organization::HandoverDraft const&) const override;
};

}
