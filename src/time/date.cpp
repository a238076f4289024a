#include "time/date.hpp"
#include <charconv>
#include <fmt/format.h>

namespace kpuhub::time {

using namespace std::chrono;

static year_month_day civil(Date date) { return year_month_day { date.days }; }

Date Date::of(int y, unsigned m, unsigned d)
{
    return { sys_days { std::chrono::year { y } / std::chrono::month { m } / std::chrono::day { d } } };
}

std::optional<Date> Date::from_iso(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    int y = 0;
    unsigned m = 0, d = 0;
    auto number = [](std::string_view digits, auto& value) {
        auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc {} && end == digits.data() + digits.size();
    };
    if (text[0] == '-' || !number(text.substr(0, 4), y) || !number(text.substr(5, 2), m) || !number(text.substr(8, 2), d))
        return std::nullopt;
    year_month_day date { std::chrono::year { y }, std::chrono::month { m }, std::chrono::day { d } };
    if (!date.ok())
        return std::nullopt;
    return Date { sys_days { date } };
}

std::string Date::iso() const { return fmt::format("{:04}-{:02}-{:02}", year(), month(), day()); }
int Date::year() const { return static_cast<int>(civil(*this).year()); }
unsigned Date::month() const { return static_cast<unsigned>(civil(*this).month()); }
unsigned Date::day() const { return static_cast<unsigned>(civil(*this).day()); }
unsigned Date::weekday() const { return std::chrono::weekday { days }.iso_encoding(); }
Date Date::plus(std::chrono::days span) const { return { days + span }; }

Date end_of_month(int y, unsigned m)
{
    return { sys_days { year_month_day_last { std::chrono::year { y }, month_day_last { std::chrono::month { m } } } } };
}

std::int64_t days_between(Date from, Date to) { return (to.days - from.days).count(); }

Instant Instant::plus(std::chrono::milliseconds span) const { return { milliseconds + span.count() }; }

std::string Instant::iso() const
{
    auto point = sys_time<std::chrono::milliseconds> { std::chrono::milliseconds { milliseconds } };
    auto date = floor<std::chrono::days>(point);
    hh_mm_ss clock { point - date };
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", Date { date }.iso(), clock.hours().count(),
        clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::optional<Zone> zone_named(std::string_view text)
{
    for (auto zone : { Zone::Wib, Zone::Wita, Zone::Wit })
        if (text == name(zone))
            return zone;
    return std::nullopt;
}

std::string_view name(Zone zone)
{
    switch (zone) {
    case Zone::Wib: return "WIB";
    case Zone::Wita: return "WITA";
    case Zone::Wit: return "WIT";
    }
    return "WIB";
}

hours offset(Zone zone) { return hours { 7 + static_cast<int>(zone) }; }

Date date_at(Instant instant, Zone zone)
{
    auto point = sys_time<std::chrono::milliseconds> { std::chrono::milliseconds { instant.milliseconds } } + offset(zone);
    return { floor<std::chrono::days>(point) };
}

Instant start_of_day(Date date, Zone zone)
{
    return { duration_cast<std::chrono::milliseconds>(date.days.time_since_epoch() - offset(zone)).count() };
}

Instant MachineClock::now() const
{
    auto point = time_point_cast<std::chrono::milliseconds>(system_clock::now()) + m_moved_by;
    return { point.time_since_epoch().count() };
}

}
