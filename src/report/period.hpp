#pragma once
#include "time/date.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::report {

/// A part of a year that reports speak of: "Q1" to "Q4", "S1", "S2", "Y".
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

/// The codes in the order of a choice list.
std::vector<std::string_view> const& period_codes();
/// Nothing for another code.
std::optional<Period> period(int year, std::string_view code);
/// The quarter that ended last, or goes on in the first one of a year: what an office reports on that day.
Period reported_on(time::Date today);

}
