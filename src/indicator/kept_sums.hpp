#pragma once
#include "definition/indicator_publication.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <set>

namespace kpuhub::indicator {

/// The sums of all offices of periods that have ended, kept in a line each (tally_kept), so that a trend over years reads a line a period.
/// They are right at any time: who writes to tallies takes the line of their period away in the same transaction. It comes back when the
/// scheduler has asked for it (keep_sums) and, a call later, counted: whoever had changed tallies without having seen the line asked for has
/// ended by then (earlier_writes.hpp), and one who comes later takes it away before or after it is filled. Parts of change areas ("a1.late")
/// are not kept: no indicator shows them.

using TalliesOfPeriod = std::pair<std::string, std::string>;        ///< name of the tallies, period

/// For whoever changes tallies. Periods that run on the day given, or ended the day before, have no line and cost nothing; without a day
/// each period is looked for. One statement for 100 periods.
void forget_kept_sums(storage::Transaction&, std::set<TalliesOfPeriod> const&, std::optional<time::Date> today = {});

/// Asks for the lines that are missing, and counts at most `at_most` of those that an earlier call asked for; none while a write of before
/// has not ended. For the scheduler. Returns how many were counted.
Result<int> keep_sums(storage::Database&, definition::IndicatorShelf&, time::Instant now, int at_most);

/// A part of a kept line that is not what its offices come to now; for verify.
struct WrongKeptSum {
    std::string indicator, unit_code, period, part;
    std::int64_t kept = 0, computed = 0;
};
[[nodiscard]] std::vector<WrongKeptSum> wrong_kept_sums(storage::Reader&);

/// Reads what stands in a line: "d=40 n=12". What is no line of ours gives nothing.
[[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> kept_amounts(std::string_view sums);

}
