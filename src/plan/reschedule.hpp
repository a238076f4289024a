#pragma once
#include "plan/bearing.hpp"
#include "plan/months.hpp"
#include <span>
#include <vector>

namespace kpuhub::plan {

/// A deliverable that exists, and whether anybody has worked on it, written to it or proved it.
struct Existing {
    DeliverableId id {};
    PlanNodeId node {};
    Span span {};
    bool touched = false;
};

struct Wanted {
    PlanNodeId node {};
    Span span {};
    friend bool operator==(Wanted const&, Wanted const&) = default;
};

struct Move {
    DeliverableId id {};
    Wanted to {};
};

/// What to do so that the deliverables follow the schedule and no work is lost.
struct Rescheduling {
    std::vector<DeliverableId> removed;     ///< untouched and no longer asked
    std::vector<Move> moved;                ///< to another span, with the work in it
    std::vector<Wanted> added;
};

std::vector<Wanted> wanted_of(int year, std::span<Bearer const>, time::WorkingCalendar const&);

/// Same row and span stays. Touched ones whose span is no longer asked move, in order of time, to the first free span
/// of their row that overlaps them; what still has no place stays as it is, and somebody decides about it.
Rescheduling reschedule(std::span<Existing const>, std::vector<Wanted> wanted);

}
