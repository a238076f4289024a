#include "plan/plan_close.hpp"
#include "journal/journal.hpp"
#include "plan/plan_lock.hpp"
#include "plan/progress.hpp"
#include "subject/subject.hpp"
#include <algorithm>
#include <map>

namespace kpuhub::plan {

using storage::Query;

constexpr Query open_of_rows { "plan.open_of_rows", R"sql(
    SELECT n.subject_id, n.number, n.body, COALESCE(op.title, os.short_name, ''), n.authority, n.tentative,
           count(d.subject_id), sum(CASE WHEN sd.state = 'submitted' THEN 1 ELSE 0 END),
           (SELECT min(x.subject_id) FROM deliverable x JOIN subject sx ON sx.id = x.subject_id
             WHERE x.node_id = n.subject_id AND sx.state NOT IN ('verified', 'not_applicable')
               AND x.due_on = (SELECT min(y.due_on) FROM deliverable y JOIN subject sy ON sy.id = y.subject_id
                                WHERE y.node_id = n.subject_id AND sy.state NOT IN ('verified', 'not_applicable')))
      FROM plan_node n JOIN deliverable d ON d.node_id = n.subject_id
      JOIN subject sd ON sd.id = d.subject_id AND sd.state NOT IN ('verified', 'not_applicable')
      LEFT JOIN post op ON op.id = n.owner_post_id LEFT JOIN subdivision os ON os.id = n.owner_subdivision_id
     WHERE n.plan_id = $1 AND n.removed_at IS NULL AND n.applies = 1
     GROUP BY n.subject_id, n.number, n.body, op.title, os.short_name, n.authority, n.tentative )sql" };

Result<void> close(storage::Transaction& transaction, journal::Act const& act, PlanId id, std::int64_t shown_version)
{
    auto plan = TRY(lock_to_change(transaction, act, id, shown_version));
    if (plan.state != PlanState::Fixed)
        return conflict("plan.not_fixed");
    std::int64_t open = 0;
    for (auto const& row : unfinished_rows(transaction, id))
        open += row.open;
    subject::set_state(transaction, subject_of(id), to_text(PlanState::Closed));
    journal::write(transaction, act, { "plan.closed", subject_of(id), plan.unit, { { "unfinished", std::to_string(open) } } });
    return {};
}

Result<void> reopen_plan(storage::Transaction& transaction, journal::Act const& act, PlanId id, std::int64_t shown_version, std::string const& reason)
{
    auto plan = TRY(lock_to_manage(transaction, act, id, shown_version));
    if (plan.state != PlanState::Closed)
        return conflict("plan.not_closed");
    TRY_VOID(check_reason(Step::Reopen, reason));
    subject::set_state(transaction, subject_of(id), to_text(PlanState::Fixed));
    journal::write(transaction, act, { "plan.reopened", subject_of(id), plan.unit, { { "reason", reason, true } } });
    return {};
}

std::vector<UnfinishedRow> unfinished_rows(storage::Reader& reader, PlanId id)
{
    std::map<PlanNodeId, UnfinishedRow> open;
    for (auto const& row : reader.query(open_of_rows, id)) {
        auto node = row.id<PlanNodeTag>(0);
        open[node] = { node, row.text(1), row.text(2), row.text(3), row.id<DeliverableTag>(8), row.integer(6), row.integer(7),
            row.text(4) != to_text(Authority::Office) || row.yes(5) };
    }
    auto const stored = rows_of(reader, id);
    auto const& nodes = stored.nodes;
    auto const borne = bearers(nodes, stored.covers);
    std::vector<UnfinishedRow> rows;
    for (auto const& node : nodes) {
        if (auto found = open.find(node.id); found != open.end()) {
            rows.push_back(found->second);
            continue;
        }
        bool const unscheduled = node.applies && std::ranges::any_of(borne, [&](Bearer const& each) { return each.node == node.id && each.months.none(); });
        if (unscheduled)
            rows.push_back({ node.id, node.number, node.body, {}, {}, 0, 0, node.authority != Authority::Office || node.tentative });
    }
    return rows;
}

std::set<PlanNodeId> rows_to_carry(storage::Reader& reader, PlanId id)
{
    std::set<PlanNodeId> carried;
    for (auto const& row : unfinished_rows(reader, id))
        if (!row.apart)
            carried.insert(row.node);
    return carried;
}

}
