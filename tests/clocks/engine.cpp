// The deadline engine behind a pipe: one case a line in, one end a line out (tests/clocks/README.md names the words).
// Judged by tests/clocks/minute_by_minute.py, which shares no code and no table with it.
#include "core/embedded.hpp"
#include "definition/calendar_file.hpp"
#include "time/deadline.hpp"
#include <cstdio>
#include <fmt/format.h>
#include <iostream>
#include <map>
#include <sstream>

using namespace kpuhub;
using namespace kpuhub::time;

namespace {

std::vector<std::string> split(std::string const& text, char between)
{
    std::vector<std::string> parts;
    std::istringstream stream { text };
    for (std::string part; std::getline(stream, part, between);)
        parts.push_back(part);
    return parts;
}

/// "2026-03-13T10:00" of the zone.
Instant moment(std::string const& text, Zone zone)
{
    constexpr int date_length = 10, minute_at = 14, hour_at = 11;
    auto const minutes = std::stoi(text.substr(hour_at, 2)) * 60 + std::stoi(text.substr(minute_at, 2));
    return start_of_day(Date::from_iso(text.substr(0, date_length)).value(), zone).plus(std::chrono::minutes { minutes });
}

std::string words(Instant instant, Zone zone)
{
    return Instant { instant.milliseconds + std::chrono::milliseconds { offset(zone) }.count() }.iso().substr(0, 16);
}

struct Case {
    std::map<std::string, std::string> words;
    [[nodiscard]] std::string operator[](std::string const& name) const { return words.contains(name) ? words.at(name) : std::string {}; }
};

Case read_case(std::string const& line)
{
    Case read;
    for (auto const& word : split(line, ' '))
        if (auto const at = word.find('='); at != std::string::npos)
            read.words[word.substr(0, at)] = word.substr(at + 1);
    return read;
}

DeadlineRule rule_of(Case const& given)
{
    static std::map<std::string, Measure> const measures { { "office_minutes", Measure::OfficeMinutes }, { "wall_minutes", Measure::WallMinutes },
        { "working_days", Measure::WorkingDays }, { "calendar_days", Measure::CalendarDays }, { "months", Measure::Months },
        { "day_of_month", Measure::DayOfMonth }, { "day_of_year", Measure::DayOfYear } };
    static std::map<std::string, FirstDay> const firsts { { "same", FirstDay::SameDay }, { "next", FirstDay::NextDay }, { "next_working", FirstDay::NextWorkingDay } };
    DeadlineRule rule;
    rule.measure = measures.at(given["measure"]);
    rule.amount = std::stoi(given["amount"]);
    rule.day = given["day"].empty() ? 0 : std::stoi(given["day"]);
    rule.month = given["month"].empty() ? 0 : std::stoi(given["month"]);
    rule.first = firsts.at(given["first"]);
    rule.receipt = given["receipt"] == "opening" ? LateReceipt::NextOpening : LateReceipt::AsItIs;
    rule.last = given["last"] == "moves" ? LastDay::NextWorkingDay : LastDay::Stays;
    rule.ends = given["ends"] == "day" ? Ends::DayEnd : Ends::OfficeClose;
    return rule;
}

std::string answer(Case const& given, WorkingCalendar const& national)
{
    auto const zone = zone_named(given["zone"]).value();
    std::vector<Holiday> regional;
    for (auto const& day : split(given["off"], ','))
        regional.push_back({ Date::from_iso(day).value(), "libur daerah" });
    std::vector<HoursPeriod> periods;
    for (auto const& period : split(given["hours"], ';'))
        periods.push_back({ Date::from_iso(period.substr(0, 10)).value(), Date::from_iso(period.substr(12, 10)).value(), read_week_hours(period.substr(23)).value() });
    std::vector<Pause> pauses;
    for (auto const& pause : split(given["pauses"], ',')) {
        auto const ends = split(pause, '/');
        pauses.push_back({ moment(ends[0], zone), ends.size() > 1 ? std::optional { moment(ends[1], zone) } : std::nullopt });
    }
    auto const calendar = national.with(regional);
    OfficeHours const hours { std::move(periods) };
    auto const due = compute(rule_of(given), moment(given["start"], zone), pauses, { calendar, hours, zone });
    return !due ? due.error().message_key : due->due ? words(*due->due, zone) : "stands";
}

}

int main()
{
    constexpr auto file = "definitions/calendars/holidays.yaml";
    auto const national = definition::load_calendar(file, embedded_file(file));
    for (std::string line; std::getline(std::cin, line);)
        std::puts(answer(read_case(line), *national).c_str());
    return 0;
}
