#pragma once
#include "definition/indicator_publication.hpp"
#include "indicator/value_store.hpp"

namespace kpuhub::indicator {

/// A period that has ended, waited its days, and is not closed yet.
struct Closable {
    std::shared_ptr<definition::Indicator const> made;
    std::string period;
};

/// Periods to close today, the oldest first; periods that had ended before the indicator was first published stay open, for nobody
/// could have reported to them. At most `limit`. Two statements.
std::vector<Closable> periods_to_close(storage::Reader&, definition::IndicatorShelf&, time::Date today, int limit);

/// Freezes the values of all units: read in one snapshot, written in pieces, the period marked last. Run again after a crash it
/// writes what is missing. A period that another closed meanwhile is left alone. Returns how many values were written.
Result<std::int64_t> close_period(storage::Database&, Stocks const&, Closable const&, time::Instant now);

/// Closes what is to be closed, one period at a time. For the scheduler. Returns how many were closed.
Result<int> close_periods(storage::Database&, definition::IndicatorShelf&, Stocks const&, time::Instant now, int at_most);

}
