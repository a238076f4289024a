#pragma once
#include "core/ratio.hpp"
#include "text/language.hpp"
#include "time/date.hpp"
#include "view/visitor.hpp"
#include <string>

namespace kpuhub::text { class Messages; }

namespace kpuhub::view {

using text::Language;

[[nodiscard]] std::string_view month_name(unsigned month, Language);        ///< "Juni", "June"; 1 to 12
[[nodiscard]] std::string_view short_month_name(unsigned month, Language);  ///< "Jun", "Agt", "Sept"
[[nodiscard]] std::string_view day_name(unsigned weekday, Language);        ///< "Kamis"; 1 = Monday

[[nodiscard]] std::string long_date(time::Date, Language);      ///< "Kamis, 30 Juni 2022", "Thursday, 30 June 2022"
[[nodiscard]] std::string short_date(time::Date, Language);     ///< "30 Juni 2022"
[[nodiscard]] std::string day_and_month(time::Date, Language);  ///< "30 Juni"
[[nodiscard]] std::string clock_time(Moment const&);            ///< "09.10 WIB" (both languages, as offices write it)
[[nodiscard]] std::string long_moment(Moment const&, Language); ///< "Selasa, 14 Juni 2022, 09.10 WIB"

/// How a due day lies to today, as a sentence to show: "lewat 15 hari", "hari ini", "besok", "15 hari lagi".
[[nodiscard]] Sentence days_from_today(time::Date due, time::Date today);

/// A sentence in words: the message with its arguments in the page's language.
[[nodiscard]] std::string words(Sentence const&, text::Messages const&, Language);

}
