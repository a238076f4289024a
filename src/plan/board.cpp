#include "plan/board.hpp"
#include "account/access.hpp"
#include "plan/plan_store.hpp"
#include "plan/shared_proof_sql.hpp"
#include <algorithm>
#include <map>

#define KPUHUB_HEAD \
    "SELECT " KPUHUB_PLAN_COLUMNS ", " KPUHUB_MAY("p.unit_id", "'plan.manage'") ", " KPUHUB_MAY("p.unit_id", "'plan.work_any'") \
    ", " KPUHUB_MAY("p.unit_id", "'plan.comment'") ", " KPUHUB_MAY("p.unit_id", "'evidence.release'") \
    ", " KPUHUB_MAY("p.unit_id", "'plan.publish_model'") ", u.code," \
    " (SELECT hn.name FROM unit_name hn WHERE hn.unit_id = p.unit_id AND hn.valid_from <= $2 ORDER BY hn.valid_from DESC LIMIT 1)," \
    " p.place, p.signatory_name, p.signatory_role, p.fixed_at, p.adopted_from" \
    " FROM plan p JOIN subject sp ON sp.id = p.subject_id JOIN unit u ON u.id = p.unit_id"

namespace kpuhub::plan {

using storage::Query;

constexpr Query head_by_year { "plan.head_by_year", KPUHUB_HEAD
    " WHERE p.unit_id = $3 AND p.year = $4 AND p.plan_kind = $5 AND " KPUHUB_MAY("p.unit_id", "'plan.read'") };
constexpr Query head_by_id { "plan.head_by_id", KPUHUB_HEAD
    " WHERE p.subject_id = $3 AND " KPUHUB_MAY("p.unit_id", "'plan.read'") };
constexpr Query heads_of_unit { "plan.heads_of_unit", KPUHUB_HEAD
    " WHERE p.unit_id = $3 AND " KPUHUB_MAY("p.unit_id", "'plan.read'") " ORDER BY p.year DESC, p.plan_kind" };
constexpr Query heads_by_code { "plan.heads_by_code", KPUHUB_HEAD
    " WHERE u.code = $3 AND " KPUHUB_MAY("p.unit_id", "'plan.read'") " ORDER BY p.year DESC, p.plan_kind" };
constexpr Query models_above { "plan.models_above",
    "SELECT " KPUHUB_PLAN_COLUMNS ", 0, 0, 0, 0, 0, u.code,"
    " (SELECT hn.name FROM unit_name hn WHERE hn.unit_id = p.unit_id AND hn.valid_from <= $2 ORDER BY hn.valid_from DESC LIMIT 1),"
    " p.place, p.signatory_name, p.signatory_role, p.fixed_at, p.adopted_from"
    " FROM unit_scope s JOIN plan p ON p.unit_id = s.ancestor_id AND p.plan_kind = 'model' AND p.published = 1"
    " JOIN subject sp ON sp.id = p.subject_id JOIN unit u ON u.id = p.unit_id"
    " WHERE s.unit_id = $1 AND s.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $2)"
    " ORDER BY p.year DESC, s.depth" };
constexpr Query board_rows { "plan.board_rows",
    "SELECT " KPUHUB_NODE_COLUMNS ", COALESCE(op.title, os.short_name, ''), n.search,"
    " CASE WHEN n.owner_post_id IN (SELECT a.post_id FROM appointment a"
    "            WHERE a.person_id = $1 AND a.valid_from <= $2 AND a.valid_to >= $2)"
    "        OR n.owner_subdivision_id IN (SELECT b.subdivision_id FROM appointment a JOIN post b ON b.id = a.post_id"
    "            WHERE a.person_id = $1 AND a.valid_from <= $2 AND a.valid_to >= $2 AND b.subdivision_id IS NOT NULL)"
    "      THEN 1 ELSE 0 END, " KPUHUB_SHARED_COUNT
    " FROM plan_node n JOIN plan bp ON bp.subject_id = n.plan_id LEFT JOIN post op ON op.id = n.owner_post_id LEFT JOIN subdivision os ON os.id = n.owner_subdivision_id"
    " WHERE n.plan_id = $3 AND n.removed_at IS NULL ORDER BY n.place, n.subject_id" };
// What is owed and, without a due day, which indicator covers which sub-activity.
constexpr Query board_deliverables { "plan.board_deliverables", "SELECT " KPUHUB_DELIVERABLE_COLUMNS
    " FROM deliverable d JOIN subject sd ON sd.id = d.subject_id"
    " JOIN plan_node n ON n.subject_id = d.node_id AND n.removed_at IS NULL"
    " WHERE d.plan_id = $1"
    " UNION ALL SELECT c.indicator_id, c.subactivity_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"
    " FROM plan_cover c JOIN plan_node n ON n.subject_id = c.indicator_id AND n.removed_at IS NULL"
    " JOIN plan_node m ON m.subject_id = c.subactivity_id AND m.removed_at IS NULL"
    " WHERE n.plan_id = $1 ORDER BY 5, 1, 2" };
constexpr Query snapshots { "plan.snapshots_of", R"sql(
    SELECT s.revision, s.reason, s.taken_at, COALESCE(p.name, '') FROM plan_snapshot s LEFT JOIN person p ON p.id = s.taken_by
     WHERE s.plan_id = $1 ORDER BY s.revision DESC )sql" };

static PlanHead read_head(storage::Row const& row)
{
    constexpr auto after = plan_columns;
    return { read_plan(row, 0), { row.yes(after), row.yes(after + 1), row.yes(after + 2), row.yes(after + 3), row.yes(after + 4) },
        row.text(after + 5), row.text_or_empty(after + 6), row.text(after + 7), row.text(after + 8), row.text(after + 9),
        row.optional_instant(after + 10), row.id<PlanTag>(after + 11) };
}

static std::vector<PlanHead> read_heads(storage::Rows const& rows)
{
    std::vector<PlanHead> heads;
    for (auto const& row : rows)
        heads.push_back(read_head(row));
    return heads;
}

Result<PlanHead> find_plan(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, int year, PlanKind kind)
{
    auto row = reader.first(head_by_year, person, today, unit, year, to_text(kind));
    if (!row)
        return not_found("plan.none");
    return read_head(*row);
}

Result<PlanHead> find_plan(storage::Reader& reader, PersonId person, time::Date today, PlanId id)
{
    auto row = reader.first(head_by_id, person, today, id);
    if (!row)
        return not_found();
    return read_head(*row);
}

static Board with_rows(storage::Reader& reader, PersonId person, time::Date today, PlanHead head)
{
    Board board;
    auto id = head.plan.id;
    board.head = std::move(head);
    for (auto const& row : reader.query(board_rows, person, today, id))
        board.rows.push_back({ read_node(row, 0), row.text(node_columns), row.text(node_columns + 1),
            row.integer(node_columns + 3), row.yes(node_columns + 2) });
    constexpr std::size_t due_on = 4;
    for (auto const& row : reader.query(board_deliverables, id)) {
        if (row.is_null(due_on))
            board.covers.push_back({ row.id<PlanNodeTag>(0), row.id<PlanNodeTag>(1) });
        else
            board.deliverables.push_back(read_deliverable(row, 0));
    }
    std::map<PlanNodeId, std::int64_t> place;
    for (auto const& row : board.rows)
        place[row.node.id] = row.node.place;
    std::ranges::sort(board.covers, {}, [&](Cover const& cover) { return std::pair { place[cover.indicator], place[cover.subactivity] }; });
    return board;
}

Result<Board> board(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, int year)
{
    return with_rows(reader, person, today, TRY(find_plan(reader, person, today, unit, year)));
}

Result<Board> board(storage::Reader& reader, PersonId person, time::Date today, PlanId id)
{
    return with_rows(reader, person, today, TRY(find_plan(reader, person, today, id)));
}

std::vector<PlanHead> plans_of(storage::Reader& reader, PersonId person, time::Date today, UnitId unit)
{
    return read_heads(reader.query(heads_of_unit, person, today, unit));
}

std::vector<PlanHead> plans_of(storage::Reader& reader, PersonId person, time::Date today, std::string_view unit_code)
{
    return read_heads(reader.query(heads_by_code, person, today, unit_code));
}

std::vector<PlanHead> models_for(storage::Reader& reader, UnitId unit, time::Date today)
{
    return read_heads(reader.query(models_above, unit, today));
}

std::vector<SnapshotHead> snapshots_of(storage::Reader& reader, PlanId id)
{
    std::vector<SnapshotHead> found;
    for (auto const& row : reader.query(snapshots, id))
        found.push_back({ row.integer(0), row.text(1), row.instant(2), row.text(3) });
    return found;
}

}
