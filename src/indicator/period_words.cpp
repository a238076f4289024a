#include "indicator/period_words.hpp"
#include "indicator/period.hpp"

namespace kpuhub::indicator {

view::Sentence period_words(std::string const& period)
{
    auto const kind = kind_of_period(period);
    if (!kind)
        return view::plain(period);
    auto const day = first_day(period);
    auto const month = static_cast<int>(day.month());
    view::Year const year { day.year() };
    switch (*kind) {
    case PeriodKind::Month: return { "indicator.period", { view::Choice { period, "month.short." + std::to_string(month) }, year } };
    case PeriodKind::Quarter: return { "indicator.period", { view::Choice { period, "portal.quarter." + std::to_string(month / 3 + 1) }, year } };
    case PeriodKind::Semester: return { "indicator.period", { view::Choice { period, "indicator.semester." + std::to_string(month / 6 + 1) }, year } };
    default: return { "indicator.period.year", { year } };
    }
}

}
