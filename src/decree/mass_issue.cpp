#include "decree/mass_issue.hpp"
#include "decree/issue_pages.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"

namespace kpuhub::decree {

using storage::Query;

/// A plan that was fixed by an imported decree has its number already and is left alone.
constexpr Query stand_below { "decree.mass_stand",
    "SELECT b.unit_id, u.code, n.name, COALESCE(o.number, ''), CASE WHEN EXISTS (SELECT 1 FROM paper_file f WHERE f.paper_id = o.subject_id AND f.edition = 'final') THEN 1 ELSE 0 END"
    "  FROM unit_scope b JOIN plan p ON p.unit_id = b.unit_id AND p.year = $4 AND p.plan_kind = 'office' JOIN subject s ON s.id = p.subject_id"
    "  JOIN unit u ON u.id = b.unit_id"
    "  JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = u.id)"
    "  LEFT JOIN official_paper o ON o.unit_id = b.unit_id AND o.paper_kind = 'decree' AND o.once_key = $5 AND o.void = 0"
    " WHERE b.ancestor_id = $3 AND b.depth > 0 AND b.tree_version = (SELECT max(t.version) FROM unit_tree t WHERE t.valid_from <= $2)"
    "   AND (s.state = 'draft' OR o.number <> '') AND EXISTS (SELECT 1 FROM plan_node k WHERE k.plan_id = p.subject_id AND k.removed_at IS NULL)"
    "   AND " KPUHUB_MAY("b.unit_id", "'plan.read'") " ORDER BY u.code" };
constexpr Query newest_order { "decree.last_order", R"sql(
    SELECT d.dated_on, d.offices, d.ordered_at, COALESCE(p.name, ''), d.job_id FROM decree_order d LEFT JOIN person p ON p.id = d.ordered_by
     WHERE d.unit_id = $1 AND d.year = $2 ORDER BY d.id DESC LIMIT 1 )sql" };
/// Holds the row of the office: a second order at the same moment waits and then finds this one.
constexpr Query hold_unit { "decree.hold_unit", "UPDATE unit SET code = code WHERE id = $1" };
constexpr Query write_order { "decree.write_order", R"sql(
    INSERT INTO decree_order (unit_id, year, dated_on, offices, job_id, ordered_at, ordered_by) VALUES ($1, $2, $3, $4, $5, $6, $7) )sql" };

MassStand mass_stand(storage::Reader& reader, PersonId person, time::Date today, UnitId above, int year)
{
    MassStand stand;
    for (auto const& row : reader.query(stand_below, person, today, above, year, std::to_string(year))) {
        auto& list = row.text(3).empty() ? stand.open : stand.issued;
        list.push_back({ row.id<UnitTag>(0), row.text(1), row.text(2), row.text(3), row.integer(4) != 0 });
    }
    return stand;
}

std::optional<MassOrder> last_order(storage::Reader& reader, UnitId unit, int year)
{
    auto const row = reader.first(newest_order, unit, year);
    if (!row)
        return {};
    return MassOrder { row->date(0), row->integer(1), row->instant(2), row->text(3), job::find(reader, row->id<JobTag>(4)).value_or(job::Job {}) };
}

static Result<void> may_order(storage::Transaction& transaction, journal::Act const& act, UnitId unit)
{
    transaction.execute(hold_unit, unit);
    if (!organization::may(transaction, act.actor, act.today, unit, "plan.read"))
        return not_found();
    if (!organization::may(transaction, act.actor, act.today, unit, "plan.issue_below"))
        return forbidden("decree.mass.forbidden");
    return {};
}

Result<void> order_below(storage::Transaction& transaction, journal::Act const& act, UnitId unit, int year, time::Date dated_on)
{
    TRY_VOID(may_order(transaction, act, unit));
    if (auto const before = last_order(transaction, unit, year); before && before->runs())
        return conflict("decree.mass.runs");
    std::vector<UnitId> units;
    for (auto const& office : mass_stand(transaction, act.actor, act.today, unit, year).open)
        units.push_back(office.unit);
    if (units.empty())
        return invalid("decree.mass.nothing");
    auto const job = order_decrees(transaction, act, year, dated_on, units);
    auto const offices = static_cast<std::int64_t>(units.size());
    transaction.execute(write_order, unit, year, dated_on, offices, job, act.at, act.actor);
    journal::write(transaction, act, { "decree.mass_ordered", {}, unit, { { "year", std::to_string(year) }, { "offices", std::to_string(offices) }, { "dated_on", dated_on.iso() } } });
    return {};
}

Result<void> stop_order(storage::Transaction& transaction, journal::Act const& act, UnitId unit, int year)
{
    TRY_VOID(may_order(transaction, act, unit));
    auto const order = last_order(transaction, unit, year);
    if (!order || !job::cancel(transaction, order->job.id, act.at))
        return conflict("decree.mass.ended");
    journal::write(transaction, act, { "decree.mass_stopped", {}, unit, { { "year", std::to_string(year) } } });
    return {};
}

}
