#pragma once
#include "campaign/campaign.hpp"
#include "job/job.hpp"

namespace kpuhub::campaign {

/// What the jobs of this room work with; all of it outlives them.
struct Asking {
    storage::Database& database;
    record::Desk desk;
    flow::CalendarShelf& calendars;
    time::Clock const& clock;
};

/// "campaign.ask" asks the holders of the duty in one office, "campaign.order" starts campaigns in all lower offices and asks there; both in
/// small writes, so that nobody waits for them.
void register_asking(job::Workshop&, Asking const&);

/// What the states of registers mean for campaigns, from definitions/campaigns into the table. Returns how many.
Result<int> load_meanings(storage::Database&);

// --- used by the actions of this room ---
void enqueue_asking(storage::Transaction&, journal::Act const&, SubjectId campaign);
void enqueue_order(storage::Transaction&, journal::Act const&, UnitId, NewCampaign const&);
/// Starts a campaign in an office; the caller has checked the right. Errors: Conflict "campaign.open_already".
Result<SubjectId> start_in(storage::Transaction&, journal::Act const&, UnitId, NewCampaign const&, UnitId ordered_by);

/// Asks at most so many who have the duty and were not asked. Returns how many it asked; 0 when none is left.
Result<std::int64_t> ask_some(storage::Transaction&, journal::Act const&, Asking const&, SubjectId campaign, std::int64_t most);

}
