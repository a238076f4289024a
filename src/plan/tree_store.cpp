#include "plan/tree_store.hpp"
#include "subject/subject.hpp"

namespace kpuhub::plan {

using storage::Query;

constexpr Query add_node { "plan.insert_node", R"sql(
    INSERT INTO plan_node (subject_id, plan_id, parent_id, level, area_no, place, number, body, remark, source,
                           owner_subdivision_id, owner_post_id, authority, tentative, applies, applies_reason, common_item,
                           indicator_kind, printed_months, months_certain, working_months, rhythm, search, due_day,
                           due_months_after, due_shift, carried_from)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
            $26, $27) )sql" };
constexpr Query write_node { "plan.update_node", R"sql(
    UPDATE plan_node SET parent_id = $3, level = $4, area_no = $5, place = $6, number = $7, body = $8, remark = $9, source = $10,
           owner_subdivision_id = $11, owner_post_id = $12, authority = $13, tentative = $14, applies = $15,
           applies_reason = $16, common_item = $17, indicator_kind = $18, printed_months = $19, months_certain = $20,
           working_months = $21, rhythm = $22, search = $23, due_day = $24, due_months_after = $25, due_shift = $26,
           carried_from = $27, removed_at = NULL
     WHERE subject_id = $1 AND plan_id = $2 )sql" };
constexpr Query remove_all { "plan.remove_nodes", "UPDATE plan_node SET removed_at = $2 WHERE plan_id = $1 AND removed_at IS NULL" };
constexpr Query drop_covers { "plan.drop_covers", R"sql(
    DELETE FROM plan_cover WHERE indicator_id IN (SELECT subject_id FROM plan_node WHERE plan_id = $1) )sql" };
constexpr Query add_cover { "plan.insert_cover", R"sql(
    INSERT INTO plan_cover (indicator_id, subactivity_id) VALUES ($1, $2) ON CONFLICT DO NOTHING )sql" };
constexpr Query quiet { "plan.quiet_removed", R"sql(
    UPDATE deliverable SET next_change_at = NULL WHERE plan_id = $1 AND next_change_at IS NOT NULL
       AND node_id IN (SELECT subject_id FROM plan_node WHERE plan_id = $1 AND removed_at IS NOT NULL) )sql" };

template<typename Enum>
static storage::Value optional_word(std::optional<Enum> value)
{
    return value ? storage::to_value(to_text(*value)) : storage::Value {};
}

static storage::Value optional_bits(std::optional<Months> months)
{
    return months ? storage::to_value(static_cast<std::int64_t>(months->bits)) : storage::Value {};
}

static std::vector<storage::Value> values_of(PlanNodeId id, PlanId plan, PlanNodeId parent, FlatNode const& flat)
{
    auto const& row = flat.node->row;
    return { storage::to_value(id), storage::to_value(plan), storage::to_value(parent), storage::to_value(to_text(row.level)),
        storage::to_value(flat.area_no), storage::to_value(flat.place), storage::to_value(row.number), storage::to_value(row.body),
        storage::to_value(row.remark), storage::to_value(flat.node->source), storage::to_value(row.owner_subdivision),
        storage::to_value(row.owner_post), storage::to_value(to_text(row.authority)), storage::to_value(row.tentative),
        storage::to_value(row.applies), storage::to_value(row.applies_reason),
        row.common_item.empty() ? storage::Value {} : storage::to_value(row.common_item), optional_word(row.indicator_kind),
        storage::to_value(static_cast<std::int64_t>(row.printed.bits)), storage::to_value(row.months_certain),
        optional_bits(row.working), optional_word(row.rhythm), storage::to_value(search_text(row)),
        row.due.fixed() ? storage::to_value(row.due.day) : storage::Value {}, storage::to_value(row.due.months_after),
        storage::to_value(to_text(row.due.shift)), storage::to_value(row.carried_from) };
}

/// Covers count the sub-activities of one activity, so each activity is settled when it ends.
class Covers {
public:
    explicit Covers(storage::Transaction& transaction) : m_transaction(transaction) {}

    void add(PlanNodeId id, TreeNode const& node)
    {
        if (node.row.level == Level::Area || node.row.level == Level::Activity)
            settle();
        if (node.row.level == Level::Subactivity)
            m_subactivities.push_back(id);
        if (!node.covers.empty())
            m_waiting.emplace_back(id, &node);
    }

    void settle()
    {
        for (auto const& [indicator, node] : m_waiting)
            for (int position : node->covers)
                m_transaction.execute(add_cover, indicator, m_subactivities.at(static_cast<std::size_t>(position)));
        m_waiting.clear();
        m_subactivities.clear();
    }

private:
    storage::Transaction& m_transaction;
    std::vector<PlanNodeId> m_subactivities;
    std::vector<std::pair<PlanNodeId, TreeNode const*>> m_waiting;
};

void save_tree(storage::Transaction& transaction, Plan const& plan, Tree const& tree, time::Instant at)
{
    transaction.execute(drop_covers, plan.id);
    transaction.execute(remove_all, plan.id, at);
    auto flat = flatten(tree);
    std::vector<PlanNodeId> ids;
    Covers covers(transaction);
    for (auto const& each : flat) {
        auto id = each.node->row.id;
        bool const known = static_cast<bool>(id);
        if (!known)
            id = { subject::create(transaction, "plan_node", plan.unit, std::to_string(plan.year), "current", at).value };
        transaction.execute_values(known ? write_node : add_node,
            values_of(id, plan.id, each.parent == 0 ? PlanNodeId {} : ids[each.parent - 1], each));
        ids.push_back(id);
        covers.add(id, *each.node);
    }
    covers.settle();
}

void quiet_removed(storage::Transaction& transaction, PlanId plan) { transaction.execute(quiet, plan); }

}
