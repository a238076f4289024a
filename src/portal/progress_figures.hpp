#pragma once
#include "indicator/tally_year.hpp"
#include "view/parts.hpp"
#include "view/visitor.hpp"
#include <string>
#include <vector>

namespace kpuhub::portal {

inline constexpr int areas = 8;                 ///< change areas of the reform (Perpres 81/2010, road map)

/// "area.3": the name of a change area in the catalogue.
std::string area_key(int area_no);

/// One bar for each area that has anything due, verified of due, with what is late. The address is open for "part=".
std::vector<view::Bar> area_bars(indicator::Sums const&, std::string const& list_address);

/// Cumulated plan and verified counts at the end of each month of the year, from the month sums.
struct YearLine {
    std::vector<std::int64_t> plan;
    std::vector<std::int64_t> verified;         ///< up to the current month only
};
/// The parts of the three months of a quarter (1 to 4), added up.
indicator::Sums sums_of_quarter(indicator::SumsByPeriod const&, int year, int quarter);

YearLine year_line(indicator::SumsByPeriod const&, int year, time::Date today);

}
