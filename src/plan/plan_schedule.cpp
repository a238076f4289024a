#include "plan/plan_schedule.hpp"
#include "journal/journal.hpp"
#include "plan/contribution.hpp"
#include "plan/owed.hpp"
#include "plan/plan_lock.hpp"
#include "plan/progress.hpp"
#include <set>

namespace kpuhub::plan {

using storage::Query;

constexpr Query update_row { "plan.set_row", R"sql(
    UPDATE plan_node SET working_months = $2, rhythm = $3, months_certain = $4, owner_subdivision_id = $5, owner_post_id = $6,
           authority = $7, tentative = $8, applies = $9, applies_reason = $10, due_day = $11, due_months_after = $12, due_shift = $13
     WHERE subject_id = $1 )sql" };
constexpr Query owner_of_unit { "plan.owner_of_unit", R"sql(
    SELECT CASE WHEN CAST($2 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM subdivision WHERE id = $2 AND unit_id = $1) THEN 1 ELSE 0 END,
           CASE WHEN CAST($3 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM post WHERE id = $3 AND unit_id = $1) THEN 1 ELSE 0 END )sql" };

/// The chosen rows and all under them; nothing when one is not of this plan.
static std::optional<std::set<PlanNodeId>> reached(std::vector<Node> const& nodes, std::vector<PlanNodeId> const& chosen)
{
    std::set<PlanNodeId> known;
    for (auto const& node : nodes)
        known.insert(node.id);
    std::set<PlanNodeId> reach;
    for (auto id : chosen) {
        if (!known.contains(id))
            return std::nullopt;
        reach.insert(id);
    }
    for (auto const& node : nodes)
        if (reach.contains(node.parent))
            reach.insert(node.id);
    return reach;
}

/// Whether a row holds a schedule: sub-activities, activities without any, and indicators with months of their own or
/// outside a sub-activity.
static bool holds_schedule(Node const& node, std::set<PlanNodeId> const& divided, std::set<PlanNodeId> const& subactivities)
{
    switch (node.level) {
    case Level::Area: return false;
    case Level::Activity: return !divided.contains(node.id);
    case Level::Subactivity: return true;
    case Level::Indicator: break;
    }
    return !subactivities.contains(node.parent) ? !node.months().none() : (!node.months().none() || node.working);
}

static bool set_schedule(Node& node, RowSetting const& setting)
{
    auto before = std::tuple { node.working, node.rhythm, node.months_certain, node.due };
    if (setting.working)
        node.working = setting.working->none() ? std::nullopt : setting.working;
    if (setting.rhythm)
        node.rhythm = setting.rhythm;
    if (setting.due)
        node.due = *setting.due;
    if (setting.months_are_right)
        node.months_certain = true;
    return before != std::tuple { node.working, node.rhythm, node.months_certain, node.due };
}

static bool set_standing(Node& node, RowSetting const& setting)
{
    auto before = std::tuple { node.owner_subdivision, node.owner_post, node.authority, node.tentative, node.applies, node.applies_reason };
    if (setting.owner) {
        node.owner_subdivision = setting.owner->subdivision;
        node.owner_post = setting.owner->post;
    }
    node.authority = setting.authority.value_or(node.authority);
    node.tentative = setting.tentative.value_or(node.tentative);
    if (setting.applies) {
        node.applies = *setting.applies;
        node.applies_reason = *setting.applies ? "" : setting.applies_reason;
    }
    return before != std::tuple { node.owner_subdivision, node.owner_post, node.authority, node.tentative, node.applies, node.applies_reason };
}

static void save(storage::Transaction& transaction, Node const& node)
{
    transaction.execute(update_row, node.id,
        node.working ? std::optional { static_cast<std::int64_t>(node.working->bits) } : std::nullopt,
        node.rhythm ? std::optional { std::string(to_text(*node.rhythm)) } : std::nullopt, node.months_certain,
        node.owner_subdivision, node.owner_post, to_text(node.authority), node.tentative, node.applies, node.applies_reason,
        node.due.fixed() ? std::optional { node.due.day } : std::nullopt, node.due.months_after, to_text(node.due.shift));
}

static std::vector<journal::Field> told(RowSetting const& setting, std::vector<PlanNodeId> const& rows)
{
    std::string ids;
    for (auto id : rows)
        ids += (ids.empty() ? "" : ",") + std::to_string(id.value);
    std::vector<journal::Field> fields { { "rows", ids } };
    if (setting.working)
        fields.push_back({ "months", std::to_string(setting.working->bits) });
    if (setting.rhythm)
        fields.push_back({ "rhythm", std::string(to_text(*setting.rhythm)) });
    if (setting.due)
        fields.push_back({ "due_day", std::to_string(setting.due->day) + (setting.due->months_after ? " next " : " ") + std::string(to_text(setting.due->shift)) });
    if (setting.months_are_right)
        fields.push_back({ "months_are_right", "1" });
    if (setting.owner)
        fields.push_back({ "owner", std::to_string(setting.owner->subdivision.value) + "/" + std::to_string(setting.owner->post.value) });
    if (setting.authority)
        fields.push_back({ "authority", std::string(to_text(*setting.authority)) });
    if (setting.tentative)
        fields.push_back({ "tentative", *setting.tentative ? "1" : "0" });
    if (setting.applies)
        fields.push_back({ "applies", *setting.applies ? "1" : "0" });
    if (!setting.applies_reason.empty())
        fields.push_back({ "reason", setting.applies_reason, true });
    return fields;
}

static Result<void> check(storage::Reader& reader, Plan const& plan, RowSetting const& setting)
{
    constexpr int longest_month = 31;
    if (setting.due && (setting.due->day < 0 || setting.due->day > longest_month || setting.due->months_after < 0 || setting.due->months_after > 1))
        return invalid("plan.schedule.due_wrong", { { "due_day", "plan.schedule.due_wrong" } });
    if (setting.applies && !*setting.applies)
        TRY_VOID(check_reason(Step::MarkNotApplicable, setting.applies_reason));
    if (setting.owner) {
        auto row = reader.first(owner_of_unit, plan.unit, setting.owner->subdivision.value, setting.owner->post.value);
        if (!row->yes(0) || !row->yes(1))
            return invalid("plan.owner.elsewhere", { { "owner", "plan.owner.elsewhere" } });
    }
    return {};
}

Result<std::int64_t> set_rows(storage::Transaction& transaction, journal::Act const& act, PlanId id, std::int64_t shown_version,
    std::vector<PlanNodeId> const& rows, RowSetting const& setting)
{
    auto plan = TRY(lock_to_change(transaction, act, id, shown_version));
    TRY_VOID(check(transaction, plan, setting));
    auto nodes = nodes_of(transaction, id);
    auto reach = reached(nodes, rows);
    if (rows.empty() || !reach)
        return invalid("plan.rows.unknown");
    auto before = contributions_of_plan(transaction, plan);
    std::set<PlanNodeId> divided;
    std::set<PlanNodeId> subactivities;
    for (auto const& node : nodes) {
        if (node.level != Level::Subactivity)
            continue;
        divided.insert(node.parent);
        subactivities.insert(node.id);
    }
    std::int64_t changed = 0;
    for (auto& node : nodes) {
        if (!reach->contains(node.id))
            continue;
        bool const scheduled = holds_schedule(node, divided, subactivities) && set_schedule(node, setting);
        if (set_standing(node, setting) || scheduled) {
            save(transaction, node);
            ++changed;
        }
    }
    follow_schedule(transaction, plan, act.at);
    journal::write(transaction, act, { "plan.rows_set", subject_of(id), plan.unit, told(setting, rows) });
    indicator::apply_difference(transaction, plan_progress, plan.unit, before, contributions_of_plan(transaction, plan));
    return changed;
}

}
