#include "plan/panel.hpp"
#include "account/access.hpp"
#include "plan/desk.hpp"
#include "plan/plan_store.hpp"
#include "plan/proposal_sql.hpp"
#include "plan/verifier_sql.hpp"
#include <algorithm>

namespace kpuhub::plan {

using storage::Query;

constexpr Query panel_head { "plan.panel_head",
    "SELECT " KPUHUB_PLAN_COLUMNS "," KPUHUB_NODE_COLUMNS "," KPUHUB_DELIVERABLE_COLUMNS ", " KPUHUB_MAY("p.unit_id", "'plan.manage'")
    ", " KPUHUB_MAY("p.unit_id", "'plan.work_any'") ", " KPUHUB_MAY("p.unit_id", "'plan.comment'")
    ", " KPUHUB_MAY("p.unit_id", "'evidence.release'") ", u.code,"
    " (SELECT hn.name FROM unit_name hn WHERE hn.unit_id = p.unit_id AND hn.valid_from <= $2 ORDER BY hn.valid_from DESC LIMIT 1),"
    " CASE WHEN " KPUHUB_MAY("p.unit_id", "'plan.work'")
    "   AND EXISTS (SELECT 1 FROM appointment oa JOIN post ob ON ob.id = oa.post_id"
    "     WHERE oa.person_id = $1 AND oa.valid_from <= $2 AND oa.valid_to >= $2"
    "       AND (ob.id = n.owner_post_id OR ob.subdivision_id = n.owner_subdivision_id)) THEN 1 ELSE 0 END,"
    " COALESCE(op.title, os.name, ''), n.source, COALESCE(sb.name, ''), COALESCE(db.name, ''),"
    " up.level, up.number, up.body, ua.level, ua.number, ua.body, ut.body,"
    " (SELECT b.subject_id FROM deliverable b WHERE b.node_id = d.node_id AND (b.due_on < d.due_on"
    "     OR (b.due_on = d.due_on AND b.subject_id < d.subject_id)) ORDER BY b.due_on DESC, b.subject_id DESC LIMIT 1),"
    " (SELECT b.subject_id FROM deliverable b WHERE b.node_id = d.node_id AND (b.due_on > d.due_on"
    "     OR (b.due_on = d.due_on AND b.subject_id > d.subject_id)) ORDER BY b.due_on, b.subject_id LIMIT 1)"
    " FROM deliverable d JOIN subject sd ON sd.id = d.subject_id"
    " JOIN plan_node n ON n.subject_id = d.node_id AND n.removed_at IS NULL"
    " JOIN plan p ON p.subject_id = d.plan_id JOIN subject sp ON sp.id = p.subject_id JOIN unit u ON u.id = p.unit_id"
    " LEFT JOIN plan_node up ON up.subject_id = n.parent_id LEFT JOIN plan_node ua ON ua.subject_id = up.parent_id"
    " LEFT JOIN plan_node ut ON ut.subject_id = ua.parent_id"
    " LEFT JOIN post op ON op.id = n.owner_post_id LEFT JOIN subdivision os ON os.id = n.owner_subdivision_id"
    " LEFT JOIN person sb ON sb.id = d.submitted_by LEFT JOIN person db ON db.id = d.decided_by"
    " WHERE d.subject_id = $3 AND " KPUHUB_MAY("p.unit_id", "'plan.read'") };
#define KPUHUB_NULL "CAST(NULL AS BIGINT), "
#define KPUHUB_NO_TEXT "CAST(NULL AS TEXT), "
#define KPUHUB_NO_LINE \
    "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL," \
    " NULL, NULL, NULL, NULL, NULL, NULL,"
// The lines of the checklist (0), then who may verify and who may not (1) in the columns behind them; there too what the rows are about (2),
// what proposes itself as proof (3), registers in use (4) and published ones (5): the page has statements for no more.
constexpr Query panel_lines { "plan.panel_lines",
    "SELECT 0," KPUHUB_NODE_COLUMNS ", i.answer, i.fulfilled, i.numerator, i.denominator, w.name, i.written_at, "
    KPUHUB_NULL KPUHUB_NULL KPUHUB_NULL KPUHUB_NULL KPUHUB_NULL KPUHUB_NO_TEXT KPUHUB_NULL KPUHUB_NO_TEXT KPUHUB_NO_TEXT " CAST(NULL AS BIGINT)"
    " FROM plan_node n LEFT JOIN deliverable_item i ON i.deliverable_id = $3 AND i.node_id = n.subject_id"
    " LEFT JOIN person w ON w.id = i.written_by"
    " WHERE n.plan_id = $5 AND n.level = 'indicator' AND n.removed_at IS NULL"
    "   AND (n.subject_id = $4 OR n.parent_id = $4 OR i.node_id IS NOT NULL"
    "        OR n.subject_id IN (SELECT c.indicator_id FROM plan_cover c WHERE c.subactivity_id = $4))"
    " UNION ALL SELECT 1, " KPUHUB_NO_LINE " o.* FROM (" KPUHUB_VERIFIER_CANDIDATES("$1") " UNION ALL" KPUHUB_INVOLVED_IN("$3") ") o"
    " UNION ALL SELECT 2, " KPUHUB_NO_LINE " t.node_id, NULL, NULL, NULL, NULL, t.kind, NULL, t.target, t.how, NULL"
    "   FROM plan_node_target t JOIN plan_node b ON b.subject_id = t.node_id AND b.removed_at IS NULL WHERE b.plan_id = $5"
    "    AND (b.subject_id = $4 OR b.parent_id = $4 OR b.subject_id IN (SELECT c.indicator_id FROM plan_cover c WHERE c.subactivity_id = $4))"
    " UNION ALL SELECT 3, " KPUHUB_NO_LINE " q.node_id, q.record_id, NULL, NULL, NULL, q.title, NULL, q.day, '', NULL"
    "   FROM (SELECT DISTINCT t.node_id, r.record_id, r.title, r.day" KPUHUB_PROPOSALS_OF_DELIVERABLE " WHERE d.subject_id = $3 AND " KPUHUB_PROPOSED ") q"
    " UNION ALL SELECT 4, " KPUHUB_NO_LINE " NULL, NULL, NULL, NULL, NULL, u.register, NULL, '', '', NULL FROM register_use u WHERE u.unit_id = $1 AND u.state = 'on'"
    " UNION ALL SELECT 5, " KPUHUB_NO_LINE " v.version, NULL, NULL, NULL, NULL, v.register, NULL, v.hash, '', NULL FROM register_definition v"
    "   WHERE v.version = (SELECT max(m.version) FROM register_definition m WHERE m.register = v.register)"
    " ORDER BY 1, 6, 32, 36, 37" };

constexpr std::size_t item_column = 1;
constexpr std::size_t verifier_column = item_column + node_columns + 6;
// Of parts 2 to 5: numbers, then texts, among the columns of a verifier.
constexpr std::size_t bound_number = verifier_column, bound_record = verifier_column + 1, bound_name = verifier_column + 5, bound_id = verifier_column + 7,
                      bound_how = verifier_column + 8;

static void read_above(Panel& panel, storage::Row const& row, std::size_t column)
{
    auto place = [&](std::size_t level) {
        if (row.is_null(level))
            return;
        auto found = from_text<Level>(row.text(level));
        if (found == Level::Activity) {
            panel.activity_number = row.text(level + 1);
            panel.activity_text = row.text(level + 2);
        } else if (found == Level::Area) {
            panel.area_text = row.text(level + 2);
        } else if (found == Level::Subactivity) {
            panel.subactivity_text = row.text(level + 2);
        }
    };
    place(column);
    place(column + 3);
    if (panel.area_text.empty())
        panel.area_text = row.text_or_empty(column + 6);
}

static Panel read_panel(storage::Row const& row)
{
    Panel panel;
    panel.head.plan = read_plan(row, 0);
    panel.node = read_node(row, plan_columns);
    panel.deliverable = read_deliverable(row, plan_columns + node_columns);
    auto column = plan_columns + node_columns + deliverable_columns;
    panel.head.rights = { row.yes(column), row.yes(column + 1), row.yes(column + 2), row.yes(column + 3), false };
    panel.head.unit_code = row.text(column + 4);
    panel.head.unit_name = row.text_or_empty(column + 5);
    panel.owns_it = row.yes(column + 6);
    panel.may_work = panel.owns_it || panel.head.rights.work_any;
    panel.owner = row.text(column + 7);
    panel.source = row.text(column + 8);
    panel.submitted_by = row.text(column + 9);
    panel.decided_by = row.text(column + 10);
    read_above(panel, row, column + 11);
    panel.previous = row.id<DeliverableTag>(column + 18);
    panel.next = row.id<DeliverableTag>(column + 19);
    return panel;
}

static PanelItem read_item(storage::Row const& row)
{
    constexpr auto answer_column = item_column + node_columns;
    PanelItem item;
    item.node = read_node(row, item_column);
    item.item.node = item.node.id;
    item.answered = !row.is_null(answer_column);
    if (item.answered) {
        item.item.answer = from_text<Answer>(row.text(answer_column)).value_or(Answer::NotReported);
        item.item.fulfilled = row.yes(answer_column + 1);
        item.item.numerator = row.optional_integer(answer_column + 2);
        item.item.denominator = row.optional_integer(answer_column + 3);
        item.written_by = row.text_or_empty(answer_column + 4);
        item.written_at = row.optional_instant(answer_column + 5);
    }
    return item;
}

/// What the rows are about and what may prove them.
static void read_binding(storage::Reader& reader, Panel& panel, std::span<storage::Row const> rows)
{
    constexpr int targets = 2, proposals = 3, uses = 4;
    std::vector<definition::PublishedText> published;
    for (auto const& row : rows) {
        auto const part = row.integer(0);
        if (part == targets)
            panel.targets.push_back({ row.id<PlanNodeTag>(bound_number), row.text(bound_name), row.text(bound_id), bound_by(row.text(bound_how)), {} });
        else if (part == proposals)
            panel.proposals.push_back({ panel.deliverable.id, row.id<PlanNodeTag>(bound_number), row.id<SubjectTag>(bound_record),
                row.optional_date(bound_id).value_or(time::Date {}), row.text(bound_name) });
        else if (part == uses)
            panel.registers_on.insert(row.text(bound_name));
        else
            published.push_back({ row.text(bound_name), row.integer(bound_number), row.text(bound_id) });
    }
    panel.offer = definition::offer(reader, published);
}

Result<Panel> panel(storage::Reader& reader, PersonId person, time::Date today, DeliverableId id)
{
    auto row = reader.first(panel_head, person, today, id);
    if (!row)
        return not_found();
    auto panel = read_panel(*row);
    auto const lines = reader.query(panel_lines, panel.head.plan.unit, today, id, panel.node.id, panel.head.plan.id);
    std::span rest { lines };
    for (; !rest.empty() && rest.front().integer(0) == 0; rest = rest.subspan(1))
        panel.items.push_back(read_item(rest.front()));
    auto const behind = std::ranges::find_if(rest, [](storage::Row const& row) { return row.integer(0) > 1; }) - rest.begin();
    panel.verifier = verifier_in(rest.first(static_cast<std::size_t>(behind)), verifier_column, panel.node);
    read_binding(reader, panel, rest.subspan(static_cast<std::size_t>(behind)));
    return panel;
}

}
