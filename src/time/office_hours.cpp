#include "time/office_hours.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::time {

namespace {

constexpr int minutes_of_hour = 60, minutes_of_day = 1440;

std::optional<int> read_minute(std::string_view text)
{
    constexpr int hundred = 100;
    if (text.size() != 4 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    int number = 0;
    for (auto c : text)
        number = number * 10 + (c - '0');
    auto const minute = number / hundred * minutes_of_hour + number % hundred;
    return number % hundred < minutes_of_hour && minute <= minutes_of_day ? std::optional { minute } : std::nullopt;
}

std::vector<std::string_view> parts(std::string_view text, char between)
{
    std::vector<std::string_view> found;
    for (;;) {
        auto const end = text.find(between);
        found.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return found;
        text.remove_prefix(end + 1);
    }
}

std::string write_minute(int minute) { return fmt::format("{:02}{:02}", minute / minutes_of_hour, minute % minutes_of_hour); }

}

std::optional<DayHours> read_day_hours(std::string_view text)
{
    constexpr std::size_t span_length = 9, second = 5;
    DayHours day;
    if (text.empty())
        return day;
    for (auto part : parts(text, '+')) {
        if (part.size() != span_length || part[second - 1] != '-')
            return std::nullopt;
        auto const from = read_minute(part.substr(0, second - 1)), to = read_minute(part.substr(second));
        if (!from || !to || *from >= *to || (!day.empty() && *from < day.back().to))
            return std::nullopt;
        day.push_back({ *from, *to });
    }
    return day;
}

std::optional<WeekHours> read_week_hours(std::string_view text)
{
    auto const days = parts(text, '|');
    WeekHours week;
    if (days.size() != week.size())
        return std::nullopt;
    for (std::size_t i = 0; i < week.size(); ++i) {
        auto day = read_day_hours(days[i]);
        if (!day)
            return std::nullopt;
        week[i] = std::move(*day);
    }
    return week;
}

std::string write_day_hours(DayHours const& day)
{
    std::string text;
    for (auto const& span : day)
        text += (text.empty() ? "" : "+") + write_minute(span.from) + "-" + write_minute(span.to);
    return text;
}

std::string write_week_hours(WeekHours const& week)
{
    std::string text = write_day_hours(week[0]);
    for (std::size_t i = 1; i < week.size(); ++i)
        text += "|" + write_day_hours(week[i]);
    return text;
}

HoursPeriod const* OfficeHours::period(Date date) const
{
    for (auto each = m_periods.rbegin(); each != m_periods.rend(); ++each)
        if (each->from <= date && date <= each->to)
            return &*each;
    return nullptr;
}

DayHours const& OfficeHours::on(Date date) const
{
    static DayHours const none;
    auto const* found = period(date);
    return found ? found->week[date.weekday() - 1] : none;
}

std::string const& OfficeHours::source(Date date) const
{
    static std::string const none;
    auto const* found = period(date);
    return found ? found->source : none;
}

}
