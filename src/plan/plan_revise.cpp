#include "plan/plan_revise.hpp"
#include "definition/register_use.hpp"
#include "journal/journal.hpp"
#include "plan/contribution.hpp"
#include "plan/owed.hpp"
#include "plan/plan_compare.hpp"
#include "plan/plan_create.hpp"
#include "plan/plan_lock.hpp"
#include "plan/progress.hpp"
#include "plan/row_target.hpp"
#include "plan/tree_store.hpp"
#include "subject/subject.hpp"
#include <map>
#include <set>

namespace kpuhub::plan {

using storage::Query;

constexpr Query raise_revision { "plan.raise_revision", "UPDATE plan SET revision = revision + 1 WHERE subject_id = $1" };
constexpr Query snapshot_tree { "plan.snapshot_tree", "SELECT tree FROM plan_snapshot WHERE plan_id = $1 AND revision = $2" };

static Result<void> check_ids(std::vector<Node> const& stored, Tree const& tree)
{
    std::set<PlanNodeId> known;
    for (auto const& node : stored)
        known.insert(node.id);
    for (auto const& flat : flatten(tree))
        if (flat.node->row.id && known.erase(flat.node->row.id) == 0)
            return invalid("plan.rows.unknown");
    return {};
}

static std::vector<journal::Field> told(Tree const& before, Tree const& after, std::string const& reason, std::int64_t revision)
{
    std::map<Difference, int> count;
    for (auto const& difference : compare(before, after))
        ++count[difference.kind];
    std::vector<journal::Field> fields { { "revision", std::to_string(revision) },
        { "added", std::to_string(count[Difference::Added]) }, { "changed", std::to_string(count[Difference::Changed]) },
        { "removed", std::to_string(count[Difference::Removed]) } };
    if (!reason.empty())
        fields.push_back({ "reason", reason, true });
    return fields;
}

Result<std::int64_t> revise(storage::Transaction& transaction, journal::Act const& act, PlanId id, std::int64_t shown_version,
    std::string const& reason, Tree const& tree)
{
    auto plan = TRY(lock_to_change(transaction, act, id, shown_version));
    bool const fixed = plan.state == PlanState::Fixed;
    if (fixed)
        TRY_VOID(check_reason(Step::Reopen, reason));
    TRY_VOID(check(tree));
    TRY_VOID(check_ids(nodes_of(transaction, id), tree));

    auto before = contributions_of_plan(transaction, plan);
    auto old_tree = tree_of(transaction, id);
    save_tree(transaction, plan, tree, act.at);
    bind_rows(transaction, plan, act.at);
    if (fixed && plan.kind == PlanKind::Office)
        definition::switch_on(transaction, act, plan.unit, registers_of_plan(transaction, id), "plan");
    follow_schedule(transaction, plan, act.at);
    quiet_removed(transaction, id);
    if (fixed) {
        transaction.execute(raise_revision, id);
        ++plan.revision;
        take_snapshot(transaction, act, plan, reason);
    }
    journal::write(transaction, act, { fixed ? "plan.revised" : "plan.edited", subject_of(id), plan.unit,
        told(old_tree, tree, reason, plan.revision) });
    indicator::apply_difference(transaction, plan_progress, plan.unit, before, contributions_of_plan(transaction, plan));
    return plan.revision;
}

Result<std::vector<TreeNode>> areas_at(storage::Reader& reader, PlanHead const& head, std::optional<std::int64_t> revision)
{
    if (!revision)
        return areas_of(reader, head.plan.id);
    auto row = reader.first(snapshot_tree, head.plan.id, *revision);
    if (!row)
        return not_found();
    return TRY(tree_from_json(row->text(0))).areas;
}

static std::vector<TreeNode>* siblings_of(std::vector<TreeNode>& nodes, PlanNodeId id, std::size_t& position)
{
    for (position = 0; position < nodes.size(); ++position)
        if (nodes[position].row.id == id)
            return &nodes;
    for (auto& node : nodes)
        if (auto* found = siblings_of(node.children, id, position))
            return found;
    return nullptr;
}

TreeNode* row_in(Tree& tree, PlanNodeId id)
{
    std::size_t position = 0;
    auto* siblings = id ? siblings_of(tree.areas, id, position) : nullptr;
    return siblings ? &(*siblings)[position] : nullptr;
}

/// Positions in covers count sub-activities, so they follow when one goes or comes.
static void shift_covers(std::vector<TreeNode>& nodes, int position, int by)
{
    for (auto& node : nodes) {
        std::erase_if(node.covers, [&](int cover) { return by < 0 && cover == position; });
        for (int& cover : node.covers)
            if (cover >= position)
                cover += by;
        shift_covers(node.children, position, by);
    }
}

static int subactivities_before(std::vector<TreeNode> const& siblings, std::size_t position)
{
    int count = 0;
    for (std::size_t i = 0; i < position; ++i)
        count += siblings[i].row.level == Level::Subactivity ? 1 : 0;
    return count;
}

bool take_out(Tree& tree, PlanNodeId id)
{
    std::size_t position = 0;
    auto* siblings = id ? siblings_of(tree.areas, id, position) : nullptr;
    if (!siblings)
        return false;
    bool const covered = (*siblings)[position].row.level == Level::Subactivity;
    int const place = subactivities_before(*siblings, position);
    siblings->erase(siblings->begin() + static_cast<std::ptrdiff_t>(position));
    if (covered)
        shift_covers(*siblings, place, -1);
    return true;
}

bool put_in(Tree& tree, PlanNodeId parent, std::size_t position, TreeNode node)
{
    auto* above = row_in(tree, parent);
    if (parent && !above)
        return false;
    auto& siblings = above ? above->children : tree.areas;
    position = std::min(position, siblings.size());
    if (node.row.level == Level::Subactivity)
        shift_covers(siblings, subactivities_before(siblings, position), 1);
    siblings.insert(siblings.begin() + static_cast<std::ptrdiff_t>(position), std::move(node));
    return true;
}

}
