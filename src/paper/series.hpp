#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub {

using PaperId = Id<struct PaperTag>;
using NumberId = Id<struct NumberTag>;

}

namespace kpuhub::paper {

/// The number of a paper as an office prints it. Placeholders: {n}, {n:02} (at least two places), {unit}, {year}, {month} (3),
/// {roman} (III). Source of the forms: definitions/papers/series.yaml.
/// Errors: Invalid "paper.series.pattern" for another placeholder, an open brace, a missing {n} or {year}, more than 100 bytes.
Result<std::string> number_text(std::string_view pattern, std::int64_t sequence, std::string_view suffix, std::string_view unit_code, time::Date dated_on);

/// A series of an office: its own pattern, or the one of the definition.
struct Series {
    std::string code;
    std::string title_id, title_en;
    std::string pattern;
    bool own = false;                   ///< the office wrote the pattern itself
};
/// In the order of the definition. One statement.
std::vector<Series> series_of(storage::Reader&, UnitId);

/// Errors: NotFound for an unknown series or office; Forbidden without plan.manage; Invalid as number_text.
Result<void> set_pattern(storage::Transaction&, journal::Act const&, UnitId, std::string_view code, std::string pattern);

/// A number that is not the next one: taken from the agenda book, or inserted ("15.B"). Needs a reason.
struct WantedNumber {
    std::int64_t sequence = 0;
    std::string suffix {};
    std::string reason {};
};
struct TakenNumber {
    NumberId id {};
    std::string text;                   ///< as printed
};
/// Takes the next number of the year of `dated_on`, or the one wanted. No two get the same, however many ask at once.
/// The caller has checked the right. Errors: NotFound for an unknown series; Invalid "paper.number.reason" without a reason,
/// "paper.number.wrong"; Conflict "paper.number.taken" when the one wanted is taken.
Result<TakenNumber> take_number(storage::Transaction&, journal::Act const&, UnitId, std::string_view code, time::Date dated_on, SubjectId paper,
    std::optional<WantedNumber> const& = {});

/// The number stays, with the reason, and nobody gets it again. Errors: Invalid "paper.number.reason" without one.
Result<void> cancel_number(storage::Transaction&, journal::Act const&, NumberId, std::string reason);

/// A line of the number book of a year: taken, cancelled, or a gap (from `sequence` to `last`, taken by nobody here).
struct NumberLine {
    std::int64_t sequence = 0;
    std::int64_t last = 0;
    std::string number;                 ///< empty for a gap
    std::string title;                  ///< of the paper
    SubjectId paper {};
    std::optional<time::Date> dated_on {};
    std::string reason, cancel_reason;
    bool cancelled = false;
};
/// In order of the numbers. The reader needs plan.read in the office: empty otherwise.
std::vector<NumberLine> number_book(storage::Reader&, PersonId, time::Date today, UnitId, std::string_view code, int year);

}
