#pragma once
#include "definition/publication.hpp"
#include "organization/unit.hpp"
#include "record/record_sql.hpp"
#include <array>

namespace kpuhub::record {

using RegisterRef = std::shared_ptr<definition::Register const>;

/// Records of one register and year whose retention is over in an office. The year is that in which they were closed, or made, as the
/// register says. Not among them: drafts, records talked about in the last 30 days, and what a decision holds already.
struct OverGroup {
    RegisterRef made;
    int year = 0;
    std::int64_t records = 0;
};
struct OverRecord {
    SubjectId id {};
    std::string number, state;
    time::Instant ended_at {};
};

/// Where and when is asked.
struct OverQuestion {
    organization::Unit const& unit;
    time::Date today {};
    time::Instant now {};
};
/// Records whose retention is not over yet but ends soon: those of one register and last day. Left out is the same.
struct EndingGroup {
    RegisterRef made;
    time::Date last_day {};                 ///< of the retention; they are past it the day after
    std::int64_t records = 0;
};
/// All groups of an office.
struct RetentionGroups {
    std::vector<OverGroup> over;            ///< by register and year
    std::vector<EndingGroup> ending;        ///< by last day and register
};
/// Ending are those whose last day is today or later and before `before`. One statement.
RetentionGroups retention_groups(storage::Reader&, std::vector<RegisterRef> const&, OverQuestion const&, time::Date before);
/// The records of one such group, by id. One statement.
std::vector<OverRecord> records_ending(storage::Reader&, definition::Register const&, OverQuestion const&, time::Date last_day, int limit);
/// How many of one group. One statement.
std::int64_t count_over(storage::Reader&, definition::Register const&, int year, OverQuestion const&);
/// Those of one group with an id above `after`, by id. One statement.
std::vector<OverRecord> records_over(storage::Reader&, definition::Register const&, int year, OverQuestion const&, std::int64_t after, int limit);
/// Whether the record may be destroyed by that decision, which holds it.
bool is_over(storage::Reader&, definition::Register const&, OverQuestion const&, SubjectId record, SubjectId decision);
/// Writes the first `limit` records of the group as items of a decision. Returns how many.
std::int64_t take_over(storage::Transaction&, definition::Register const&, int year, OverQuestion const&, SubjectId decision, int limit);

/// Records that ended before this moment have had their years. Pure.
[[nodiscard]] time::Instant retention_limit(definition::Retention const&, time::Date today, time::Zone);

/// The numbers of definitions/limits.yaml, section retention; their reasons stand there.
struct RetentionLimits {
    std::int64_t quiet_days = 0;                    ///< a comment this new keeps a record from being destroyed
    int most_items = 0;                             ///< records of one decision
    std::array<int, 3> warning_days {};             ///< before the last day, falling: when the records officer is told
    int warned_one_by_one = 0;                      ///< more of a register that end on one day are told of in one line
};
/// The table compiled into the program, read once. Throws std::logic_error when it is faulty.
RetentionLimits const& retention_limits();

}
