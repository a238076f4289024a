#pragma once
#include "definition/indicator.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::indicator {

using definition::PeriodKind;

/// "2026-06", "2026-Q2", "2026-S1" or "2026": the period that the day lies in.
[[nodiscard]] std::string period_of(time::Date, PeriodKind);
/// Nothing for a text that names no period.
[[nodiscard]] std::optional<PeriodKind> kind_of_period(std::string_view);
/// The first and last day of a period. Throws std::invalid_argument for a text that names none.
[[nodiscard]] time::Date first_day(std::string_view period);
[[nodiscard]] time::Date last_day(std::string_view period);
/// The period so many before it; a negative number goes forward.
[[nodiscard]] std::string period_before(std::string_view period, int steps);
/// That many periods up to this one, the oldest first.
[[nodiscard]] std::vector<std::string> periods_until(std::string_view period, int count);
/// How many periods a trend shows: 12 months, 12 quarters, 10 half years, 5 years.
[[nodiscard]] int trend_length(PeriodKind);

}
