#include "plan/plan_create.hpp"
#include "definition/plan_years.hpp"
#include "indicator/tally.hpp"
#include "journal/journal.hpp"
#include "plan/contribution.hpp"
#include "plan/owed.hpp"
#include "plan/plan_close.hpp"
#include "plan/plan_store.hpp"
#include "plan/row_target.hpp"
#include "plan/tree_store.hpp"
#include "subject/subject.hpp"
#include <algorithm>
#include <functional>
#include <map>

namespace kpuhub::plan {

using storage::Query;

constexpr Query model_for { "plan.model_for", R"sql(
    SELECT p.subject_id FROM plan p
      JOIN unit_scope s ON s.ancestor_id = p.unit_id AND s.unit_id = $2
       AND s.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $3)
     WHERE p.subject_id = $1 AND p.plan_kind = 'model' AND p.published = 1 )sql" };
constexpr Query set_published { "plan.set_published", "UPDATE plan SET published = $2 WHERE subject_id = $1" };
constexpr Query head_of { "plan.head_of", R"sql(
    SELECT title, number, decided_on, place, signatory_name, signatory_role, decree FROM plan WHERE subject_id = $1 )sql" };

/// What somebody chose that the rows are about goes with a copy of them.
static void copy_targets(storage::Transaction& transaction, Plan const& plan, Tree const& tree, PlanId source, BoundBy how, time::Instant at)
{
    std::map<PlanNodeId, PlanNodeId> copies;
    auto const rows = flatten(tree);
    auto const nodes = nodes_of(transaction, plan.id);
    for (std::size_t i = 0; i < rows.size(); ++i)
        copies[rows[i].node->copied_from] = nodes[i].id;
    auto targets = chosen_targets(transaction, source);
    std::erase_if(targets, [&](RowTarget const& each) { return !copies.contains(each.node); });
    for (auto& each : targets)
        each.node = copies.at(each.node);
    take_over_targets(transaction, plan, targets, how, at);
}

static Result<PlanId> make(storage::Transaction& transaction, journal::Act const& act, UnitId unit, UnitForPlan const& rights,
    int year, PlanKind kind, Tree const& tree, PlanId adopted_from, PlanId copied_from = {})
{
    if (!definition::plan_years().hold(year))
        return invalid("plan.year.wrong", { { "year", "plan.year.wrong" } });
    TRY_VOID(check(tree));
    auto subject = subject::create(transaction, "plan", unit, std::to_string(year), to_text(PlanState::Draft), act.at);
    auto id = insert_plan(transaction, subject, unit, year, kind, tree, adopted_from);
    if (!id)
        return conflict("plan.exists");
    Plan plan;
    plan.id = *id;
    plan.unit = unit;
    plan.year = year;
    plan.kind = kind;
    plan.zone = rights.zone;
    save_tree(transaction, plan, tree, act.at);
    if (copied_from)
        copy_targets(transaction, plan, tree, copied_from, adopted_from ? BoundBy::Model : BoundBy::Hand, act.at);
    bind_rows(transaction, plan, act.at);
    follow_schedule(transaction, plan, act.at);
    std::vector<journal::Field> fields { { "year", std::to_string(year) }, { "title", tree.title } };
    if (adopted_from)
        fields.push_back({ "adopted_from", std::to_string(adopted_from.value) });
    journal::write(transaction, act, { "plan.created", subject, unit, std::move(fields) });
    indicator::apply_difference(transaction, plan_progress, unit, {}, contributions_of_plan(transaction, plan));
    return *id;
}

static Result<UnitForPlan> may_make(storage::Reader& reader, journal::Act const& act, UnitId unit, PlanKind kind)
{
    auto rights = unit_for_plan(reader, act.actor, act.today, unit);
    if (!rights || !rights->may_read)
        return not_found();
    if (kind == PlanKind::Model ? !rights->may_publish : !rights->may_manage)
        return forbidden("plan.manage.forbidden");
    return *rights;
}

static void forget_ids(TreeNode& node)
{
    node.row.id = {};
    for (auto& child : node.children)
        forget_ids(child);
}

Result<PlanId> create(storage::Transaction& transaction, journal::Act const& act, UnitId unit, int year, PlanKind kind,
    Tree const& tree)
{
    auto rights = TRY(may_make(transaction, act, unit, kind));
    auto rows = tree;
    for (auto& area : rows.areas)
        forget_ids(area);
    return make(transaction, act, unit, rights, year, kind, rows, {});
}

/// The row alone, without what stands under it.
static void start_anew(TreeNode& node)
{
    node.copied_from = node.row.id;
    node.row.id = {};
    node.row.printed = node.row.months();
    node.row.working.reset();
    node.row.carried_from = {};
    node.source.clear();
}

static void start_all_anew(TreeNode& node)
{
    start_anew(node);
    for (auto& child : node.children)
        start_all_anew(child);
}

/// Covers count sub-activities: what was left out is covered no more.
static void cover_again(std::vector<TreeNode>& nodes, std::vector<int> const& places)
{
    for (auto& node : nodes) {
        for (int& cover : node.covers)
            cover = places.at(static_cast<std::size_t>(cover));
        std::erase(node.covers, -1);
        cover_again(node.children, places);
    }
}

static void forget_owners(TreeNode& node)
{
    node.row.owner_post = {};
    node.row.owner_subdivision = {};
    for (auto& child : node.children)
        forget_owners(child);
}

/// Links rows to those of last year that they go on from; false = nothing under the row is carried.
static bool link_carried(TreeNode& node, std::set<PlanNodeId> const& unfinished, CarryOver what)
{
    auto const stood = node.row.id;
    bool any = unfinished.contains(stood);
    std::vector<TreeNode> kept;
    std::vector<int> places;                ///< of the sub-activities in the copy; -1 = left out
    for (auto& child : node.children) {
        bool const carried = link_carried(child, unfinished, what);
        bool const stays = what == CarryOver::AllRows || carried || unfinished.contains(stood);
        if (child.row.level == Level::Subactivity)
            places.push_back(stays ? static_cast<int>(std::ranges::count_if(kept, [](TreeNode const& each) { return each.row.level == Level::Subactivity; })) : -1);
        any = any || carried;
        if (stays)
            kept.push_back(std::move(child));
    }
    node.children = std::move(kept);
    if (node.row.level == Level::Activity)
        cover_again(node.children, places);
    start_anew(node);
    if (unfinished.contains(stood))
        node.row.carried_from = stood;
    return any;
}

static Tree fresh_copy(storage::Reader& reader, PlanId source, bool with_owners)
{
    auto tree = tree_of(reader, source);
    tree.decree = {};
    tree.decree_text = "{}";
    for (auto& area : tree.areas) {
        start_all_anew(area);
        if (!with_owners)
            forget_owners(area);
    }
    return tree;
}

static Tree carried_copy(storage::Reader& reader, PlanId source, CarryOver what)
{
    auto tree = tree_of(reader, source);
    tree.decree = {};
    tree.decree_text = "{}";
    auto const unfinished = rows_to_carry(reader, source);
    std::vector<TreeNode> kept;
    for (auto& area : tree.areas)
        if (link_carried(area, unfinished, what) || what == CarryOver::AllRows)
            kept.push_back(std::move(area));
    tree.areas = std::move(kept);
    return tree;
}

Result<PlanId> create_from(storage::Transaction& transaction, journal::Act const& act, PlanId source, UnitId unit, int year)
{
    return create_from(transaction, act, source, unit, year, CarryOver::AllRows);
}

Result<PlanId> create_from(storage::Transaction& transaction, journal::Act const& act, PlanId source, UnitId unit, int year, CarryOver what)
{
    auto rights = TRY(may_make(transaction, act, unit, PlanKind::Office));
    auto from = plan_for_change(transaction, act.actor, act.today, source);
    if (!from || !from->may_read)
        return not_found();
    bool const own = from->plan.unit == unit;
    bool const carries = own && from->plan.kind == PlanKind::Office && from->plan.state != PlanState::Draft && from->plan.year < year;
    if (!carries && what == CarryOver::OnlyUnfinished)
        return invalid("plan.carry.no_earlier_plan", { { "from", "plan.carry.no_earlier_plan" } });
    auto tree = carries ? carried_copy(transaction, source, what) : fresh_copy(transaction, source, own);
    if (tree.areas.empty())
        return invalid("plan.carry.nothing", { { "from", "plan.carry.nothing" } });
    return make(transaction, act, unit, rights, year, PlanKind::Office, tree, {}, source);
}

Result<PlanId> adopt(storage::Transaction& transaction, journal::Act const& act, PlanId model, UnitId unit, int year)
{
    auto rights = TRY(may_make(transaction, act, unit, PlanKind::Office));
    if (!transaction.first(model_for, model, unit, act.today))
        return not_found();
    return make(transaction, act, unit, rights, year, PlanKind::Office, fresh_copy(transaction, model, false), model, model);
}

Result<void> publish(storage::Transaction& transaction, journal::Act const& act, PlanId id, std::int64_t shown_version,
    bool published)
{
    auto locked = subject::lock(transaction, subject_of(id), shown_version);
    auto found = plan_for_change(transaction, act.actor, act.today, id);
    if (!found || !found->may_read)
        return not_found();
    TRY_VOID(std::move(locked));
    if (!found->may_publish)
        return forbidden("plan.publish.forbidden");
    if (found->plan.kind != PlanKind::Model)
        return invalid("plan.publish.no_model");
    transaction.execute(set_published, id, published);
    journal::write(transaction, act, { published ? "plan.published" : "plan.unpublished", subject_of(id), found->plan.unit, {} });
    return {};
}

std::vector<TreeNode> areas_of(storage::Reader& reader, PlanId id)
{
    auto const stored = rows_of(reader, id);
    std::map<PlanNodeId, std::string> sources;
    std::map<PlanNodeId, std::vector<Node const*>> children;
    for (std::size_t i = 0; i < stored.nodes.size(); ++i) {
        sources[stored.nodes[i].id] = stored.sources[i];
        children[stored.nodes[i].parent].push_back(&stored.nodes[i]);
    }
    std::map<PlanNodeId, std::vector<PlanNodeId>> covers;
    for (auto const& cover : stored.covers)
        covers[cover.indicator].push_back(cover.subactivity);

    std::function<std::vector<TreeNode>(PlanNodeId, std::vector<PlanNodeId> const&)> under
        = [&](PlanNodeId parent, std::vector<PlanNodeId> const& subactivities) {
              std::vector<TreeNode> found;
              for (auto const* node : children[parent]) {
                  TreeNode row { *node, sources[node->id], {}, {} };
                  for (auto covered : covers[node->id])
                      for (std::size_t i = 0; i < subactivities.size(); ++i)
                          if (subactivities[i] == covered)
                              row.covers.push_back(static_cast<int>(i));
                  std::vector<PlanNodeId> below = subactivities;
                  if (node->level == Level::Activity) {
                      below.clear();
                      for (auto const* child : children[node->id])
                          if (child->level == Level::Subactivity)
                              below.push_back(child->id);
                  }
                  row.children = under(node->id, below);
                  found.push_back(std::move(row));
              }
              return found;
          };
    return under({}, {});
}

Tree tree_of(storage::Reader& reader, PlanId id)
{
    Tree tree;
    if (auto head = reader.first(head_of, id)) {
        tree.title = head->text(0);
        tree.decree = { head->text(1), head->optional_date(2), head->text(3), head->text(4), head->text(5) };
        tree.decree_text = head->text(6);
    }
    tree.areas = areas_of(reader, id);
    return tree;
}

}
