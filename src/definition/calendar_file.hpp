#pragma once
#include "definition/node.hpp"
#include "time/working_calendar.hpp"

namespace kpuhub::definition {

/// Reads definitions/calendars/holidays.yaml.
/// Errors: Invalid with file and line of every wrong place: a date that does not exist or lies outside its year, a day given
/// twice, an unknown kind, a year whose working days do not come to the total that it states.
Result<time::WorkingCalendar> load_calendar(std::string_view file, std::string_view text);

/// The calendar that the program carries, read once. Throws std::runtime_error when it is faulty, which its test excludes.
time::WorkingCalendar const& working_calendar();

}
