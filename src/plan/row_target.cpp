#include "plan/row_target.hpp"
#include "definition/register_use.hpp"
#include "journal/journal.hpp"
#include "plan/plan_lock.hpp"
#include "plan/plan_store.hpp"
#include "subject/subject.hpp"
#include <algorithm>
#include <map>
#include <set>

namespace kpuhub::plan {

using storage::Query;

namespace {

constexpr Query all_targets { "plan.targets", R"sql(
    SELECT t.node_id, t.kind, t.target, t.how, t.phrase FROM plan_node_target t JOIN plan_node n ON n.subject_id = t.node_id
     WHERE n.plan_id = $1 AND n.removed_at IS NULL ORDER BY n.place, t.kind, t.target )sql" };
constexpr Query worded_rows { "plan.worded_rows", R"sql(
    SELECT n.subject_id, COALESCE(n.parent_id, 0), n.level, n.area_no, n.body,
           CASE WHEN n.level = 'subactivity' AND NOT EXISTS (SELECT 1 FROM plan_node i WHERE i.plan_id = n.plan_id AND i.parent_id = n.subject_id AND i.removed_at IS NULL)
             AND NOT EXISTS (SELECT 1 FROM plan_cover c WHERE c.subactivity_id = n.subject_id) THEN 1 ELSE 0 END
      FROM plan_node n WHERE n.plan_id = $1 AND n.removed_at IS NULL ORDER BY n.place )sql" };
constexpr Query add_target { "plan.add_target", R"sql(
    INSERT INTO plan_node_target (node_id, unit_id, kind, target, how, phrase, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (node_id, kind, target) DO UPDATE SET how = excluded.how, phrase = excluded.phrase, written_by = excluded.written_by,
        written_at = excluded.written_at )sql" };
constexpr Query drop_targets { "plan.drop_targets", "DELETE FROM plan_node_target WHERE node_id = $1" };
constexpr Query mark_bound { "plan.mark_bound", R"sql(
    INSERT INTO plan_binding (plan_id, offer) VALUES ($1, $2) ON CONFLICT (plan_id) DO UPDATE SET offer = excluded.offer )sql" };
constexpr Query waiting_plans { "plan.waiting_for_binding", R"sql(
    SELECT p.subject_id, p.unit_id FROM plan p JOIN subject s ON s.id = p.subject_id
      LEFT JOIN plan_binding b ON b.plan_id = p.subject_id
     WHERE s.state <> 'closed' AND (b.offer IS NULL OR b.offer <> $1) ORDER BY p.subject_id LIMIT $2 )sql" };

RowTarget read_target(storage::Row const& row) { return { row.id<PlanNodeTag>(0), row.text(1), row.text(2), bound_by(row.text(3)), row.text(4) }; }

void add(storage::Transaction& transaction, UnitId unit, RowTarget const& target, PersonId by, time::Instant at)
{
    transaction.execute(add_target, target.node, unit, target.kind, target.id, to_text(target.how), target.phrase, by, at);
}

/// A row that may be bound, with its words.
struct Bindable {
    PlanNodeId node {};
    definition::WordedRow words {};
};

std::vector<Bindable> bindable_rows(storage::Reader& reader, PlanId plan)
{
    struct Above {
        PlanNodeId parent {};
        Level level = Level::Area;
        std::string body;
    };
    std::map<PlanNodeId, Above> stored;
    std::vector<Bindable> rows;
    for (auto const& row : reader.query(worded_rows, plan)) {
        auto const level = from_text<Level>(row.text(2)).value_or(Level::Area);
        auto const id = row.id<PlanNodeTag>(0);
        PlanNodeId const parent { row.integer(1) };
        stored[id] = { parent, level, row.text(4) };
        if (level != Level::Indicator && !row.yes(5))
            continue;
        Bindable each { id, { row.text(4), {}, {}, static_cast<int>(row.integer(3)) } };
        for (auto up = stored.find(parent); up != stored.end(); up = stored.find(up->second.parent)) {
            if (up->second.level == Level::Subactivity)
                each.words.subactivity = up->second.body;
            else if (up->second.level == Level::Activity)
                each.words.activity = up->second.body;
        }
        rows.push_back(std::move(each));
    }
    return rows;
}

std::vector<RowTarget> proposed(definition::Offer const& offer, Bindable const& row)
{
    auto match = offer.bind(row.words);
    if (!match)
        return {};
    return { { row.node, std::string { to_text(match->target->kind) }, match->target->id, BoundBy::Import, match->phrase } };
}

void bind_with(storage::Transaction& transaction, definition::Offer const& offer, PlanId plan, UnitId unit, time::Instant at)
{
    std::map<PlanNodeId, std::vector<RowTarget>> stand;
    for (auto& target : targets_of(transaction, plan))
        stand[target.node].push_back(std::move(target));
    for (auto const& row : bindable_rows(transaction, plan)) {
        auto const& before = stand[row.node];
        if (std::ranges::any_of(before, [](RowTarget const& each) { return each.how != BoundBy::Import; }))
            continue;
        auto const now = proposed(offer, row);
        if (now == before)
            continue;
        transaction.execute(drop_targets, row.node);
        for (auto const& target : now)
            add(transaction, unit, target, {}, at);
    }
    transaction.execute(mark_bound, plan, offer.fingerprint());
}

}

std::string_view to_text(BoundBy how) { return how == BoundBy::Hand ? "hand" : how == BoundBy::Model ? "model" : "import"; }

BoundBy bound_by(std::string_view text) { return text == "hand" ? BoundBy::Hand : text == "model" ? BoundBy::Model : BoundBy::Import; }

void bind_rows(storage::Transaction& transaction, Plan const& plan, time::Instant at)
{
    auto const offer = definition::offer(transaction);
    bind_with(transaction, *offer, plan.id, plan.unit, at);
}

int bind_waiting(storage::Transaction& transaction, time::Instant at, int limit)
{
    auto const offer = definition::offer(transaction);
    auto const plans = transaction.query(waiting_plans, offer->fingerprint(), limit);
    for (auto const& row : plans) {
        (void)subject::hold(transaction, { row.id<PlanTag>(0).value });      // who chooses by hand waits, or has chosen before targets are read
        bind_with(transaction, *offer, row.id<PlanTag>(0), row.id<UnitTag>(1), at);
    }
    return static_cast<int>(plans.size());
}

std::vector<RowTarget> targets_of(storage::Reader& reader, PlanId plan)
{
    std::vector<RowTarget> targets;
    for (auto const& row : reader.query(all_targets, plan))
        targets.push_back(read_target(row));
    return targets;
}

std::vector<RowTarget> chosen_targets(storage::Reader& reader, PlanId plan)
{
    auto targets = targets_of(reader, plan);
    std::erase_if(targets, [](RowTarget const& each) { return each.how == BoundBy::Import; });
    return targets;
}

void take_over_targets(storage::Transaction& transaction, Plan const& plan, std::vector<RowTarget> const& targets, BoundBy how, time::Instant at)
{
    for (auto target : targets) {
        target.how = how;
        add(transaction, plan.unit, target, {}, at);
    }
}

std::vector<std::string> registers_of_plan(storage::Reader& reader, PlanId plan)
{
    auto const offer = definition::offer(reader);
    std::set<std::string> registers;
    for (auto const& target : targets_of(reader, plan))
        if (auto kind = definition::target_kind(target.kind))
            for (auto const* each : offer->service(*kind, target.id).registers)
                registers.insert(each->id);
    return { registers.begin(), registers.end() };
}

namespace {

/// The plan, open for a change of its bindings, and the row of it.
Result<Plan> open_row(storage::Transaction& transaction, journal::Act const& act, PlanId id, std::int64_t shown_version, PlanNodeId node)
{
    auto plan = TRY(lock_to_manage(transaction, act, id, shown_version));
    if (plan.state == PlanState::Closed)
        return conflict("plan.closed");
    auto const rows = bindable_rows(transaction, id);
    if (std::ranges::find(rows, node, &Bindable::node) == rows.end())
        return not_found();
    return plan;
}

std::string names_of(std::vector<RowTarget> const& targets)
{
    std::string names;
    for (auto const& each : targets)
        names += (names.empty() ? "" : " ") + each.kind + (each.id.empty() ? "" : ":" + each.id);
    return names;
}

void tell(storage::Transaction& transaction, journal::Act const& act, Plan const& plan, PlanNodeId node, std::vector<RowTarget> const& targets)
{
    journal::write(transaction, act, { "plan.row_bound", subject_of(plan.id), plan.unit,
        { { "row", std::to_string(node.value) }, { "targets", names_of(targets) } } });
    if (plan.state == PlanState::Fixed && plan.kind == PlanKind::Office)
        definition::switch_on(transaction, act, plan.unit, registers_of_plan(transaction, plan.id), "plan");
}

}

Result<void> choose_targets(storage::Transaction& transaction, journal::Act const& act, PlanId id, std::int64_t shown_version, TargetChoice const& choice)
{
    auto const plan = TRY(open_row(transaction, act, id, shown_version, choice.node));
    auto const offer = definition::offer(transaction);
    auto const before = targets_of(transaction, id);
    std::vector<RowTarget> chosen;
    for (auto const& [kind, target] : choice.targets) {
        auto const known = definition::target_kind(kind);
        bool const stood = std::ranges::any_of(before, [&](RowTarget const& each) { return each.node == choice.node && each.kind == kind && each.id == target; });
        if (!known || (!stood && !offer->find(*known, target)))
            return invalid("plan.target.unknown", { { "target", "plan.target.unknown" } });
        chosen.push_back({ choice.node, kind, target, BoundBy::Hand, {} });
    }
    if (chosen.empty())
        chosen.push_back({ choice.node, "none", {}, BoundBy::Hand, {} });
    transaction.execute(drop_targets, choice.node);
    for (auto const& target : chosen)
        add(transaction, plan.unit, target, act.actor, act.at);
    tell(transaction, act, plan, choice.node, chosen);
    return {};
}

Result<void> reset_targets(storage::Transaction& transaction, journal::Act const& act, PlanId id, std::int64_t shown_version, PlanNodeId node)
{
    auto const plan = TRY(open_row(transaction, act, id, shown_version, node));
    auto const offer = definition::offer(transaction);
    auto const rows = bindable_rows(transaction, id);
    auto const now = proposed(*offer, *std::ranges::find(rows, node, &Bindable::node));
    transaction.execute(drop_targets, node);
    for (auto const& target : now)
        add(transaction, plan.unit, target, act.actor, act.at);
    tell(transaction, act, plan, node, now);
    return {};
}

}
