#pragma once
#include "text/language.hpp"
#include <cstdint>
#include <string>

namespace kpuhub::text {

/// "1.214" in Indonesian, "1,214" in English.
[[nodiscard]] std::string number(std::int64_t, Language);

/// A share in percent with two decimals, rounded half up with integers only: 8 of 9 is "88,89 %" ("88.89%" in
/// English). A dash when there is nothing to measure (denominator 0 or below).
[[nodiscard]] std::string percent(std::int64_t numerator, std::int64_t denominator, Language);

/// The same in hundredths of a percent: 8 of 9 is 8889. Half up, away from zero for a negative share. Precondition: denominator > 0.
[[nodiscard]] std::int64_t hundredths_of_percent(std::int64_t numerator, std::int64_t denominator);

/// "Rp 450.000", "-Rp 450.000"; English "Rp 450,000".
[[nodiscard]] std::string rupiah(std::int64_t, Language);

/// "640 kB", "3,9 MB" (decimal units, one decimal from MB on).
[[nodiscard]] std::string size(std::int64_t bytes, Language);

}
