#include "plan/public_plan.hpp"
#include "plan/plan_row_sql.hpp"
#include "plan/plan_store.hpp"

namespace kpuhub::plan {

using storage::Query;

constexpr Query fixed_plan { "plan.public_plan", "SELECT " KPUHUB_PLAN_COLUMNS
    " FROM plan p JOIN subject sp ON sp.id = p.subject_id"
    " WHERE p.unit_id = $1 AND p.year = $2 AND p.plan_kind = 'office' AND sp.state <> 'draft'" };
#define KPUHUB_COUNT(condition) " COALESCE(sum(CASE WHEN " condition " THEN 1 ELSE 0 END), 0)"
constexpr Query rows_of_area { "plan.public_rows",
    "SELECT n.level, n.area_no, n.number, n.body,"
    KPUHUB_COUNT("d.subject_id IS NOT NULL AND NOT " KPUHUB_APART) ","
    KPUHUB_COUNT("d.subject_id IS NOT NULL AND NOT " KPUHUB_APART " AND " KPUHUB_DUE) ","
    KPUHUB_COUNT("d.subject_id IS NOT NULL AND NOT " KPUHUB_APART " AND sd.state = 'verified'") ","
    KPUHUB_COUNT("d.subject_id IS NOT NULL AND NOT " KPUHUB_APART " AND " KPUHUB_PASSED_LATE) ","
    KPUHUB_COUNT("d.subject_id IS NOT NULL AND " KPUHUB_APART)
    " FROM plan_node n JOIN plan p ON p.subject_id = n.plan_id"
    " LEFT JOIN deliverable d ON d.node_id = n.subject_id LEFT JOIN subject sd ON sd.id = d.subject_id"
    " WHERE n.plan_id = $1 AND n.area_no = $2 AND n.removed_at IS NULL"
    " GROUP BY n.subject_id, n.level, n.area_no, n.number, n.body, n.place ORDER BY n.place, n.subject_id" };

std::optional<Plan> public_plan(storage::Reader& reader, UnitId unit, int year)
{
    auto row = reader.first(fixed_plan, unit, year);
    return row ? std::optional<Plan> { read_plan(*row, 0) } : std::nullopt;
}

std::vector<PublicRow> public_rows(storage::Reader& reader, PlanId plan, int area_no)
{
    std::vector<PublicRow> rows;
    for (auto const& row : reader.query(rows_of_area, plan, area_no))
        rows.push_back({ from_text<Level>(row.text(0)).value_or(Level::Indicator), static_cast<int>(row.integer(1)), row.text(2), row.text(3),
            row.integer(4), row.integer(5), row.integer(6), row.integer(7), row.integer(8) });
    return rows;
}

}
