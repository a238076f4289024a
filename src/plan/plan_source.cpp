#include "plan/plan_source.hpp"
#include "account/access.hpp"
#include "plan/contribution.hpp"
#include "plan/owed.hpp"
#include "plan/plan_row_sql.hpp"
#include "plan/plan_store.hpp"

namespace kpuhub::plan {

using storage::Query;

// As counted_month (progress.hpp).
#define KPUHUB_COUNTED_MONTH \
    "CASE WHEN CAST(substr(d.due_on, 1, 4) AS BIGINT) > p.year THEN CAST(p.year AS TEXT) || '-12' ELSE substr(d.due_on, 1, 7) END"

constexpr Query plans_of_unit { "plan.plans_of_unit", "SELECT " KPUHUB_PLAN_COLUMNS
    " FROM plan p JOIN subject sp ON sp.id = p.subject_id WHERE p.unit_id = $1 ORDER BY p.year" };
constexpr Query hold_plans { "plan.hold_plans", R"sql(
    UPDATE subject SET version = version WHERE id IN (SELECT subject_id FROM plan WHERE unit_id = $1) )sql" };
constexpr Query hold_all_deliverables { "plan.hold_deliverables_of_unit", R"sql(
    UPDATE subject SET version = version WHERE id IN (SELECT d.subject_id FROM deliverable d
        JOIN plan p ON p.subject_id = d.plan_id WHERE p.unit_id = $1) )sql" };
constexpr Query behind { "plan.rows_behind",
    "SELECT d.subject_id, p.unit_id, un.name, n.number, n.body, sd.state, d.due_on, COALESCE(op.title, os.short_name, '')"
    "  FROM unit_scope s"
    "  JOIN plan p ON p.unit_id = s.unit_id AND p.year = CAST($5 AS BIGINT) AND p.plan_kind = 'office'"
    "  JOIN subject sp ON sp.id = p.subject_id AND sp.state <> 'draft'"
    "  JOIN deliverable d ON d.plan_id = p.subject_id"
    "  JOIN subject sd ON sd.id = d.subject_id"
    "  JOIN plan_node n ON n.subject_id = d.node_id AND n.removed_at IS NULL"
    "  JOIN unit_name un ON un.unit_id = p.unit_id AND un.valid_from = (SELECT max(m.valid_from) FROM unit_name m"
    "       WHERE m.unit_id = p.unit_id AND m.valid_from <= $2)"
    "  LEFT JOIN post op ON op.id = n.owner_post_id"
    "  LEFT JOIN subdivision os ON os.id = n.owner_subdivision_id"
    " WHERE s.ancestor_id = $3 AND (s.depth = 0 OR CAST($4 AS BIGINT) = 1)"
    "   AND s.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $2)"
    "   AND (CAST($6 AS TEXT) = '' OR (" KPUHUB_COUNTED_MONTH " >= $6 AND " KPUHUB_COUNTED_MONTH " <= $11))"
    "   AND (CAST($7 AS BIGINT) < 0 OR n.area_no = $7)"
    "   AND CASE CAST($8 AS TEXT) WHEN 'apart' THEN " KPUHUB_APART
    "        WHEN 'all' THEN NOT " KPUHUB_APART
    "        WHEN 'due' THEN NOT " KPUHUB_APART " AND " KPUHUB_DUE
    "        WHEN 'no_proof' THEN NOT " KPUHUB_APART " AND d.proofs = 0 AND " KPUHUB_DUE
    "        WHEN 'late' THEN NOT " KPUHUB_APART " AND " KPUHUB_PASSED_LATE
    "        ELSE NOT " KPUHUB_APART " AND sd.state = $8 END"
    "   AND " KPUHUB_MAY("p.unit_id", "'plan.read'")
    " ORDER BY d.due_on, p.unit_id, n.place, d.subject_id LIMIT $9 OFFSET $10" };

std::string_view PlanSource::indicator() const { return plan_progress; }

std::vector<indicator::Contribution> PlanSource::contributions_of(storage::Reader& reader, UnitId unit) const
{
    std::vector<indicator::Contribution> all;
    for (auto const& row : reader.query(plans_of_unit, unit)) {
        auto more = contributions_of_plan(reader, read_plan(row, 0));
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

void PlanSource::hold(storage::Transaction& transaction, UnitId unit) const
{
    transaction.execute(hold_plans, unit);
    transaction.execute(hold_all_deliverables, unit);
}

/// "2026-06" is that month alone, "2026-Q2" its three; a year has no bounds.
static std::pair<std::string, std::string> months_of(std::string const& period)
{
    constexpr std::size_t quarter_sign = 5;
    if (period.size() == quarter_sign + 2 && period[quarter_sign] == 'Q' && period.back() >= '1' && period.back() <= '4') {
        static constexpr std::string_view ends[4][2] = { { "01", "03" }, { "04", "06" }, { "07", "09" }, { "10", "12" } };
        auto const& [first, last] = ends[period.back() - '1'];
        auto year = period.substr(0, quarter_sign);
        return { year + std::string { first }, year + std::string { last } };
    }
    auto month = period.size() < quarter_sign ? std::string {} : period;
    return { month, month };
}

std::vector<indicator::SourceRow> PlanSource::rows_behind(storage::Reader& reader, PersonId person, time::Date today,
    indicator::Figure const& figure, std::int64_t skip, std::int64_t limit) const
{
    int area_no = -1;
    std::string_view part = figure.part;
    if (part.size() > 3 && part[0] == 'a' && part[2] == '.') {
        area_no = part[1] - '0';
        part.remove_prefix(3);
    } else if (part.starts_with("t.")) {
        part.remove_prefix(2);
    }
    constexpr std::size_t year_digits = 4;
    auto year = figure.period.substr(0, year_digits);
    auto [first_month, last_month] = months_of(figure.period);
    if (year.size() != year_digits || year.find_first_not_of("0123456789") != std::string::npos)
        return {};
    std::vector<indicator::SourceRow> rows;
    for (auto const& row : reader.query(behind, person, today, figure.unit, figure.with_lower_units, std::stoi(year), first_month,
             area_no, part, limit, skip, last_month))
        rows.push_back({ row.id<SubjectTag>(0), row.id<UnitTag>(1), row.text(2), row.text(3), row.text(4), row.text(5),
            row.date(6), row.text(7) });
    return rows;
}

}
