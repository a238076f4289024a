#pragma once
#include "time/date.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::report {

/// A part of a year that reports and packages are for: definitions/reports/package.yaml.
struct PeriodKind {
    std::string code;                   ///< "Q1" to "Q4", "S1", "S2", "Y"
    unsigned first_month = 1, last_month = 12;
    std::string title;                  ///< "Triwulan I", as printed
    [[nodiscard]] bool whole_year() const { return first_month == 1 && last_month == 12; }
};
/// In the order of a choice list.
std::vector<PeriodKind> const& period_kinds();
/// Nothing for another code.
PeriodKind const* period_kind(std::string_view code);

/// Such a part of one year.
struct Period {
    int year = 0;
    std::string code;

    /// First and last day.
    [[nodiscard]] time::Date from() const;
    [[nodiscard]] time::Date until() const;
    /// "Triwulan II Tahun 2026", as papers print it.
    [[nodiscard]] std::string words() const;
    [[nodiscard]] bool has(time::Date day) const { return day >= from() && day <= until(); }
};

/// Nothing for another code.
std::optional<Period> period(int year, std::string_view code);
/// The quarter that ended last, or goes on in the first one of a year: what an office reports on that day.
Period reported_on(time::Date today);

}
