#pragma once
#include "plan/bearing.hpp"
#include "plan/plan.hpp"
#include "plan/tree.hpp"
#include "plan/verifier.hpp"
#include "storage/database.hpp"

// Queries of the room that actions use. Private to the room.

/// Columns of the three values, read by read_plan, read_node and read_deliverable. The aliases are those of the joins:
/// p, sp = plan and its subject; n = node; d, sd = deliverable and its subject.
#define KPUHUB_PLAN_COLUMNS \
    " p.subject_id, p.unit_id, p.year, p.plan_kind, sp.state, sp.version, p.revision, p.title, p.number, p.decided_on," \
    " (SELECT zn.zone FROM unit_name zn WHERE zn.unit_id = p.unit_id ORDER BY zn.valid_from DESC LIMIT 1), p.published "
#define KPUHUB_NODE_COLUMNS \
    " n.subject_id, n.parent_id, n.level, n.area_no, n.place, n.number, n.body, n.remark, n.owner_subdivision_id," \
    " n.owner_post_id, n.authority, n.tentative, n.applies, n.applies_reason, n.common_item, n.indicator_kind," \
    " n.printed_months, n.months_certain, n.working_months, n.rhythm," \
    " n.due_day, n.due_months_after, n.due_shift, n.carried_from "
#define KPUHUB_DELIVERABLE_COLUMNS \
    " d.subject_id, d.node_id, d.starts_on, d.ends_on, d.due_on, sd.state, sd.version, d.passed, d.proofs, d.note," \
    " d.submitted_by, d.submitted_at, d.decided_by, d.decided_at, d.reason "

namespace kpuhub::plan {

inline constexpr std::size_t plan_columns = 12;
inline constexpr std::size_t node_columns = 24;
inline constexpr std::size_t deliverable_columns = 15;

/// From the column on. A word outside the closed lists throws storage::EngineError (the schema forbids it).
Plan read_plan(storage::Row const&, std::size_t first);
Node read_node(storage::Row const&, std::size_t first);
Deliverable read_deliverable(storage::Row const&, std::size_t first);

/// What the actor may do today with a plan.
struct PlanForChange {
    Plan plan {};
    bool may_read = false;
    bool may_manage = false;
    bool may_publish = false;
};
std::optional<PlanForChange> plan_for_change(storage::Reader&, PersonId actor, time::Date today, PlanId);

/// What the actor may do today in a unit; nothing when there is no such unit.
struct UnitForPlan {
    time::Zone zone = time::Zone::Wib;
    bool may_read = false;
    bool may_manage = false;
    bool may_publish = false;
};
std::optional<UnitForPlan> unit_for_plan(storage::Reader&, PersonId actor, time::Date today, UnitId);

/// A deliverable with its row and plan, and what the actor may do with it today.
struct DeliverableForWork {
    Plan plan {};
    Node node {};
    Deliverable deliverable {};
    PostId owner_post {};               ///< of the row, or the head of the sub-division that owns it
    bool may_read = false;
    bool owns_it = false;               ///< holds the owner post or a post in the owner sub-division, with plan.work
    bool may_work_any = false;
    bool may_manage = false;
};
std::optional<DeliverableForWork> deliverable_for_work(storage::Reader&, PersonId actor, time::Date today, DeliverableId);

Candidate read_candidate(storage::Row const&, std::size_t first = 0);

/// All who may come into question as verifiers in an office. One statement.
std::vector<Candidate> verifier_candidates(storage::Reader&, UnitId, time::Date today);

/// Who submitted the deliverable or brought a proof for it. One statement.
std::set<PersonId> involved_in(storage::Reader&, DeliverableId);

/// Rows of a plan that have not been taken out, in order of place.
std::vector<Node> nodes_of(storage::Reader&, PlanId);
std::vector<Cover> covers_of(storage::Reader&, PlanId);
/// The same two with where each row came from, in order of place. One statement.
struct PlanRows {
    std::vector<Node> nodes;
    std::vector<std::string> sources;       ///< of the node at the same place of the list
    std::vector<Cover> covers;
};
PlanRows rows_of(storage::Reader&, PlanId);

struct StoredDeliverable {
    Deliverable deliverable {};
    bool touched = false;
};
std::vector<StoredDeliverable> deliverables_of_plan(storage::Reader&, PlanId);

/// Locks all deliverables of a plan without raising their versions.
void hold_deliverables(storage::Transaction&, PlanId);
/// Locks one; its version is raised only when something is saved, so that a line left out of a sheet stays as it was.
void hold_deliverable(storage::Transaction&, DeliverableId);

/// Nothing when the office has a plan of that kind and year already.
std::optional<PlanId> insert_plan(storage::Transaction&, SubjectId, UnitId, int year, PlanKind, Tree const&, PlanId adopted_from);
void insert_deliverable(storage::Transaction&, SubjectId, PlanId, PlanNodeId, Span const&, time::Zone, time::Instant now);
void move_deliverable(storage::Transaction&, DeliverableId, PlanNodeId, Span const&, time::Zone, time::Instant now);
void delete_deliverable(storage::Transaction&, DeliverableId);

/// Writes what the steps change: note, who and when, reason, proofs; the state; and raises the version.
void save_progress(storage::Transaction&, Deliverable const&);

}
