#pragma once
#include "time/date.hpp"
#include <compare>
#include <cstdint>
#include <vector>

namespace kpuhub::time {
class WorkingCalendar;
}

namespace kpuhub::plan {

/// A set of months of one year; bit 0 = January, as stored.
struct Months {
    std::uint16_t bits = 0;

    static constexpr Months all() { return { 0xfff }; }
    /// Of month numbers 1 to 12; others are left out.
    static Months of(std::vector<int> const& numbers);
    [[nodiscard]] constexpr bool has(int month) const { return month >= 1 && month <= 12 && (bits >> (month - 1) & 1) != 0; }
    [[nodiscard]] constexpr bool none() const { return bits == 0; }
    [[nodiscard]] int count() const;
    [[nodiscard]] std::vector<int> numbers() const;
    friend constexpr auto operator<=>(Months, Months) = default;
};

/// From the first to the last month of one unbroken row of marks.
struct Run {
    int first = 1;
    int last = 1;
    friend constexpr bool operator==(Run, Run) = default;
};
std::vector<Run> runs(Months);

/// What turns marks into deliverables (design: Schedule).
enum class Rhythm {
    EachMark,       ///< one for each marked month
    OnceInRun,      ///< one for each run of months, due at its end: it is late once, there
    Continuous,     ///< asked once in each quarter that it touches
    Monthly,        ///< one for each month from the first mark to the last
};

/// The rhythm that holds when nobody chose one: all twelve months are asked by quarter, runs once at their end.
Rhythm natural_rhythm(Months);

/// What becomes of a fixed due day on which offices are closed: it stays, or the working day before or after holds.
enum class DueShift { Keep, Before, After };

/// A fixed due day other than the month end ("tanggal 10"), part of the working schedule.
struct DueDay {
    int day = 0;                            ///< 1 to 31, in shorter months the last day; 0 = the last day of the last month
    int months_after = 0;                   ///< 0 = in the last month of the span, 1 = in the month that follows
    DueShift shift = DueShift::Keep;
    [[nodiscard]] bool fixed() const { return day != 0; }
    friend constexpr bool operator==(DueDay const&, DueDay const&) = default;
};

/// The day on which a deliverable is due whose last month this is. The shift to the working day before never leaves the
/// month of the due day; there, and in years whose holidays are not known yet, weekends alone count.
time::Date due_day_of(int year, int last_month, DueDay const&, time::WorkingCalendar const&);

/// The span and due day of one deliverable. Due is the last day of its last month, or a fixed day.
struct Span {
    time::Date starts_on {};
    time::Date ends_on {};
    time::Date due_on {};
    friend constexpr bool operator==(Span const&, Span const&) = default;
};

/// In order of time; none for an empty set ("bulan belum ditetapkan"). Due at month ends.
std::vector<Span> deliverables_of(int year, Months, Rhythm);
/// The same with a fixed due day.
std::vector<Span> deliverables_of(int year, Months, Rhythm, DueDay const&, time::WorkingCalendar const&);

}
