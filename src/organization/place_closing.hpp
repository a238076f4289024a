#pragma once
#include "organization/handover.hpp"

namespace kpuhub::organization {

/// What still hangs on a post or sub-division after a day: its holders, the posts below it or in it, then what the rooms keep
/// under it (plan rows, roles). One statement and those of the participants.
std::vector<HandoverItem> hanging_on(storage::Reader&, Place const&, time::Date last_day, HandoverParticipants const&);

/// The list of posts_and_hanging_on with that of the participants.
std::vector<HandoverItem> with_what_hangs_on(storage::Reader&, Place const&, time::Date last_day, HandoverParticipants const&, std::vector<HandoverItem> own);

/// Ends a post or sub-division with that day. What hangs on it goes to the successor, of the same kind, in the same action; the
/// holders of a post do not: their appointments are ended or handed over first.
/// Needs people.manage. Errors: NotFound, Forbidden (also when the actor holds the successor: nobody grants to himself); Invalid when
/// the successor is the same, of another office or no longer there; Conflict "people.post.held", "people.place.hangs" without a
/// successor, "people.place.closed_already".
Result<void> close_place(storage::Transaction&, journal::Act const&, Place const&, Place const& successor, time::Date last_day,
    HandoverParticipants const&);

}
