#include "record/recap.hpp"
#include "organization/access.hpp"
#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace kpuhub::record {

using storage::Query;

namespace {

// $1 person, $2 day, $3 code of the office, $4 permission to read the register, $5 register, $6 its table.
// gift: what the asker's grants permit and where; top: the office and the tree of the day; whole: what he may in all offices below it, so
// that no office of 553 is looked up for itself (the lists of RECAP_REACHED are then not worked out at all).
#define RECAP_ACCESS \
    "WITH held AS (" KPUHUB_ROLES_HELD("UNION") ")," \
    " gift AS (SELECT h.at_unit AS at_unit, mr.permission AS permission, mr.below AS below FROM held h CROSS JOIN role_permission mr" \
    " WHERE mr.role = h.role AND mr.permission IN ('plan.read', $4))," \
    " top AS (SELECT u.id AS id, t.version AS version FROM unit u CROSS JOIN (SELECT " KPUHUB_TREE_OF_DAY " AS version) t WHERE u.code = $3)," \
    " whole AS (SELECT max(CASE WHEN given.permission = 'plan.read' THEN 1 ELSE 0 END) AS known, max(CASE WHEN given.permission = $4 THEN 1 ELSE 0 END) AS readable" \
    " FROM top t CROSS JOIN gift given CROSS JOIN unit_scope mu" \
    " WHERE given.below = 1 AND mu.tree_version = t.version AND mu.ancestor_id = given.at_unit AND mu.unit_id = t.id)"
#define RECAP_REACHED(column, permission) "((SELECT " column " FROM whole) = 1 OR b.unit_id IN (SELECT mu.unit_id FROM gift given CROSS JOIN unit_scope mu" \
    " WHERE given.permission = " permission " AND mu.tree_version = (SELECT version FROM top) AND mu.ancestor_id = given.at_unit AND " KPUHUB_REACHES("given", "mu") "))"
// n: the lines, the office itself and the branches; b: their offices. CROSS JOIN keeps SQLite to the order written, along unit_scope_by_depth.
#define RECAP_BRANCHES " FROM unit_scope n CROSS JOIN unit_scope b"
#define RECAP_OF_BRANCHES " WHERE n.tree_version = (SELECT version FROM top) AND n.ancestor_id = (SELECT id FROM top) AND n.depth <= 1" \
    " AND b.tree_version = (SELECT version FROM top) AND b.ancestor_id = n.unit_id AND b.depth <= CASE WHEN n.depth = 0 THEN 0 ELSE 99 END AND " RECAP_REACHED("known", "'plan.read'")
#define RECAP_OF_OFFICES " WHERE b.tree_version = (SELECT version FROM top) AND b.ancestor_id = (SELECT id FROM top) AND " RECAP_REACHED("known", "'plan.read'")
#define RECAP_USE " LEFT JOIN register_use r ON r.unit_id = b.unit_id AND r.register = $5 AND r.state = 'on'"
#define RECAP_READABLE "CASE WHEN " RECAP_REACHED("readable", "$4") " THEN 1 ELSE 0 END"
#define RECAP_NAMED " SELECT u.id, x.depth, x.number, x.readable, x.offices, '' AS state, u.code, m.name, (SELECT max(d.version) FROM register_definition d WHERE d.register = $5) FROM"
#define RECAP_NAMES " x JOIN unit u ON u.id = x.node_id JOIN unit_name m ON m.unit_id = u.id AND m.valid_from = (SELECT max(k.valid_from) FROM unit_name k" \
    " WHERE k.unit_id = u.id AND (k.valid_from <= $2 OR k.valid_from = u.opened_on))"

// A row for each line, and one for each of its states. The states of all offices are asked for by themselves: they are many, and need three columns.
constexpr Query find_branches { "record.recap", RECAP_ACCESS RECAP_NAMED
    " (SELECT n.unit_id AS node_id, n.depth AS depth, count(r.register) AS number, min(" RECAP_READABLE ") AS readable, count(*) AS offices"
    RECAP_BRANCHES RECAP_USE RECAP_OF_BRANCHES " GROUP BY n.depth, n.unit_id)" RECAP_NAMES
    " UNION ALL SELECT n.unit_id, n.depth, CAST(sum(c.records) AS BIGINT), 0, 0, c.state, NULL, NULL, NULL" RECAP_BRANCHES " CROSS JOIN record_count c" RECAP_OF_BRANCHES
    " AND c.kind = $6 AND c.unit_id = b.unit_id GROUP BY n.depth, n.unit_id, c.state" };
constexpr Query find_offices { "record.recap_of_offices", RECAP_ACCESS RECAP_NAMED
    " (SELECT b.unit_id AS node_id, 0 AS depth, CASE WHEN r.register IS NULL THEN 0 ELSE 1 END AS number, " RECAP_READABLE " AS readable, 1 AS offices"
    " FROM unit_scope b" RECAP_USE RECAP_OF_OFFICES ")" RECAP_NAMES };
constexpr Query count_offices { "record.recap_counts_of_offices", RECAP_ACCESS
    " SELECT b.unit_id, c.state, c.records FROM unit_scope b CROSS JOIN record_count c" RECAP_OF_OFFICES " AND c.kind = $5 AND c.unit_id = b.unit_id" };

}

std::int64_t RecapLine::total() const
{
    return std::accumulate(states.begin(), states.end(), std::int64_t { 0 }, [](std::int64_t sum, auto const& each) { return sum + each.second; });
}

std::int64_t rounded_count(std::int64_t number, int step) { return step > 1 ? number / step * step : number; }

int step_for(definition::Register const& made, bool read)
{
    return read || made.data_class < definition::DataClass::Personal ? 1 : made.counts.small_cells_below;
}

Result<Recap> recap_of(storage::Reader& reader, definition::Shelf& shelf, Asker asker, std::string_view unit_code, std::string const& register_id, RecapBy by)
{
    if (!definition::is_name(register_id))
        return not_found();
    auto const permission = permission_name(register_id, "read"), table = "r_" + register_id;
    bool const by_branch = by == RecapBy::Branch;
    auto const rows = by_branch ? reader.query(find_branches, asker.person, asker.today, unit_code, permission, register_id, table)
                                : reader.query(find_offices, asker.person, asker.today, unit_code, permission, register_id);
    auto const counts = by_branch ? storage::Rows {} : reader.query(count_offices, asker.person, asker.today, unit_code, permission, table);
    Recap recap;
    recap.lines.reserve(rows.size());
    std::unordered_map<std::int64_t, std::size_t> places;
    std::int64_t version = 0;
    for (auto const& row : rows)
        if (row.text(5).empty()) {
            version = row.optional_integer(8).value_or(0);
            places[row.integer(0)] = recap.lines.size();
            recap.lines.push_back({ row.text(6), row.text(7), row.integer(1) == 1, row.yes(3), row.integer(4), row.integer(2) });
        }
    if (version == 0)
        return not_found();
    recap.made = TRY(shelf.find(reader, register_id, static_cast<int>(version)));
    for (auto const& row : rows)
        if (!row.text(5).empty())
            recap.lines[places.at(row.integer(0))].states[row.text(5)] = row.integer(2);
    for (auto const& row : counts)
        recap.lines[places.at(row.integer(0))].states[row.text(1)] = row.integer(2);
    std::ranges::sort(recap.lines, {}, [&](RecapLine const& line) { return std::pair { line.code != unit_code, std::string_view { line.code } }; });
    if (recap.lines.front().code != unit_code)
        return not_found();
    return recap;
}

}
