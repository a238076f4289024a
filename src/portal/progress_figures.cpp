#include "portal/progress_figures.hpp"
#include <fmt/format.h>

namespace kpuhub::portal {

std::string area_key(int area_no) { return "area." + std::to_string(area_no); }

static std::string part(int area_no, std::string_view name) { return fmt::format("a{}.{}", area_no, name); }

std::vector<view::Bar> area_bars(indicator::Sums const& sums, std::string const& list_address)
{
    std::vector<view::Bar> bars;
    for (int area = 1; area <= areas; ++area) {
        view::Bar bar;
        bar.label = { area_key(area), {} };
        bar.share = sums.ratio_of_area(area, "verified", "due");
        bar.late = sums.of(part(area, "late"));
        if (!list_address.empty())
            bar.link = { list_address + "part=" + part(area, "due") };
        bars.push_back(std::move(bar));
    }
    return bars;
}

indicator::Sums sums_of_quarter(indicator::SumsByPeriod const& periods, int year, int quarter)
{
    constexpr int months = 3;
    indicator::Sums sums;
    for (int month = (quarter - 1) * months + 1; month <= quarter * months; ++month)
        if (auto found = periods.find(fmt::format("{:04}-{:02}", year, month)); found != periods.end())
            for (auto const& [part, amount] : found->second.parts)
                sums.parts[part] += amount;
    return sums;
}

YearLine year_line(indicator::SumsByPeriod const& periods, int year, time::Date today)
{
    YearLine line;
    std::int64_t plan = 0, verified = 0;
    for (int month = 1; month <= 12; ++month) {
        auto found = periods.find(fmt::format("{:04}-{:02}", year, month));
        if (found != periods.end()) {
            plan += found->second.total("all");
            verified += found->second.total("verified");
        }
        line.plan.push_back(plan);
        if (year < today.year() || (year == today.year() && month <= static_cast<int>(today.month())))
            line.verified.push_back(verified);
    }
    return line;
}

}
