#pragma once
#include "indicator/tally.hpp"
#include "plan/plan_deliver.hpp"
#include "plan/plan_store.hpp"
#include <map>

namespace kpuhub::plan {

// What all steps of a deliverable share. Private to the room.

/// Locks it, then finds it and what the actor may do. Errors: NotFound when he may not read it, then Conflict when the version
/// is not the one shown, or the plan is closed.
Result<DeliverableForWork> lock_deliverable(storage::Transaction&, journal::Act const&, Shown);

/// Gathers what several steps change in the figures, written together as the last statements of the action.
class Changes {
public:
    void add(Plan const&, Node const&, Deliverable const& before, Deliverable const& after);
    void write(storage::Transaction&) const;

private:
    std::map<UnitId, indicator::Amounts> m_by_unit;
};

}
