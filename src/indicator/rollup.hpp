#pragma once
#include "core/ratio.hpp"
#include "indicator/tally.hpp"

namespace kpuhub::indicator {

/// Parts of a figure with their sums: "a1.late" -> 3 in change area 1, "t.late" -> 7 in all areas.
struct Sums {
    std::map<std::string, std::int64_t, std::less<>> parts;

    [[nodiscard]] std::int64_t of(std::string_view part) const;
    /// Over all areas: total("late") is the part "t.late".
    [[nodiscard]] std::int64_t total(std::string_view part) const;
    [[nodiscard]] Ratio ratio(std::string_view numerator, std::string_view denominator) const { return { total(numerator), total(denominator) }; }
    [[nodiscard]] Ratio ratio_of_area(int area_no, std::string_view numerator, std::string_view denominator) const;
};

/// Sums of a period ("2026" or "2026-06").
using SumsByPeriod = std::map<std::string, Sums, std::less<>>;

/// The year and its months of one unit alone with all parts, and so many years before it. One statement.
SumsByPeriod year_of_unit(storage::Reader&, std::string_view indicator, UnitId, int year, int years_before = 0);

}
