#include "plan/months.hpp"
#include "time/working_calendar.hpp"
#include <algorithm>
#include <bit>

namespace kpuhub::plan {

Months Months::of(std::vector<int> const& numbers)
{
    Months months;
    for (int number : numbers)
        if (number >= 1 && number <= 12)
            months.bits = static_cast<std::uint16_t>(months.bits | 1U << (number - 1));
    return months;
}

int Months::count() const { return std::popcount(bits); }

std::vector<int> Months::numbers() const
{
    std::vector<int> numbers;
    for (int month = 1; month <= 12; ++month)
        if (has(month))
            numbers.push_back(month);
    return numbers;
}

std::vector<Run> runs(Months months)
{
    std::vector<Run> found;
    for (int month = 1; month <= 12; ++month) {
        if (!months.has(month))
            continue;
        if (months.has(month - 1))
            found.back().last = month;
        else
            found.push_back({ month, month });
    }
    return found;
}

Rhythm natural_rhythm(Months months)
{
    return months == Months::all() ? Rhythm::Continuous : Rhythm::OnceInRun;
}

static Span span_of(int year, Run run)
{
    auto ends_on = time::end_of_month(year, static_cast<unsigned>(run.last));
    return { time::Date::of(year, static_cast<unsigned>(run.first), 1), ends_on, ends_on };
}

static std::vector<Run> by_quarter(Months months)
{
    std::vector<Run> found;
    for (int month = 1; month <= 12; ++month) {
        if (!months.has(month))
            continue;
        if (!found.empty() && (found.back().last - 1) / 3 == (month - 1) / 3)
            found.back().last = month;
        else
            found.push_back({ month, month });
    }
    return found;
}

static std::vector<Run> single_months(int first, int last, Months months)
{
    std::vector<Run> found;
    for (int month = first; month <= last; ++month)
        if (months.has(month))
            found.push_back({ month, month });
    return found;
}

std::vector<Span> deliverables_of(int year, Months months, Rhythm rhythm)
{
    if (months.none())
        return {};
    auto asked = [&] {
        switch (rhythm) {
        case Rhythm::EachMark: return single_months(1, 12, months);
        case Rhythm::OnceInRun: return runs(months);
        case Rhythm::Continuous: return by_quarter(months);
        case Rhythm::Monthly: break;
        }
        auto marked = runs(months);
        return single_months(marked.front().first, marked.back().last, Months::all());
    }();
    std::vector<Span> spans;
    for (auto run : asked)
        spans.push_back(span_of(year, run));
    return spans;
}

static time::Date before(time::Date day, time::WorkingCalendar const& calendar)
{
    auto earlier = day;
    while (!calendar.is_working_day(earlier)) {
        if (earlier.day() == 1)
            return calendar.working_day_on_or_after(day);
        earlier = earlier.plus(std::chrono::days { -1 });
    }
    return earlier;
}

time::Date due_day_of(int year, int last_month, DueDay const& due, time::WorkingCalendar const& calendar)
{
    constexpr int december = 12;
    if (!due.fixed())
        return time::end_of_month(year, static_cast<unsigned>(last_month));
    int const month = last_month + due.months_after;
    int const due_year = month > december ? year + 1 : year;
    auto const due_month = static_cast<unsigned>(month > december ? month - december : month);
    auto day = std::min(time::Date::of(due_year, due_month, 1).plus(std::chrono::days { due.day - 1 }), time::end_of_month(due_year, due_month));
    switch (due.shift) {
    case DueShift::Keep: return day;
    case DueShift::Before: return before(day, calendar);
    case DueShift::After: break;
    }
    return calendar.working_day_on_or_after(day);
}

std::vector<Span> deliverables_of(int year, Months months, Rhythm rhythm, DueDay const& due, time::WorkingCalendar const& calendar)
{
    auto spans = deliverables_of(year, months, rhythm);
    if (due.fixed())
        for (auto& span : spans)
            span.due_on = due_day_of(year, static_cast<int>(span.ends_on.month()), due, calendar);
    return spans;
}

}
