#pragma once
#include "outbox/push.hpp"

namespace kpuhub::outbox {

/// What one browser is told at once; private to the room.
struct ClaimedPush {
    std::vector<std::int64_t> ids;
    std::int64_t fence = 0, attempts = 0;
    PushDeviceId device {};
    std::string endpoint, public_point, auth;
    std::int64_t expires_at = 0;            ///< of the first to run out
    std::vector<Message> messages;
};

/// As outbox::claim.
std::optional<ClaimedPush> claim_push(storage::Transaction&, time::Instant now, std::int64_t lease_ms = 120'000);
/// As outbox::finish; a browser that is gone is forgotten with all that was on its way there.
bool finish_push(storage::Transaction&, ClaimedPush const&, PushDelivery const&, time::Instant now);

}
