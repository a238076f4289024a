#pragma once
#include "command/provable_listener.hpp"
#include "record/figure_keeper.hpp"
#include "record/record_actions.hpp"
#include "record/record_count.hpp"

namespace kpuhub::command {

/// What follows each write of a record: proposals to the plan, figures, limits. The same in the running program and while the
/// demonstration is filled, so that its records are counted like any other. The figures stand last among the listeners.
struct RecordKeeping {
    RecordKeeping() = default;
    RecordKeeping(RecordKeeping const&) = delete;
    RecordKeeping& operator=(RecordKeeping const&) = delete;

    definition::Shelf shelf {};
    definition::IndicatorShelf indicators { shelf };
    flow::CalendarShelf calendars {};
    flow::Clocks clocks { calendars };
    record::RecordClocks record_clocks { clocks };
    ProvableListener provable {};
    record::FigureKeeper figures { indicators };
    record::CountKeeper counts {};
    record::Listeners listeners { &provable, &counts, &figures };

    [[nodiscard]] record::Desk desk() { return { shelf, listeners, &record_clocks }; }
};

}
