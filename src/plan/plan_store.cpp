#include "plan/plan_store.hpp"
#include "account/access.hpp"
#include "plan/progress.hpp"
#include "plan/verifier_sql.hpp"

namespace kpuhub::plan {

using storage::Query;
using storage::Row;

constexpr Query find_plan { "plan.for_change", "SELECT " KPUHUB_PLAN_COLUMNS ", "
    KPUHUB_MAY("p.unit_id", "'plan.read'") ", " KPUHUB_MAY("p.unit_id", "'plan.manage'") ", "
    KPUHUB_MAY("p.unit_id", "'plan.publish_model'")
    " FROM plan p JOIN subject sp ON sp.id = p.subject_id WHERE p.subject_id = $3" };
constexpr Query find_unit { "plan.unit_for_plan",
    "SELECT (SELECT zn.zone FROM unit_name zn WHERE zn.unit_id = u.id ORDER BY zn.valid_from DESC LIMIT 1), "
    KPUHUB_MAY("u.id", "'plan.read'") ", " KPUHUB_MAY("u.id", "'plan.manage'") ", " KPUHUB_MAY("u.id", "'plan.publish_model'")
    " FROM unit u WHERE u.id = $3" };
constexpr Query find_deliverable { "plan.deliverable_for_work",
    "SELECT " KPUHUB_PLAN_COLUMNS "," KPUHUB_NODE_COLUMNS "," KPUHUB_DELIVERABLE_COLUMNS ", "
    "COALESCE(n.owner_post_id, (SELECT min(oh.id) FROM post oh WHERE oh.subdivision_id = n.owner_subdivision_id"
    "   AND oh.kind = 'head' AND oh.valid_from <= $2 AND oh.valid_to >= $2)), "
    KPUHUB_MAY("p.unit_id", "'plan.read'") ", "
    "(" KPUHUB_MAY("p.unit_id", "'plan.work'") " AND EXISTS (SELECT 1 FROM appointment oa JOIN post op ON op.id = oa.post_id"
    "   WHERE oa.person_id = $1 AND oa.valid_from <= $2 AND oa.valid_to >= $2"
    "     AND (op.id = n.owner_post_id OR op.subdivision_id = n.owner_subdivision_id))), "
    KPUHUB_MAY("p.unit_id", "'plan.work_any'") ", " KPUHUB_MAY("p.unit_id", "'plan.manage'")
    " FROM deliverable d JOIN subject sd ON sd.id = d.subject_id JOIN plan_node n ON n.subject_id = d.node_id"
    " JOIN plan p ON p.subject_id = d.plan_id JOIN subject sp ON sp.id = p.subject_id"
    " WHERE d.subject_id = $3 AND n.removed_at IS NULL" };
constexpr Query candidates { "plan.verifier_candidates", KPUHUB_VERIFIER_CANDIDATES("$1") " ORDER BY 1, 5" };
constexpr Query involved { "plan.involved_in", R"sql(
    SELECT submitted_by FROM deliverable WHERE subject_id = $1 AND submitted_by IS NOT NULL
    UNION SELECT e.brought_by FROM evidence_link l JOIN evidence e ON e.subject_id = l.evidence_id WHERE l.subject_id = $1
    UNION SELECT l.linked_by FROM evidence_link l WHERE l.subject_id = $1 )sql" };
constexpr Query plan_nodes { "plan.nodes_of", "SELECT " KPUHUB_NODE_COLUMNS
    " FROM plan_node n WHERE n.plan_id = $1 AND n.removed_at IS NULL ORDER BY n.place, n.subject_id" };
constexpr Query plan_covers { "plan.covers_of", R"sql(
    SELECT c.indicator_id, c.subactivity_id FROM plan_cover c
      JOIN plan_node n ON n.subject_id = c.indicator_id AND n.removed_at IS NULL
      JOIN plan_node m ON m.subject_id = c.subactivity_id AND m.removed_at IS NULL
     WHERE n.plan_id = $1 ORDER BY n.place, m.place )sql" };
// A row that covers several sub-activities stands once for each of them.
constexpr Query rows_and_covers { "plan.rows_and_covers", "SELECT " KPUHUB_NODE_COLUMNS ", n.source, m.subject_id"
    " FROM plan_node n LEFT JOIN plan_cover c ON c.indicator_id = n.subject_id"
    " LEFT JOIN plan_node m ON m.subject_id = c.subactivity_id AND m.removed_at IS NULL"
    " WHERE n.plan_id = $1 AND n.removed_at IS NULL ORDER BY n.place, n.subject_id, m.place" };
constexpr Query plan_deliverables { "plan.deliverables_of", "SELECT " KPUHUB_DELIVERABLE_COLUMNS ", "
    "CASE WHEN sd.version > 1 OR d.proofs > 0 OR EXISTS (SELECT 1 FROM comment c WHERE c.subject_id = d.subject_id)"
    " THEN 1 ELSE 0 END"
    " FROM deliverable d JOIN subject sd ON sd.id = d.subject_id WHERE d.plan_id = $1 ORDER BY d.due_on, d.subject_id" };
constexpr Query hold { "plan.hold_deliverables", R"sql(
    UPDATE subject SET version = version WHERE id IN (SELECT subject_id FROM deliverable WHERE plan_id = $1) )sql" };
constexpr Query hold_one { "plan.hold_deliverable", "UPDATE subject SET version = version WHERE id = $1" };
constexpr Query change_subject { "plan.change_subject", "UPDATE subject SET state = $2, version = version + 1 WHERE id = $1" };
constexpr Query add_plan { "plan.insert", R"sql(
    INSERT INTO plan (subject_id, unit_id, year, plan_kind, title, number, decided_on, place, signatory_name, signatory_role,
                      decree, adopted_from)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (unit_id, year, plan_kind) DO NOTHING RETURNING subject_id )sql" };
constexpr Query add_deliverable { "plan.insert_deliverable", R"sql(
    INSERT INTO deliverable (subject_id, plan_id, node_id, starts_on, ends_on, due_on, passed, next_change_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) )sql" };
constexpr Query place_deliverable { "plan.move_deliverable", R"sql(
    UPDATE deliverable SET node_id = $2, starts_on = $3, ends_on = $4, due_on = $5, passed = $6, next_change_at = $7
     WHERE subject_id = $1 )sql" };
constexpr Query drop_deliverable { "plan.delete_deliverable", "DELETE FROM deliverable WHERE subject_id = $1" };
constexpr Query drop_subject { "plan.delete_subject", "DELETE FROM subject WHERE id = $1" };
constexpr Query write_progress { "plan.save_progress", R"sql(
    UPDATE deliverable SET note = $2, submitted_by = $3, submitted_at = $4, decided_by = $5, decided_at = $6, reason = $7,
           proofs = $8
     WHERE subject_id = $1 )sql" };

template<typename Enum>
static Enum word(Row const& row, std::size_t column)
{
    if (auto value = from_text<Enum>(row.text(column)))
        return *value;
    throw storage::EngineError(storage::EngineFault::Other, "a word outside its closed list is stored");
}

static Months months_in(std::int64_t bits) { return { static_cast<std::uint16_t>(bits & 0xfff) }; }

Plan read_plan(Row const& row, std::size_t first)
{
    Plan plan;
    plan.id = row.id<PlanTag>(first);
    plan.unit = row.id<UnitTag>(first + 1);
    plan.year = static_cast<int>(row.integer(first + 2));
    plan.kind = word<PlanKind>(row, first + 3);
    plan.state = word<PlanState>(row, first + 4);
    plan.version = row.integer(first + 5);
    plan.revision = row.integer(first + 6);
    plan.title = row.text(first + 7);
    plan.number = row.text(first + 8);
    plan.decided_on = row.optional_date(first + 9);
    plan.zone = time::zone_named(row.text_or_empty(first + 10)).value_or(time::Zone::Wib);
    plan.published = row.yes(first + 11);
    return plan;
}

Node read_node(Row const& row, std::size_t first)
{
    Node node;
    node.id = row.id<PlanNodeTag>(first);
    node.parent = row.id<PlanNodeTag>(first + 1);
    node.level = word<Level>(row, first + 2);
    node.area_no = static_cast<int>(row.integer(first + 3));
    node.place = row.integer(first + 4);
    node.number = row.text(first + 5);
    node.body = row.text(first + 6);
    node.remark = row.text(first + 7);
    node.owner_subdivision = row.id<SubdivisionTag>(first + 8);
    node.owner_post = row.id<PostTag>(first + 9);
    node.authority = word<Authority>(row, first + 10);
    node.tentative = row.yes(first + 11);
    node.applies = row.yes(first + 12);
    node.applies_reason = row.text(first + 13);
    node.common_item = row.text_or_empty(first + 14);
    if (!row.is_null(first + 15))
        node.indicator_kind = word<IndicatorKind>(row, first + 15);
    node.printed = months_in(row.integer(first + 16));
    node.months_certain = row.yes(first + 17);
    if (auto working = row.optional_integer(first + 18))
        node.working = months_in(*working);
    if (!row.is_null(first + 19))
        node.rhythm = word<Rhythm>(row, first + 19);
    node.due = { static_cast<int>(row.optional_integer(first + 20).value_or(0)), static_cast<int>(row.integer(first + 21)),
        word<DueShift>(row, first + 22) };
    node.carried_from = row.id<PlanNodeTag>(first + 23);
    return node;
}

Deliverable read_deliverable(Row const& row, std::size_t first)
{
    Deliverable deliverable;
    deliverable.id = row.id<DeliverableTag>(first);
    deliverable.node = row.id<PlanNodeTag>(first + 1);
    deliverable.starts_on = row.date(first + 2);
    deliverable.ends_on = row.date(first + 3);
    deliverable.due_on = row.date(first + 4);
    deliverable.state = word<State>(row, first + 5);
    deliverable.version = row.integer(first + 6);
    deliverable.passed = row.yes(first + 7);
    deliverable.proofs = row.integer(first + 8);
    deliverable.note = row.text(first + 9);
    deliverable.submitted_by = row.id<PersonTag>(first + 10);
    deliverable.submitted_at = row.optional_instant(first + 11);
    deliverable.decided_by = row.id<PersonTag>(first + 12);
    deliverable.decided_at = row.optional_instant(first + 13);
    deliverable.reason = row.text(first + 14);
    return deliverable;
}

std::optional<PlanForChange> plan_for_change(storage::Reader& reader, PersonId actor, time::Date today, PlanId id)
{
    auto row = reader.first(find_plan, actor, today, id);
    if (!row)
        return std::nullopt;
    return PlanForChange { read_plan(*row, 0), row->yes(plan_columns), row->yes(plan_columns + 1), row->yes(plan_columns + 2) };
}

std::optional<UnitForPlan> unit_for_plan(storage::Reader& reader, PersonId actor, time::Date today, UnitId id)
{
    auto row = reader.first(find_unit, actor, today, id);
    if (!row)
        return std::nullopt;
    return UnitForPlan { time::zone_named(row->text_or_empty(0)).value_or(time::Zone::Wib), row->yes(1), row->yes(2), row->yes(3) };
}

std::optional<DeliverableForWork> deliverable_for_work(storage::Reader& reader, PersonId actor, time::Date today, DeliverableId id)
{
    auto row = reader.first(find_deliverable, actor, today, id);
    if (!row)
        return std::nullopt;
    constexpr auto rights = plan_columns + node_columns + deliverable_columns;
    return DeliverableForWork { read_plan(*row, 0), read_node(*row, plan_columns),
        read_deliverable(*row, plan_columns + node_columns), row->id<PostTag>(rights), row->yes(rights + 1),
        row->yes(rights + 2), row->yes(rights + 3), row->yes(rights + 4) };
}

Candidate read_candidate(Row const& row, std::size_t first)
{
    Candidate candidate;
    candidate.rank = static_cast<VerifierRank>(row.integer(first));
    if (auto area = row.optional_integer(first + 1))
        candidate.area_no = static_cast<int>(*area);
    candidate.subordinate = row.id<PostTag>(first + 2);
    candidate.subdivision = row.id<SubdivisionTag>(first + 3);
    candidate.person = row.id<PersonTag>(first + 4);
    candidate.person_name = row.text(first + 5);
    candidate.post = row.id<PostTag>(first + 6);
    candidate.post_title = row.text_or_empty(first + 7);
    candidate.capacity = row.text_or_empty(first + 8);
    return candidate;
}

std::vector<Candidate> verifier_candidates(storage::Reader& reader, UnitId unit, time::Date today)
{
    std::vector<Candidate> found;
    for (auto const& row : reader.query(candidates, unit, today))
        found.push_back(read_candidate(row));
    return found;
}

std::set<PersonId> involved_in(storage::Reader& reader, DeliverableId id)
{
    std::set<PersonId> people;
    for (auto const& row : reader.query(involved, id))
        people.insert(row.id<PersonTag>(0));
    return people;
}

std::vector<Node> nodes_of(storage::Reader& reader, PlanId plan)
{
    std::vector<Node> nodes;
    for (auto const& row : reader.query(plan_nodes, plan))
        nodes.push_back(read_node(row, 0));
    return nodes;
}

std::vector<Cover> covers_of(storage::Reader& reader, PlanId plan)
{
    std::vector<Cover> covers;
    for (auto const& row : reader.query(plan_covers, plan))
        covers.push_back({ row.id<PlanNodeTag>(0), row.id<PlanNodeTag>(1) });
    return covers;
}

PlanRows rows_of(storage::Reader& reader, PlanId plan)
{
    PlanRows found;
    for (auto const& row : reader.query(rows_and_covers, plan)) {
        if (auto const id = row.id<PlanNodeTag>(0); found.nodes.empty() || found.nodes.back().id != id) {
            found.nodes.push_back(read_node(row, 0));
            found.sources.push_back(row.text(node_columns));
        }
        if (auto const covered = row.id<PlanNodeTag>(node_columns + 1))
            found.covers.push_back({ found.nodes.back().id, covered });
    }
    return found;
}

std::vector<StoredDeliverable> deliverables_of_plan(storage::Reader& reader, PlanId plan)
{
    std::vector<StoredDeliverable> found;
    for (auto const& row : reader.query(plan_deliverables, plan))
        found.push_back({ read_deliverable(row, 0), row.yes(deliverable_columns) });
    return found;
}

void hold_deliverables(storage::Transaction& transaction, PlanId plan) { transaction.execute(hold, plan); }

void hold_deliverable(storage::Transaction& transaction, DeliverableId id) { transaction.execute(hold_one, id); }

std::optional<PlanId> insert_plan(storage::Transaction& transaction, SubjectId id, UnitId unit, int year, PlanKind kind,
    Tree const& tree, PlanId adopted_from)
{
    auto row = transaction.first(add_plan, id, unit, year, to_text(kind), tree.title, tree.decree.number, tree.decree.decided_on,
        tree.decree.place, tree.decree.signatory_name, tree.decree.signatory_role, tree.decree_text, adopted_from);
    return row ? std::optional { row->id<PlanTag>(0) } : std::nullopt;
}

void insert_deliverable(storage::Transaction& transaction, SubjectId id, PlanId plan, PlanNodeId node, Span const& span,
    time::Zone zone, time::Instant now)
{
    auto change = passes_at(span.due_on, zone);
    bool const passed = change <= now;
    transaction.execute(add_deliverable, id, plan, node, span.starts_on, span.ends_on, span.due_on, passed,
        passed ? std::nullopt : std::optional { change });
}

void move_deliverable(storage::Transaction& transaction, DeliverableId id, PlanNodeId node, Span const& span, time::Zone zone,
    time::Instant now)
{
    auto change = passes_at(span.due_on, zone);
    bool const passed = change <= now;
    transaction.execute(place_deliverable, id, node, span.starts_on, span.ends_on, span.due_on, passed,
        passed ? std::nullopt : std::optional { change });
}

void delete_deliverable(storage::Transaction& transaction, DeliverableId id)
{
    transaction.execute(drop_deliverable, id);
    transaction.execute(drop_subject, id);
}

void save_progress(storage::Transaction& transaction, Deliverable const& deliverable)
{
    transaction.execute(write_progress, deliverable.id, deliverable.note, deliverable.submitted_by, deliverable.submitted_at,
        deliverable.decided_by, deliverable.decided_at, deliverable.reason, deliverable.proofs);
    transaction.execute(change_subject, deliverable.id, to_text(deliverable.state));
}

}
