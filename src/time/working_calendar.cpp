#include "time/working_calendar.hpp"
#include <algorithm>

namespace kpuhub::time {

namespace {
constexpr int longest = 2600;
constexpr std::chrono::days one_day { 1 };
constexpr unsigned friday = 5;
}

WorkingCalendar::WorkingCalendar(std::vector<Holiday> holidays, std::set<int> known_years)
    : m_holidays(std::move(holidays))
    , m_known_years(std::move(known_years))
{
    std::ranges::stable_sort(m_holidays, {}, &Holiday::date);
    auto same_day = [](Holiday const& one, Holiday const& other) { return one.date == other.date; };
    m_holidays.erase(std::unique(m_holidays.begin(), m_holidays.end(), same_day), m_holidays.end());
}

WorkingCalendar WorkingCalendar::with(std::vector<Holiday> const& regional) const
{
    auto all = m_holidays;
    all.insert(all.end(), regional.begin(), regional.end());
    return { std::move(all), m_known_years };
}

Holiday const* WorkingCalendar::holiday_on(Date date) const
{
    auto found = std::ranges::lower_bound(m_holidays, date, {}, &Holiday::date);
    return found != m_holidays.end() && found->date == date ? &*found : nullptr;
}

DayKind WorkingCalendar::kind(Date date) const
{
    if (auto const* holiday = holiday_on(date))
        return holiday->kind == HolidayKind::Holiday ? DayKind::Holiday : DayKind::CollectiveLeave;
    return date.weekday() > friday ? DayKind::Weekend : DayKind::Working;
}

Day WorkingCalendar::day(Date date) const
{
    auto const* holiday = holiday_on(date);
    return { date, kind(date), holiday ? holiday->name : std::string {}, 0, holiday ? holiday->source : std::string {} };
}

Result<WorkingDeadline> WorkingCalendar::add_working_days(Date start, int working_days) const
{
    if (working_days < 0 || working_days > longest)
        return invalid("calendar.days_out_of_range");
    WorkingDeadline deadline { start, start };
    for (int counted = 0; counted < working_days;) {
        deadline.due = deadline.due.plus(one_day);
        auto next = day(deadline.due);
        if (next.working())
            next.number = ++counted;
        deadline.days.push_back(std::move(next));
    }
    for (int year = start.year(); year <= deadline.due.year(); ++year)
        deadline.certain = deadline.certain && knows(year);
    return deadline;
}

Date WorkingCalendar::next_working_day(Date date) const { return working_day_on_or_after(date.plus(one_day)); }

Date WorkingCalendar::working_day_on_or_after(Date date) const
{
    while (!is_working_day(date))
        date = date.plus(one_day);
    return date;
}

std::int64_t WorkingCalendar::working_days_between(Date from, Date to) const
{
    if (to < from)
        return -working_days_between(to, from);
    auto constexpr week = 7, working_days_of_week = 5;
    auto whole_weeks = days_between(from, to) / week;
    auto count = whole_weeks * working_days_of_week;
    for (auto date = from.plus(std::chrono::days { whole_weeks * week }); date < to;) {
        date = date.plus(one_day);
        count += date.weekday() <= friday ? 1 : 0;
    }
    auto after = std::ranges::upper_bound(m_holidays, from, {}, &Holiday::date);
    auto last = std::ranges::upper_bound(m_holidays, to, {}, &Holiday::date);
    return count - std::count_if(after, last, [](Holiday const& holiday) { return holiday.date.weekday() <= friday; });
}

}
