#pragma once
#include "indicator/source.hpp"
#include "job/job.hpp"
#include "record/figure_keeper.hpp"

namespace kpuhub::record {

/// What a rebuild works with. `others` are the figures that do not come from records (the plan's progress).
struct Rebuilding {
    storage::Database& database;
    definition::IndicatorShelf& shelf;
    std::vector<indicator::Source const*> others;
    time::Clock const& clock;
};

/// Counts all records anew for one indicator, in pieces between which the service goes on: each piece holds its records, puts what
/// they add in place of what they added before, and commits. Then keys and tallies are mended in the units where they
/// are wrong; an indicator whose source stands in `others` is compared with that, as its tallies are of other rows than records.
/// `progress` is told of each piece and ends the work by false. Returns how many contributions and sums were wrong.
Result<std::int64_t> rebuild_indicator(Rebuilding const&, std::string const& indicator,
    std::function<bool(std::int64_t done, std::int64_t all)> const& progress);

/// The job "indicator.rebuild"; a recount of everything goes through the other figures office by office.
void register_rebuild(job::Workshop&, Rebuilding);

/// Asks for a recount of one indicator, or of everything (empty). Errors: NotFound for an unknown indicator.
Result<JobId> ask_for_recount(storage::Transaction&, std::string const& indicator, time::Instant now);

/// Asks for the rebuild of the indicators whose newest version has not been counted, unless that was asked. For the scheduler.
Result<bool> ask_for_rebuilds(storage::Database&, definition::IndicatorShelf&, time::Instant now);

}
