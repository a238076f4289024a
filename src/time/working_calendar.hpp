#pragma once
#include "core/result.hpp"
#include "time/date.hpp"
#include <set>
#include <string>
#include <vector>

namespace kpuhub::time {

enum class HolidayKind { Holiday, CollectiveLeave };   ///< hari libur nasional, cuti bersama

/// A day on which offices are closed, as the yearly joint decree (SKB) or a governor's letter lists it.
struct Holiday {
    Date date;
    std::string name;
    HolidayKind kind = HolidayKind::Holiday;
    std::string source {};      ///< the decree that lists it
    friend bool operator==(Holiday const&, Holiday const&) = default;
};

enum class DayKind { Working, Weekend, Holiday, CollectiveLeave };

/// What a day is and why. `reason` is the holiday's name; empty for working days and plain weekends.
struct Day {
    Date date;
    DayKind kind = DayKind::Working;
    std::string reason {};
    int number = 0;             ///< in an explanation: which counted day it is; 0 = skipped
    std::string source {};      ///< the decree that lists the holiday
    [[nodiscard]] bool working() const { return kind == DayKind::Working; }
    friend bool operator==(Day const&, Day const&) = default;
};

/// A due day with its explanation: each day after the start, counted or skipped, with the reason.
struct WorkingDeadline {
    Date start;                 ///< day of the trigger: day 0, never counted
    Date due;
    std::vector<Day> days {};   ///< in order, the last is `due`; empty when nothing was to be counted
    bool certain = true;        ///< false when it reaches into a year whose holidays are not yet known
};

/// Working days (hari kerja) of an office: Monday to Friday without public holidays and collective leave.
/// A value without clock or storage; an office with regional holidays has its own, made by `with`.
/// Convention (docs/glossary.md, "hari kerja"): the day of the trigger is day 0, day 1 is the next working day.
class WorkingCalendar {
public:
    /// `known_years`: years whose decree has been read; others know weekends only. Of two entries for one day
    /// the first given wins.
    WorkingCalendar(std::vector<Holiday> holidays, std::set<int> known_years);

    /// The same calendar with further days off (libur daerah).
    [[nodiscard]] WorkingCalendar with(std::vector<Holiday> const& regional) const;

    [[nodiscard]] Day day(Date) const;
    /// The same without words: for counting.
    [[nodiscard]] DayKind kind(Date) const;
    [[nodiscard]] bool is_working_day(Date date) const { return kind(date) == DayKind::Working; }
    [[nodiscard]] bool knows(int year) const { return m_known_years.contains(year); }

    /// Unit: working days, 0 to 2,600 (ten years); Invalid ("calendar.days_out_of_range") outside of it.
    /// 0 gives the start itself, whatever day it is.
    [[nodiscard]] Result<WorkingDeadline> add_working_days(Date start, int working_days) const;

    /// First working day after the date.
    [[nodiscard]] Date next_working_day(Date) const;
    /// The date itself when offices work on it, else the first working day after it.
    [[nodiscard]] Date working_day_on_or_after(Date) const;

    /// Working days after `from`, up to and including `to`; negative when `to` is earlier: the inverse of
    /// add_working_days for a due day.
    [[nodiscard]] std::int64_t working_days_between(Date from, Date to) const;

    [[nodiscard]] std::vector<Holiday> const& holidays() const { return m_holidays; }

private:
    [[nodiscard]] Holiday const* holiday_on(Date) const;

    std::vector<Holiday> m_holidays;   // by date, one per day
    std::set<int> m_known_years;
};

}
