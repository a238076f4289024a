#include "report/records.hpp"
#include "plan/plan_marks.hpp"
#include "plan/progress.hpp"
#include <algorithm>

namespace kpuhub::report {

using plan::Deliverable;
using plan::Level;
using storage::Query;

constexpr Query plan_of_unit { "report.plan", R"sql(
    SELECT p.subject_id, s.state, p.title, p.number, p.decided_on FROM plan p JOIN subject s ON s.id = p.subject_id
     WHERE p.unit_id = $1 AND p.year = $2 AND p.plan_kind = 'office' )sql" };
constexpr Query rows_of_plan { "report.rows", R"sql(
    SELECT n.subject_id, n.parent_id, n.level, n.area_no, n.place, n.number, n.body, n.remark, n.authority, n.tentative, n.applies, n.printed_months, n.months_certain, n.working_months,
           COALESCE(op.title, os.short_name, ''),
           COALESCE((SELECT min(hp.name) FROM appointment ha JOIN person hp ON hp.id = ha.person_id JOIN post ho ON ho.id = ha.post_id
              WHERE ha.valid_from <= $2 AND ha.valid_to >= $2 AND (ho.id = n.owner_post_id
                OR (n.owner_post_id IS NULL AND ho.kind = 'head' AND ho.subdivision_id = n.owner_subdivision_id))), '')
      FROM plan_node n LEFT JOIN post op ON op.id = n.owner_post_id LEFT JOIN subdivision os ON os.id = n.owner_subdivision_id
     WHERE n.plan_id = $1 AND n.removed_at IS NULL ORDER BY n.place, n.subject_id )sql" };
constexpr Query dues_of_plan { "report.dues", R"sql(
    SELECT d.subject_id, d.node_id, d.starts_on, d.ends_on, d.due_on, s.state, d.proofs, d.note, d.submitted_at, d.reason
      FROM deliverable d JOIN subject s ON s.id = d.subject_id JOIN plan_node n ON n.subject_id = d.node_id AND n.removed_at IS NULL
     WHERE d.plan_id = $1 ORDER BY d.due_on, n.place, d.subject_id )sql" };

static Row read_row(storage::Row const& row)
{
    Row made;
    auto& node = made.node;
    node.id = row.id<PlanNodeTag>(0);
    node.parent = row.id<PlanNodeTag>(1);
    node.level = plan::from_text<Level>(row.text(2)).value_or(Level::Area);
    node.area_no = static_cast<int>(row.integer(3));
    node.place = row.integer(4);
    node.number = row.text(5);
    node.body = row.text(6);
    node.remark = row.text(7);
    node.authority = plan::from_text<plan::Authority>(row.text(8)).value_or(plan::Authority::Office);
    node.tentative = row.yes(9);
    node.applies = row.yes(10);
    node.printed = { static_cast<std::uint16_t>(row.integer(11)) };
    node.months_certain = row.yes(12);
    if (!row.is_null(13))
        node.working = plan::Months { static_cast<std::uint16_t>(row.integer(13)) };
    made.owner = row.text(14);
    made.person = row.text(15);
    return made;
}

static Deliverable read_due(storage::Row const& row)
{
    Deliverable due;
    due.id = row.id<DeliverableTag>(0);
    due.node = row.id<PlanNodeTag>(1);
    due.starts_on = row.date(2);
    due.ends_on = row.date(3);
    due.due_on = row.date(4);
    due.state = plan::from_text<plan::State>(row.text(5)).value_or(plan::State::Scheduled);
    due.proofs = row.integer(6);
    due.note = row.text(7);
    due.submitted_at = row.optional_instant(8);
    due.reason = row.text(9);
    return due;
}

Records live_records(storage::Reader& reader, UnitId unit, int year, time::Date as_of)
{
    Records found;
    found.as_of = as_of;
    auto const head = reader.first(plan_of_unit, unit, year);
    if (!head)
        return found;
    found.plan.id = head->id<PlanTag>(0);
    found.plan.unit = unit;
    found.plan.year = year;
    found.plan.state = plan::from_text<plan::PlanState>(head->text(1)).value_or(plan::PlanState::Draft);
    found.plan.title = head->text(2);
    found.plan.number = head->text(3);
    found.plan.decided_on = head->optional_date(4);
    for (auto const& row : reader.query(rows_of_plan, found.plan.id, as_of))
        found.rows.push_back(read_row(row));
    for (auto const& row : reader.query(dues_of_plan, found.plan.id))
        found.dues.push_back(read_due(row));
    found.index();
    return found;
}

void Records::index()
{
    places.clear();
    for (std::size_t i = 0; i < rows.size(); ++i)
        places[rows[i].node.id] = i;
}

Row const* Records::row_of(PlanNodeId id) const
{
    auto const found = places.find(id);
    return found == places.end() ? nullptr : &rows[found->second];
}

Row const* Records::above(Row const& row, Level level) const
{
    auto const* at = &row;
    for (int steps = 0; at != nullptr && at->node.level != level && steps < 8; ++steps)
        at = row_of(at->node.parent);
    return at;
}

bool Records::apart(Deliverable const& due) const
{
    auto const* row = row_of(due.node);
    return row == nullptr || plan::apart(row->node, due.state);
}

bool Records::backfilled(Deliverable const& due) const { return plan::backfilled(plan, due.due_on); }

bool Records::late(Deliverable const& due) const
{
    auto const* row = row_of(due.node);
    return row != nullptr && plan::late(plan, row->node, due, as_of);
}

std::vector<AreaFigure> by_area(Records const& records)
{
    std::map<int, AreaFigure> found;
    for (auto const& due : records.dues) {
        if (records.apart(due))
            continue;
        auto const* row = records.row_of(due.node);
        auto& area = found[row->node.area_no];
        if (area.name.empty()) {
            auto const* top = records.above(*row, Level::Area);
            area.area_no = row->node.area_no;
            area.name = top == nullptr ? std::string { "Lainnya" } : top->node.body;
        }
        bool const verified = due.state == plan::State::Verified;
        ++area.all;
        area.due += due.due_on < records.as_of || verified ? 1 : 0;
        area.verified += verified ? 1 : 0;
        area.late += records.late(due) ? 1 : 0;
    }
    std::vector<AreaFigure> all;
    for (auto& [number, area] : found)
        all.push_back(std::move(area));
    return all;
}

AreaFigure in_all(std::vector<AreaFigure> const& areas)
{
    AreaFigure sum;
    for (auto const& area : areas) {
        sum.all += area.all;
        sum.due += area.due;
        sum.verified += area.verified;
        sum.late += area.late;
    }
    return sum;
}

std::string row_code(Records const& records, Row const& row)
{
    std::string parts[3];
    constexpr Level levels[] = { Level::Area, Level::Activity, Level::Subactivity };
    for (std::size_t i = 0; i < 3; ++i)
        if (auto const* above = records.above(row, levels[i]))
            parts[i] = above->node.number;
    return plan::row_code({ parts[0], parts[1], parts[2] });
}

std::string row_title(Records const& records, Row const& row)
{
    auto const code = row_code(records, row);
    return code.empty() ? row.node.body : code + " " + row.node.body;
}

std::string state_words(plan::State state)
{
    switch (state) {
    case plan::State::Scheduled: return "Terjadwal";
    case plan::State::UnderWay: return "Sedang dikerjakan";
    case plan::State::Submitted: return "Diajukan";
    case plan::State::Returned: return "Dikembalikan";
    case plan::State::Verified: return "Terverifikasi";
    case plan::State::NotApplicable: return "Tidak berlaku";
    }
    return {};
}

std::string state_letter(plan::State state)
{
    constexpr std::string_view letters = "TKADVN";
    return { letters[static_cast<std::size_t>(state)] };
}

}
