#pragma once
#include "core/result.hpp"
#include "time/office_hours.hpp"
#include "time/working_calendar.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::time {

/// What a limit counts. The rules of counting stand in docs/clocks.md, numbered; the comments of deadline.cpp name them.
enum class Measure {
    OfficeMinutes,      ///< minutes of office time (menit jam kerja); `amount` in minutes
    WallMinutes,        ///< minutes of the wall clock ("3 x 24 jam" = 4320)
    WorkingDays,        ///< hari kerja
    CalendarDays,       ///< hari
    Months,             ///< the same day of the month, `amount` months later
    DayOfMonth,         ///< day `day` of the month that lies `amount` months ahead
    DayOfYear,          ///< the first day `day` of month `month` on or after the start
};
enum class FirstDay { SameDay, NextDay, NextWorkingDay };   ///< which day is day 1 (for minutes: from when they run)
enum class LateReceipt { AsItIs, NextOpening };             ///< received outside office hours: counts as received at the next opening
enum class LastDay { Stays, NextWorkingDay };               ///< a last day on which offices are closed: stays or moves
enum class Ends { OfficeClose, DayEnd };                    ///< moment of the last day: end of office hours, or 24:00

/// One limit. Published texts differ in every one of these points, so each is data (definitions/clocks).
struct DeadlineRule {
    Measure measure = Measure::WorkingDays;
    int amount = 0;
    int day = 0;                ///< DayOfMonth, DayOfYear: 1 to 31; past the end of the month = its last day
    int month = 0;              ///< DayOfYear: 1 to 12
    FirstDay first = FirstDay::NextDay;
    LateReceipt receipt = LateReceipt::AsItIs;
    LastDay last = LastDay::Stays;
    Ends ends = Ends::OfficeClose;
    friend bool operator==(DeadlineRule const&, DeadlineRule const&) = default;
};

/// A time in which the clock stood still; without end it stands still now.
struct Pause {
    Instant from {};
    std::optional<Instant> to {};
    friend bool operator==(Pause const&, Pause const&) = default;
};

/// When a unit works: its days, hours and zone. Refers to values that live longer.
struct OfficeTimes {
    WorkingCalendar const& calendar;
    OfficeHours const& hours;
    Zone zone = Zone::Wib;
};

enum class Counted {
    Start,              ///< the day of the trigger, day 0
    Yes,                ///< a counted day, or minutes of a day
    Weekend, Holiday, CollectiveLeave, NoHours,
    Paused,             ///< the clock stood still at the end of this day, or through all its minutes
    BeforeStart,        ///< the clock began after the end of this day
    Moved,              ///< the working day that the end moved to
};

/// One day of the explanation.
struct ExplainedDay {
    Date date;
    Counted counted = Counted::Start;
    int number = 0;                     ///< which counted day; 0 = not counted
    std::int64_t milliseconds = 0;      ///< counted time of the day; minutes only
    std::string reason {};              ///< name of the holiday
    std::string source {};              ///< of the holiday, or of the office hours
};

struct Deadline {
    Instant began {};                   ///< the start after the rule of receipt
    std::optional<Instant> due {};      ///< nothing while the clock stands still before its end
    std::vector<ExplainedDay> days {};  ///< in order; only when asked for
    bool certain = true;                ///< false when it reaches into a year whose holidays are not yet known
};

enum class Explain { No, Yes };

/// due = rule(start, office times, pauses): a pure function, without clock or storage.
/// `pauses`: in order, apart from each other; only the last may lack its end.
/// Errors: Invalid "deadline.amount" (days and months 1 to 2,600; minutes 1 to 1,000,000; a day or month that does not exist);
/// Invalid "deadline.too_far" when the end lies more than twenty years ahead (an office without hours).
Result<Deadline> compute(DeadlineRule const&, Instant start, std::vector<Pause> const& pauses, OfficeTimes const&, Explain = Explain::No);

/// When a share of the limit has been used up, for warnings. Unit: percent, 1 to 100; 100 = due.
/// Minutes: the share of them. Days: the opening of the day after the first floor(amount x percent / 100) counted days, so that
/// the reader still has the rest. Fixed dates: the share of the time between start and end.
/// Nothing while the clock stands still before that. Errors: as compute.
Result<std::optional<Instant>> moment_at_share(DeadlineRule const&, int percent, Instant start, std::vector<Pause> const& pauses, OfficeTimes const&);

/// Office time between two instants, in milliseconds; 0 when `to` is not later.
std::int64_t office_time_between(Instant from, Instant to, OfficeTimes const&);

/// Whether the limit is shorter than a day of office or wall time: its warnings come at other shares.
bool is_under_one_day(DeadlineRule const&);

}
