#pragma once
#include "definition/offer.hpp"
#include "journal/act.hpp"
#include "plan/plan.hpp"
#include "storage/database.hpp"
#include <vector>

namespace kpuhub::plan {

// What the rows of a plan are about: success indicators, and sub-activities that have none. Proposed from the words, changed by hand.

enum class BoundBy { Import, Hand, Model };
std::string_view to_text(BoundBy);
BoundBy bound_by(std::string_view);

/// One target of a row. Nobody chose a target of kind "none": somebody said that nothing fits.
struct RowTarget {
    PlanNodeId node {};
    std::string kind;                       ///< "system", "register", "indicator" or "none"
    std::string id;
    BoundBy how = BoundBy::Import;
    std::string phrase;                     ///< of a proposal
    friend bool operator==(RowTarget const&, RowTarget const&) = default;
};

/// Binds the rows of a plan as their words propose; what was chosen by hand or came with a model stays. Writes only what changes.
/// The caller holds the plan.
void bind_rows(storage::Transaction&, Plan const&, time::Instant at);

/// Rebinds plans that were bound by older definitions, or never, at most `limit` of them; closed plans stay as they are. Returns how
/// many: called by the scheduler until it gives less.
int bind_waiting(storage::Transaction&, time::Instant at, int limit);

/// What was chosen by hand in a plan, by row: a copy takes it along.
std::vector<RowTarget> chosen_targets(storage::Reader&, PlanId);
/// Writes them for the rows of a copy.
void take_over_targets(storage::Transaction&, Plan const&, std::vector<RowTarget> const&, BoundBy, time::Instant at);

/// All targets of the rows of a plan. One statement.
std::vector<RowTarget> targets_of(storage::Reader&, PlanId);

/// Registers that serve the rows of a plan, each once.
std::vector<std::string> registers_of_plan(storage::Reader&, PlanId);

/// What a person chose for a row: no targets = nothing fits. Journaled on the plan.
/// Errors: as lock_to_manage; NotFound for a row that is not of the plan; Invalid "plan.target.unknown" for a target that does not exist
/// and did not stand there before; Conflict "plan.closed".
struct TargetChoice {
    PlanNodeId node {};
    std::vector<std::pair<std::string, std::string>> targets;      ///< kind and id
};
Result<void> choose_targets(storage::Transaction&, journal::Act const&, PlanId, std::int64_t shown_version, TargetChoice const&);
/// Back to what the words propose.
Result<void> reset_targets(storage::Transaction&, journal::Act const&, PlanId, std::int64_t shown_version, PlanNodeId);

}
