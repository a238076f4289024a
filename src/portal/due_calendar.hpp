#pragma once
#include "time/date.hpp"
#include <string>
#include <vector>

namespace kpuhub::portal {

/// One day in a calendar of due days.
struct DueDay {
    std::string uid;            ///< stays the same, so that a calendar program moves the day instead of adding one
    time::Date day;
    std::string title;
    std::string link;
};

/// RFC 5545: whole days without a time, lines folded at 75 bytes, CRLF. `name` is shown as the calendar's name.
std::string due_calendar(std::string const& name, std::vector<DueDay> const&, time::Instant now);

}
