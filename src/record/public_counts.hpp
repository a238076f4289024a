#pragma once
#include "flow/clock_calendar.hpp"
#include "record/record.hpp"
#include "record/small_cells.hpp"

namespace kpuhub::record {

/// What a public number is about: the records of an office that came in a year, as they stood at the start of a day. Public numbers change
/// once a day.
struct CountedYear {
    definition::Register const& made;
    UnitId unit {};
    int year = 0;
    time::Zone zone = time::Zone::Wib;
    time::Date today {};
};

/// How many there are by state (under the empty name) and by each choice field that the register counts; empty values under "". One statement.
std::map<std::string, std::map<std::string, std::int64_t>> counts_by(storage::Reader&, CountedYear const&);

/// How many ever came into each of these states. One statement.
std::map<std::string, std::int64_t> came_through(storage::Reader&, CountedYear const&, std::vector<std::string> const& states);

/// How long answers took: working days from receipt (an arrival outside office hours counts from the next opening, day 0) to the day of
/// the answer. Perki 1/2021, yearly report: mean = sum / n, share in time = in time / n.
struct Durations {
    std::vector<std::int64_t> days;         ///< of each record that was answered, in ascending order
    std::int64_t in_time = 0;
    std::int64_t sum = 0;
    [[nodiscard]] std::int64_t twice_median() const;
};
/// Two statements. At most 20,000 records are looked at.
Durations durations_of(storage::Reader&, CountedYear const&, flow::UnitTimes const&);

}
