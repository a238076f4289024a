#include "record/recap.hpp"
#include <numeric>

namespace kpuhub::record {

using storage::Query;

namespace {

// $1 person, $2 day, $3 code of the office, $4 permission to read the register, $5 register, $6 its table, $7 1 = each office for itself.
// seen: offices whose plans the asker may read, and whether he may read the register there; branch: the same for all offices below the one
// asked for, so that nothing is looked up for each of 553 (seen is then not worked out at all); node: the lines; part: their offices.
constexpr Query find_recap { "record.recap", R"sql(
    WITH tree AS (SELECT max(version) AS version FROM unit_tree WHERE valid_from <= $2),
    held AS (SELECT g.unit_id AS at_unit, g.role AS role FROM role_grant g
              WHERE g.valid_from <= $2 AND g.valid_to >= $2
                AND (g.person_id = $1 OR g.post_id IN (SELECT ma.post_id FROM appointment ma WHERE ma.person_id = $1 AND ma.valid_from <= $2 AND ma.valid_to >= $2))
             UNION SELECT mp.unit_id, 'staff' FROM appointment ms JOIN post mp ON mp.id = ms.post_id
              WHERE ms.person_id = $1 AND ms.valid_from <= $2 AND ms.valid_to >= $2),
    seen AS (SELECT mu.unit_id AS unit_id, max(CASE WHEN mr.permission = $4 THEN 1 ELSE 0 END) AS readable,
                    max(CASE WHEN mr.permission = 'plan.read' THEN 1 ELSE 0 END) AS known
               FROM held CROSS JOIN role_permission mr CROSS JOIN unit_scope mu
              WHERE mr.role = held.role AND mr.permission IN ('plan.read', $4) AND mu.tree_version = (SELECT version FROM tree) AND mu.ancestor_id = held.at_unit
                AND (mr.below = 1 OR mu.depth = 0) GROUP BY mu.unit_id),
    branch AS (SELECT max(CASE WHEN mr.permission = $4 THEN 1 ELSE 0 END) AS readable, max(CASE WHEN mr.permission = 'plan.read' THEN 1 ELSE 0 END) AS known
               FROM unit u JOIN unit_scope mu ON mu.unit_id = u.id AND mu.tree_version = (SELECT version FROM tree) JOIN held ON held.at_unit = mu.ancestor_id
               JOIN role_permission mr ON mr.role = held.role AND mr.permission IN ('plan.read', $4) AND mr.below = 1 WHERE u.code = $3),
    node AS (SELECT s.unit_id AS id, s.depth AS depth FROM unit u JOIN unit_scope s ON s.ancestor_id = u.id AND s.tree_version = (SELECT version FROM tree)
              WHERE u.code = $3 AND (s.depth <= 1 OR $7 = 1)),
    part AS (SELECT n.id AS node_id, n.depth AS depth, b.unit_id AS unit_id,
                    CASE WHEN (SELECT readable FROM branch) = 1 OR b.unit_id IN (SELECT unit_id FROM seen WHERE readable = 1) THEN 1 ELSE 0 END AS readable
               FROM node n JOIN unit_scope b ON b.ancestor_id = n.id AND b.tree_version = (SELECT version FROM tree)
                AND (b.depth = 0 OR (n.depth = 1 AND $7 = 0))
              WHERE (SELECT known FROM branch) = 1 OR b.unit_id IN (SELECT unit_id FROM seen WHERE known = 1))
    SELECT n.id, n.code, n.level, m.name, m.zone, x.depth, x.state, x.number, x.readable, x.offices FROM (
        SELECT p.node_id AS node_id, p.depth AS depth, '' AS state, count(r.register) AS number, min(p.readable) AS readable, count(*) AS offices
          FROM part p LEFT JOIN register_use r ON r.unit_id = p.unit_id AND r.register = $5 AND r.state = 'on' GROUP BY p.node_id, p.depth
        UNION ALL
        SELECT p.node_id, p.depth, c.state, CAST(sum(c.records) AS BIGINT), 1, 0
          FROM part p JOIN record_count c ON c.kind = $6 AND c.unit_id = p.unit_id GROUP BY p.node_id, p.depth, c.state) x
      JOIN unit n ON n.id = x.node_id
      JOIN unit_name m ON m.unit_id = n.id AND m.valid_from = (SELECT max(k.valid_from) FROM unit_name k
           WHERE k.unit_id = n.id AND (k.valid_from <= $2 OR k.valid_from = n.opened_on))
     ORDER BY CASE WHEN x.depth = 0 THEN 0 ELSE 1 END, n.code, x.state )sql" };

}

std::int64_t RecapLine::total() const
{
    return std::accumulate(states.begin(), states.end(), std::int64_t { 0 }, [](std::int64_t sum, auto const& each) { return sum + each.second; });
}

std::int64_t rounded_count(std::int64_t number, int step) { return step > 1 ? number / step * step : number; }

Result<Recap> recap_of(storage::Reader& reader, definition::Shelf& shelf, Asker asker, std::string_view unit_code, std::string const& register_id, RecapBy by)
{
    if (!definition::is_name(register_id))
        return not_found();
    Recap recap;
    for (auto const& made : shelf.newest(reader))
        if (made->id == register_id)
            recap.made = made;
    if (!recap.made)
        return not_found();
    auto const rows = reader.query(find_recap, asker.person, asker.today, unit_code, permission_name(register_id, "read"), register_id, recap.made->table(),
        by == RecapBy::Office ? 1 : 0);
    for (auto const& row : rows) {
        if (recap.lines.empty() || recap.lines.back().unit.id != row.id<UnitTag>(0)) {
            organization::Unit unit { row.id<UnitTag>(0), row.text(1), row.text(2), row.text(3), time::zone_named(row.text(4)).value_or(time::Zone::Wib) };
            recap.lines.push_back({ std::move(unit), by == RecapBy::Branch && row.integer(5) == 1 });
        }
        auto& line = recap.lines.back();
        if (!row.text(6).empty()) {
            line.states[row.text(6)] = row.integer(7);
            continue;
        }
        line.keeping = row.integer(7);
        line.read = row.yes(8);
        line.offices = row.integer(9);
    }
    if (recap.lines.empty() || recap.lines.front().unit.code != unit_code)
        return not_found();
    recap.unit = recap.lines.front().unit;
    return recap;
}

}
