#pragma once
#include "decree/shape.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::decree {

/// What a bare number in a text about months means when no word says it: from the heading of its column.
enum class Period { None, Month, Quarter, Semester };

/// Months told in words: "Januari s.d. Maret", "TW I dan III", "setiap bulan", "Minggu ke-2 Maret", "B03".
struct WordedMonths {
    std::vector<int> months {};   ///< ascending
    bool certain = false;         ///< every word was understood
    bool exact = false;           ///< the words say no more than the months (no week, no day)
};
WordedMonths months_in_words(std::string_view text, Shape const&, Period bare = Period::None);

/// The period of which a heading speaks ("PELAKSANAAN (TRIWULAN)").
Period period_of(std::string_view heading, Shape const&);

/// The months of a period: quarter 2 is April to June. Empty when there is no such period.
std::vector<int> months_of_period(Period, int number);

/// Words in lower case, numbers and single signs, apart: "TW-II s/d B09" gives tw - ii s / d b 09.
std::vector<std::string> when_tokens(std::string_view);

}
