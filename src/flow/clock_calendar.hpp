#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include "time/deadline.hpp"
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace kpuhub {
using ClockId = Id<struct ClockTag>;
using ClockRuleId = Id<struct ClockRuleTag>;
using HolidayId = Id<struct HolidayTag>;
using OfficeHoursId = Id<struct OfficeHoursTag>;
}

namespace kpuhub::flow {

/// When one unit works, as the tables say it at one moment. A value to keep: what it holds never changes.
struct UnitTimes {
    std::shared_ptr<time::WorkingCalendar const> calendar;
    std::shared_ptr<time::OfficeHours const> hours;
    time::Zone zone = time::Zone::Wib;
    std::string revision;               ///< of the calendar
    [[nodiscard]] time::OfficeTimes office() const { return { *calendar, *hours, zone }; }
};

// The revision of the calendar, as a column of any statement.
#define KPUHUB_CALENDAR_REVISION "COALESCE((SELECT cr.value FROM setting cr WHERE cr.name = 'calendar_revision'), 'first')"

/// The calendars of all units, read once for each revision. One for the program; any thread may ask.
class CalendarShelf {
public:
    /// One statement when nothing changed since the last time.
    UnitTimes of(storage::Reader&, UnitId, time::Date today);
    /// None, when the revision of the calendar came with another statement of the same transaction (KPUHUB_CALENDAR_REVISION).
    UnitTimes of(storage::Reader&, UnitId, time::Date today, std::string_view revision);

private:
    std::mutex m_mutex;                 // guards all below
    std::string m_revision;
    time::Date m_today {};
    std::map<UnitId, UnitTimes> m_times;
};

/// The calendar of a unit as it was known at a moment: how a clock that has stopped was counted.
UnitTimes times_known_at(storage::Reader&, UnitId, time::Instant);

/// Fills the tables from definitions/calendars: whole years that they lack, office hours when there are none. Returns how many rows.
Result<int> load_calendar(storage::Database&);

struct HolidayRow {
    HolidayId id {};
    UnitId unit {};
    std::string unit_name;              ///< empty for the whole country
    time::Holiday day;
};
/// Days off of a year that are in force, of the country and of all regions, by date.
std::vector<HolidayRow> holidays_of(storage::Reader&, int year, time::Date today);

struct HoursRow {
    OfficeHoursId id {};
    UnitId unit {};
    std::string unit_name;
    time::HoursPeriod period;
};
std::vector<HoursRow> hours_in_force(storage::Reader&, time::Date today);

/// Whether the person keeps the days and hours of the country. One statement.
bool may_manage_calendar(storage::Reader&, PersonId, time::Date today);

/// The years whose decree has been read.
std::vector<int> known_years(storage::Reader&);

// Changes, each journaled, each followed by the job "clock.recount". Permission: calendar.manage at KPU RI (code 00).
// Errors of all: Forbidden "calendar.manage.forbidden".

/// Errors: Invalid (no name, source, or a day before 2000); Conflict "calendar.day_there".
Result<HolidayId> add_holiday(storage::Transaction&, journal::Act const&, UnitId, time::Holiday const&);
/// Errors: NotFound when it is not in force.
Result<void> remove_holiday(storage::Transaction&, journal::Act const&, HolidayId);
/// Errors: Invalid (no source, from after to, a week without hours).
Result<OfficeHoursId> add_hours(storage::Transaction&, journal::Act const&, UnitId, time::HoursPeriod const&);
Result<void> remove_hours(storage::Transaction&, journal::Act const&, OfficeHoursId);

}
