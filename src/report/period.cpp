#include "report/period.hpp"
#include "paper/words.hpp"
#include <algorithm>

namespace kpuhub::report {

std::vector<std::string_view> const& period_codes()
{
    static std::vector<std::string_view> const codes { "Q1", "Q2", "Q3", "Q4", "S1", "S2", "Y" };
    return codes;
}

std::optional<Period> period(int year, std::string_view code)
{
    if (std::ranges::find(period_codes(), code) == period_codes().end())
        return {};
    return Period { year, std::string { code } };
}

static int part(Period const& period) { return period.code.size() == 2 ? period.code[1] - '0' : 1; }
static int months(Period const& period) { return period.code[0] == 'Q' ? 3 : period.code[0] == 'S' ? 6 : 12; }

time::Date Period::from() const { return time::Date::of(year, static_cast<unsigned>((part(*this) - 1) * months(*this) + 1), 1); }
time::Date Period::until() const { return time::end_of_month(year, static_cast<unsigned>(part(*this) * months(*this))); }

std::string Period::words() const
{
    auto const of_year = "Tahun " + std::to_string(year);
    if (code == "Y")
        return of_year;
    return (code[0] == 'Q' ? "Triwulan " : "Semester ") + paper::roman(part(*this)) + " " + of_year;
}

Period reported_on(time::Date today)
{
    auto const quarter = (static_cast<int>(today.month()) - 1) / 3;     // how many have ended
    return { today.year(), "Q" + std::to_string(std::max(quarter, 1)) };
}

}
