#pragma once
#include "time/date.hpp"
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::time {

/// Part of a day in minutes after midnight, [from, to); 0 to 1440.
struct MinuteSpan {
    int from = 0;
    int to = 0;
    friend bool operator==(MinuteSpan const&, MinuteSpan const&) = default;
};

/// Office hours (jam kerja) of one day: in order, apart by the breaks. Empty = no hours on that weekday.
using DayHours = std::vector<MinuteSpan>;
/// Monday to Sunday.
using WeekHours = std::array<DayHours, 7>;

/// Hours in force from a day to a day (both included), with the rule that sets them.
struct HoursPeriod {
    Date from, to;
    WeekHours week;
    std::string source {};
    friend bool operator==(HoursPeriod const&, HoursPeriod const&) = default;
};

/// Reads "0730-1200+1300-1600": parts of one day in order without overlap; empty text = no hours. Nothing for other text.
std::optional<DayHours> read_day_hours(std::string_view);
/// Reads seven days from Monday, apart by "|".
std::optional<WeekHours> read_week_hours(std::string_view);
std::string write_day_hours(DayHours const&);
std::string write_week_hours(WeekHours const&);

/// The office hours of a unit through the years. Where periods meet on a day, the one given last holds: first the usual
/// hours, then Ramadan, then what the unit itself has set.
class OfficeHours {
public:
    explicit OfficeHours(std::vector<HoursPeriod> periods) : m_periods(std::move(periods)) {}
    /// Hours of that date by its weekday; holidays are the calendar's business. Never fails: no period = no hours.
    [[nodiscard]] DayHours const& on(Date) const;
    /// The rule behind on(); empty when no period covers the day.
    [[nodiscard]] std::string const& source(Date) const;

private:
    [[nodiscard]] HoursPeriod const* period(Date) const;
    std::vector<HoursPeriod> m_periods;
};

}
