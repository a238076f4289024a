#include "report/offices.hpp"
#include "indicator/tally_year.hpp"
#include "organization/access.hpp"
#include "plan/contribution.hpp"

namespace kpuhub::report {

/// The last delivery of each package to the office above counts.
constexpr storage::Query stand_below { "report.offices_below",
    "SELECT c.unit_id, u.code, n.name, count(*),"
    " CAST(sum(CASE WHEN EXISTS (SELECT 1 FROM plan p JOIN subject s ON s.id = p.subject_id WHERE p.unit_id = b.unit_id AND p.year = $4 AND p.plan_kind = 'office'"
    "   AND s.state IN ('fixed', 'closed')) THEN 1 ELSE 0 END) AS BIGINT),"
    " CAST(sum(CASE WHEN k.state = 'sent' THEN 1 ELSE 0 END) AS BIGINT), CAST(sum(CASE WHEN k.state IN ('received', 'accepted') THEN 1 ELSE 0 END) AS BIGINT),"
    " CAST(sum(CASE WHEN k.state = 'returned' THEN 1 ELSE 0 END) AS BIGINT),"
    " COALESCE(max(CASE WHEN b.unit_id = c.unit_id THEN k.package_id END), 0),"
    " CAST(sum((SELECT count(*) FROM request_answer a JOIN unit_request r ON r.subject_id = a.request_id JOIN subject qs ON qs.id = r.subject_id JOIN subject s ON s.id = a.subject_id"
    "   WHERE a.unit_id = b.unit_id AND r.unit_id = $3 AND qs.state = 'open' AND s.state = 'open')) AS BIGINT)"
    "  FROM unit_scope c JOIN unit_scope b ON b.ancestor_id = c.unit_id AND b.tree_version = c.tree_version JOIN unit u ON u.id = c.unit_id"
    "  JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = u.id)"
    "  LEFT JOIN (SELECT g.unit_id AS sender, d.package_id AS package_id, d.state AS state FROM package_delivery d JOIN report_package g ON g.subject_id = d.package_id"
    "     WHERE d.unit_id = $3 AND g.unit_id <> $3 AND g.year = $4 AND g.period = $5"
    "       AND d.round = (SELECT max(x.round) FROM package_delivery x WHERE x.package_id = d.package_id AND x.unit_id = d.unit_id)) k ON k.sender = b.unit_id"
    " WHERE c.ancestor_id = $3 AND c.depth = 1 AND c.tree_version = (SELECT max(t.version) FROM unit_tree t WHERE t.valid_from <= $2) AND " KPUHUB_MAY("c.unit_id", "'plan.read'")
    " GROUP BY c.unit_id, u.code, n.name ORDER BY u.code" };

std::vector<OfficeStand> offices_below(storage::Reader& reader, PersonId person, time::Date today, UnitId above, int year, std::string_view period)
{
    std::map<UnitId, std::int64_t> late;
    for (auto const& child : indicator::years_of_children(reader, plan::plan_progress, above, year, today))
        late[child.unit] = child.of_year().total("late");
    std::vector<OfficeStand> all;
    for (auto const& row : reader.query(stand_below, person, today, above, year, period))
        all.push_back({ row.id<UnitTag>(0), row.text(1), row.text(2), row.integer(3), row.integer(4), late[row.id<UnitTag>(0)], row.integer(5), row.integer(6), row.integer(7),
            row.integer(8), row.integer(9) });
    return all;
}

}
