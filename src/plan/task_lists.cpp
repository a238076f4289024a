#include "plan/task_lists.hpp"
#include "account/access.hpp"
#include "evidence/unsorted_sql.hpp"
#include "plan/desk.hpp"
#include "plan/plan_store.hpp"
#include <algorithm>
#include <map>
#include <set>

#define KPUHUB_LINE_COLUMNS \
    "SELECT " KPUHUB_PLAN_COLUMNS "," KPUHUB_NODE_COLUMNS "," KPUHUB_DELIVERABLE_COLUMNS ", COALESCE(op.title, os.short_name, '')," \
    " COALESCE((SELECT min(hp.name) FROM appointment ha JOIN person hp ON hp.id = ha.person_id JOIN post ho ON ho.id = ha.post_id" \
    "    WHERE ha.valid_from <= $2 AND ha.valid_to >= $2 AND (ho.id = n.owner_post_id" \
    "      OR (n.owner_post_id IS NULL AND ho.kind = 'head' AND ho.subdivision_id = n.owner_subdivision_id))), '')," \
    " COALESCE(up.number, ''), COALESCE(sb.name, ''), "
#define KPUHUB_LINE_TABLES \
    " FROM subject sd JOIN deliverable d ON d.subject_id = sd.id" \
    " JOIN plan_node n ON n.subject_id = d.node_id AND n.removed_at IS NULL" \
    " JOIN plan p ON p.subject_id = d.plan_id JOIN subject sp ON sp.id = p.subject_id AND sp.state <> 'closed'" \
    " LEFT JOIN plan_node up ON up.subject_id = n.parent_id" \
    " LEFT JOIN post op ON op.id = n.owner_post_id LEFT JOIN subdivision os ON os.id = n.owner_subdivision_id" \
    " LEFT JOIN person sb ON sb.id = d.submitted_by"
#define KPUHUB_LINES KPUHUB_LINE_COLUMNS "count(*) OVER ()" KPUHUB_LINE_TABLES
#define KPUHUB_OPEN "sd.state IN ('scheduled', 'under_way', 'returned')"
#define KPUHUB_OWN_WORK \
    "n.authority = 'office' AND n.tentative = 0 AND n.applies = 1 AND (n.months_certain = 1 OR n.working_months IS NOT NULL)"
#define KPUHUB_MINE \
    "sd.kind = 'deliverable' AND sd.unit_id IN (SELECT b.unit_id FROM appointment a JOIN post b ON b.id = a.post_id" \
    "    WHERE a.person_id = $1 AND a.valid_from <= $2 AND a.valid_to >= $2)" \
    " AND (n.owner_post_id IN (SELECT a.post_id FROM appointment a" \
    "    WHERE a.person_id = $1 AND a.valid_from <= $2 AND a.valid_to >= $2)" \
    "  OR n.owner_subdivision_id IN (SELECT b.subdivision_id FROM appointment a JOIN post b ON b.id = a.post_id" \
    "    WHERE a.person_id = $1 AND a.valid_from <= $2 AND a.valid_to >= $2 AND b.subdivision_id IS NOT NULL))"
#define KPUHUB_LATE \
    "d.due_on < $2 AND sp.state = 'fixed' AND (p.decided_on IS NULL OR d.due_on >= p.decided_on)"
#define KPUHUB_UNOWNED "n.owner_post_id IS NULL AND n.owner_subdivision_id IS NULL"
#define KPUHUB_OF_UNIT "sd.unit_id = $3 AND sd.kind = 'deliverable' AND " KPUHUB_MAY("sd.unit_id", "'plan.read'")

namespace kpuhub::plan {

using storage::Query;

constexpr Query tasks { "plan.tasks_of", KPUHUB_LINES
    " WHERE " KPUHUB_MINE " AND (sd.state = 'returned' OR (" KPUHUB_OPEN " AND d.due_on <= $3 AND " KPUHUB_OWN_WORK "))"
    " ORDER BY d.due_on, n.place, d.subject_id LIMIT $4" };
// The two lists of one person out of one reading: what was returned stands in both, each with its own order and count.
constexpr Query own_lines { "plan.own_work", "SELECT * FROM (" KPUHUB_LINE_COLUMNS
    "count(*) OVER () AS of_tasks, sum(CASE WHEN sd.state = 'returned' THEN 1 ELSE 0 END) OVER () AS of_returned,"
    " row_number() OVER (ORDER BY d.due_on, n.place, d.subject_id) AS task_place,"
    " CASE WHEN sd.state = 'returned' THEN row_number() OVER (PARTITION BY CASE WHEN sd.state = 'returned' THEN 1 ELSE 0 END"
    " ORDER BY d.decided_at, d.subject_id) ELSE 0 END AS returned_place"
    KPUHUB_LINE_TABLES
    " WHERE " KPUHUB_MINE " AND (sd.state = 'returned' OR (" KPUHUB_OPEN " AND d.due_on <= $3 AND " KPUHUB_OWN_WORK "))"
    ") x WHERE x.task_place <= $4 OR (x.returned_place > 0 AND x.returned_place <= $4) ORDER BY x.task_place" };
constexpr Query returned { "plan.returned_to", KPUHUB_LINES
    " WHERE " KPUHUB_MINE " AND sd.state = 'returned' ORDER BY d.decided_at, d.subject_id LIMIT $3" };
constexpr Query late_lines { "plan.late_rows", KPUHUB_LINES
    " WHERE " KPUHUB_OF_UNIT " AND " KPUHUB_OPEN " AND " KPUHUB_LATE " AND " KPUHUB_OWN_WORK
    " AND (CAST($4 AS BIGINT) < 0 OR n.area_no = $4) AND (CAST($5 AS BIGINT) = 0 OR n.owner_subdivision_id = $5)"
    " ORDER BY d.due_on, n.place, d.subject_id LIMIT $6" };
constexpr Query due_lines { "plan.due_between", KPUHUB_LINES
    " WHERE " KPUHUB_OF_UNIT " AND " KPUHUB_OPEN " AND d.due_on >= $4 AND d.due_on <= $5 AND " KPUHUB_OWN_WORK
    " AND (CAST($6 AS BIGINT) = 0 OR n.owner_subdivision_id = $6)"
    " ORDER BY d.due_on, n.place, d.subject_id LIMIT $7" };
// What waits for verification (2), what is late (1) and what falls due until $4 (0): each in its own order with its own count, at most $5
// lines of the latter two.
#define KPUHUB_LINE_KIND "CASE WHEN sd.state = 'submitted' THEN 2 WHEN d.due_on < $2 THEN 1 ELSE 0 END"
constexpr Query unit_lines { "plan.unit_work", "SELECT * FROM (" KPUHUB_LINE_COLUMNS
    "count(*) OVER (PARTITION BY " KPUHUB_LINE_KIND ") AS of_kind, " KPUHUB_LINE_KIND " AS kind,"
    " row_number() OVER (PARTITION BY " KPUHUB_LINE_KIND
    " ORDER BY CASE WHEN sd.state = 'submitted' THEN d.submitted_at ELSE 0 END, d.due_on, n.place, d.subject_id) AS position"
    KPUHUB_LINE_TABLES
    " WHERE " KPUHUB_OF_UNIT " AND (sd.state = 'submitted' OR (" KPUHUB_OPEN " AND " KPUHUB_OWN_WORK
    " AND ((d.due_on >= $2 AND d.due_on <= $4) OR (" KPUHUB_LATE "))))"
    ") x WHERE x.position <= CASE WHEN x.kind = 2 THEN 2000 ELSE $5 END ORDER BY x.kind DESC, x.position" };
constexpr Query submitted_lines { "plan.submitted_lines", KPUHUB_LINES
    " WHERE " KPUHUB_OF_UNIT " AND sd.state = 'submitted' ORDER BY d.submitted_at, d.subject_id LIMIT 2000" };
// A line stands once for each of its proofs.
constexpr Query submitted_with_proofs { "plan.submitted_with_proofs", "SELECT x.*, " KPUHUB_BRIEF_PROOF_COLUMNS " FROM (" KPUHUB_LINE_COLUMNS
    "count(*) OVER () AS in_all, d.subject_id AS deliverable, d.submitted_at AS waits_since" KPUHUB_LINE_TABLES
    " WHERE " KPUHUB_OF_UNIT " AND sd.state = 'submitted' ORDER BY d.submitted_at, d.subject_id LIMIT 2000) x" KPUHUB_BRIEF_PROOFS_OF("x.deliverable")
    " ORDER BY x.waits_since, x.deliverable, l.id" };

constexpr Query unowned_lines { "plan.unowned", KPUHUB_LINES
    " WHERE " KPUHUB_OF_UNIT " AND " KPUHUB_OPEN " AND " KPUHUB_OWN_WORK " AND " KPUHUB_UNOWNED
    " ORDER BY d.due_on, n.place, d.subject_id LIMIT $4" };
constexpr Query open_counts { "plan.open_work",
    "SELECT 0, n.owner_subdivision_id, sum(CASE WHEN " KPUHUB_LATE " THEN 1 ELSE 0 END),"
    " sum(CASE WHEN d.due_on >= $2 AND d.due_on <= $4 THEN 1 ELSE 0 END),"
    " sum(CASE WHEN d.due_on >= $2 AND d.due_on <= $4 AND d.proofs = 0 THEN 1 ELSE 0 END),"
    " sum(CASE WHEN d.due_on >= $2 AND d.due_on <= $5 THEN 1 ELSE 0 END),"
    " sum(CASE WHEN " KPUHUB_UNOWNED " THEN 1 ELSE 0 END)"
    " FROM subject sd JOIN deliverable d ON d.subject_id = sd.id"
    " JOIN plan_node n ON n.subject_id = d.node_id AND n.removed_at IS NULL"
    " JOIN plan p ON p.subject_id = d.plan_id JOIN subject sp ON sp.id = p.subject_id AND sp.state <> 'closed'"
    " WHERE " KPUHUB_OF_UNIT " AND " KPUHUB_OPEN " AND " KPUHUB_OWN_WORK
    " GROUP BY n.owner_subdivision_id"
    " UNION ALL SELECT 1, NULL," KPUHUB_UNSORTED_COUNTS ", 0, 0, 0" KPUHUB_UNSORTED_IN("$3") " ORDER BY 1, 2" };

constexpr auto words_column = plan_columns + node_columns + deliverable_columns;
constexpr auto total_column = words_column + 4;

static void add_line(WorkLines& lines, storage::Row const& row)
{
    lines.lines.push_back({ read_plan(row, 0), read_node(row, plan_columns), read_deliverable(row, plan_columns + node_columns),
        row.text(words_column), row.text(words_column + 1), row.text(words_column + 2), row.text(words_column + 3) });
    lines.total = row.integer(total_column);
}

static WorkLines read_lines(storage::Rows const& rows)
{
    WorkLines found;
    for (auto const& row : rows)
        add_line(found, row);
    return found;
}

WorkLines tasks_of(storage::Reader& reader, PersonId person, time::Date today, time::Date due_until, int limit)
{
    return read_lines(reader.query(tasks, person, today, due_until, limit));
}

OwnWork own_work(storage::Reader& reader, PersonId person, time::Date today, time::Date due_until, int limit)
{
    constexpr auto returned_total = total_column + 1, task_place = total_column + 2, returned_place = total_column + 3;
    OwnWork found;
    std::map<std::int64_t, WorkLine> returned_lines;
    for (auto const& row : reader.query(own_lines, person, today, due_until, limit)) {
        WorkLines one;
        add_line(one, row);
        found.tasks.total = one.total;
        found.returned.total = row.integer(returned_total);
        if (auto const place = row.integer(returned_place); place > 0 && place <= limit)
            returned_lines.emplace(place, one.lines.front());
        if (row.integer(task_place) <= limit)
            found.tasks.lines.push_back(std::move(one.lines.front()));
    }
    for (auto& [place, line] : returned_lines)
        found.returned.lines.push_back(std::move(line));
    return found;
}

WorkLines returned_to(storage::Reader& reader, PersonId person, time::Date today, int limit)
{
    return read_lines(reader.query(returned, person, today, limit));
}

WorkLines late_rows(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, std::optional<int> area_no,
    SubdivisionId subdivision, int limit)
{
    return read_lines(reader.query(late_lines, person, today, unit, area_no.value_or(-1), subdivision.value, limit));
}

WorkLines due_between(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, time::Date from, time::Date until,
    SubdivisionId subdivision, int limit)
{
    return read_lines(reader.query(due_lines, person, today, unit, from, until, subdivision.value, limit));
}

UnitLines unit_work(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, time::Date until, int limit)
{
    UnitLines found;
    WorkLines* const of_kind[] = { &found.due, &found.late, &found.submitted };
    for (auto const& row : reader.query(unit_lines, person, today, unit, until, limit))
        add_line(*of_kind[row.integer(total_column + 1)], row);
    return found;
}

static WorkLines only(WorkLines all, std::vector<DeliverableId> const& ids, int limit)
{
    std::set<DeliverableId> wanted(ids.begin(), ids.end());
    std::erase_if(all.lines, [&](WorkLine const& line) { return !wanted.contains(line.deliverable.id); });
    all.total = static_cast<std::int64_t>(all.lines.size());
    if (all.lines.size() > static_cast<std::size_t>(limit))
        all.lines.erase(all.lines.begin() + limit, all.lines.end());
    return all;
}

WaitingWithProofs waiting_with_proofs(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, int limit)
{
    constexpr auto first_proof = total_column + 3;
    auto ids = desk_of(reader, unit, today).waiting_for(person);
    if (ids.empty())
        return {};
    WorkLines all;
    WaitingWithProofs found;
    for (auto const& row : reader.query(submitted_with_proofs, person, today, unit)) {
        auto const id = row.id<DeliverableTag>(total_column + 1);
        if (all.lines.empty() || all.lines.back().deliverable.id != id)
            add_line(all, row);
        evidence::add_brief_proof(found.proofs[subject_of(id)], row, first_proof);
    }
    found.waiting = only(std::move(all), ids, limit);
    return found;
}

static DeskLines lines_on(Desk const& desk, PersonId person, WorkLines submitted, int limit)
{
    auto waiting = only(submitted, desk.waiting_for(person), limit);
    return { std::move(waiting), only(std::move(submitted), desk.without_verifier(), limit) };
}

DeskLines desk_lines(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, WorkLines submitted, int limit)
{
    if (submitted.lines.empty())
        return {};
    return lines_on(desk_of(reader, unit, today), person, std::move(submitted), limit);
}

DeskLines desk_lines(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, int limit)
{
    auto desk = desk_of(reader, unit, today);
    if (desk.open.empty())
        return {};
    return lines_on(desk, person, read_lines(reader.query(submitted_lines, person, today, unit)), limit);
}

WorkLines unowned(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, int limit)
{
    return read_lines(reader.query(unowned_lines, person, today, unit, limit));
}

OfficeWork office_work(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, OpenUntil const& until)
{
    OfficeWork found;
    for (auto const& row : reader.query(open_counts, person, today, unit, until.soon, until.month)) {
        if (row.yes(0))
            found.unsorted = { row.integer(2), row.integer(3) };
        else
            found.open.push_back({ row.id<SubdivisionTag>(1), row.integer(2), row.integer(3), row.integer(4), row.integer(5), row.integer(6) });
    }
    return found;
}

template<typename Wanted>
static std::vector<BoardRow const*> rows_where(Board const& board, Wanted const& wanted)
{
    std::vector<Node> nodes;
    for (auto const& row : board.rows)
        nodes.push_back(row.node);
    std::vector<BoardRow const*> found;
    for (auto const& bearer : bearers(nodes, board.covers)) {
        auto row = std::ranges::find(board.rows, bearer.node, [](BoardRow const& each) { return each.node.id; });
        if (row != board.rows.end() && wanted(*row, bearer))
            found.push_back(&*row);
    }
    return found;
}

std::vector<BoardRow const*> rows_without_owner(Board const& board)
{
    return rows_where(board, [](BoardRow const& row, Bearer const&) { return !row.node.owned(); });
}

std::vector<BoardRow const*> rows_without_schedule(Board const& board)
{
    return rows_where(board, [](BoardRow const& row, Bearer const& bearer) { return bearer.months.none() || row.node.months_open(); });
}

}
