#pragma once
#include "core/ratio.hpp"
#include "indicator/tally.hpp"
#include "time/date.hpp"
#include <array>

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

/// The year and its months of one unit alone, and so many years before it. One statement.
SumsByPeriod year_of_unit(storage::Reader&, std::string_view indicator, UnitId, int year, int years_before = 0);

/// Which parts year_below gives of the single months; of the year it gives all.
using MonthParts = std::array<std::string_view, 3>;
inline constexpr MonthParts usual_month_parts { "t.all", "t.due", "t.verified" };

/// The year and its months of a node of the tree with all below it (the tree as it stands on the day). Two statements.
SumsByPeriod year_below(storage::Reader&, std::string_view indicator, UnitId node, int year, time::Date tree_on,
    MonthParts const& month_parts = usual_month_parts);

/// One line of a table of the units under a node; the node itself comes first, with its own figures only.
struct ChildSums {
    UnitId unit {};
    std::string code;
    std::string name;
    std::string level;
    std::int64_t units = 0;                 ///< how many units it stands for, itself included
    Sums sums;
};

/// For each child of a node the sums of its whole branch, in order of code; a child without any figure is there, empty.
/// For the root: the nation by province. One statement, whose cost grows with units and not with rows.
std::vector<ChildSums> by_child(storage::Reader&, std::string_view indicator, UnitId node, std::string_view period, time::Date tree_on);

}
