#include "plan/plan_advance.hpp"
#include "plan/deliverable_step.hpp"
#include <set>

namespace kpuhub::plan {

using storage::Query;

constexpr Query hold_due { "plan.hold_due", R"sql(
    UPDATE subject SET version = version WHERE id IN (SELECT subject_id FROM deliverable
        WHERE next_change_at <= $1 ORDER BY next_change_at, subject_id LIMIT $2) RETURNING id )sql" };
constexpr Query due_rows { "plan.due_rows",
    "SELECT " KPUHUB_PLAN_COLUMNS "," KPUHUB_NODE_COLUMNS "," KPUHUB_DELIVERABLE_COLUMNS
    " FROM (SELECT w.subject_id FROM deliverable w WHERE w.next_change_at <= $1"
    "        ORDER BY w.next_change_at, w.subject_id LIMIT $2) due"
    " JOIN deliverable d ON d.subject_id = due.subject_id JOIN subject sd ON sd.id = d.subject_id"
    " JOIN plan_node n ON n.subject_id = d.node_id"
    " JOIN plan p ON p.subject_id = d.plan_id JOIN subject sp ON sp.id = p.subject_id" };
constexpr Query mark_passed { "plan.mark_passed",
    "UPDATE deliverable SET passed = 1, next_change_at = NULL WHERE subject_id = $1" };
constexpr Query count_waiting { "plan.count_waiting", "SELECT count(*) FROM deliverable WHERE next_change_at <= $1" };
constexpr Query next_to_come { "plan.next_to_come", "SELECT min(next_change_at) FROM deliverable WHERE next_change_at > $1" };

Result<int> advance(storage::Transaction& transaction, time::Instant now, int at_most)
{
    std::set<DeliverableId> held;
    for (auto const& row : transaction.query(hold_due, now, at_most))
        held.insert(row.id<DeliverableTag>(0));
    Changes changes;
    int passed = 0;
    for (auto const& row : transaction.query(due_rows, now, at_most)) {
        auto before = read_deliverable(row, plan_columns + node_columns);
        if (!held.contains(before.id))
            continue;
        auto after = before;
        after.passed = true;
        transaction.execute(mark_passed, before.id);
        changes.add(read_plan(row, 0), read_node(row, plan_columns), before, after);
        ++passed;
    }
    changes.write(transaction);
    return passed;
}

Waiting waiting_to_advance(storage::Reader& reader, time::Instant now)
{
    auto next = reader.first(next_to_come, now);
    return { reader.first(count_waiting, now)->integer(0), next ? next->optional_instant(0) : std::nullopt };
}

}
