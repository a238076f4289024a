#include "organization/unit_tree.hpp"

namespace kpuhub::organization {

using storage::Query;

constexpr Query edges_on { "organization.edges_on", R"sql(
    SELECT u.id, e.parent_id FROM unit u
      LEFT JOIN unit_edge e ON e.unit_id = u.id AND e.valid_from <= $1 AND e.valid_to >= $1
     WHERE u.opened_on <= $1 AND u.closed_on >= $1 ORDER BY u.id )sql" };
constexpr Query insert_tree { "organization.insert_tree", R"sql(
    INSERT INTO unit_tree (version, valid_from, reason, written_at)
    SELECT COALESCE(max(version), 0) + 1, $1, $2, $3 FROM unit_tree RETURNING version )sql" };
constexpr Query later_trees { "organization.later_trees", "SELECT DISTINCT valid_from FROM unit_tree WHERE valid_from > $1 ORDER BY valid_from" };
constexpr Query insert_reach { "organization.insert_reach", R"sql(
    INSERT INTO unit_scope (tree_version, ancestor_id, unit_id, depth) VALUES ($1, $2, $3, $4) )sql" };

std::vector<Reach> closure(std::vector<std::int64_t> const& units, std::map<std::int64_t, std::int64_t> const& parent_of)
{
    std::vector<Reach> reaches;
    for (auto unit : units) {
        auto ancestor = unit;
        for (int depth = 0; ancestor != 0 && depth <= static_cast<int>(units.size()); ++depth) {
            reaches.push_back({ ancestor, unit, depth });
            auto parent = parent_of.find(ancestor);
            ancestor = parent == parent_of.end() || parent->second == unit ? 0 : parent->second;
        }
    }
    return reaches;
}

static void write_one(storage::Transaction& transaction, time::Date from, std::string_view reason, time::Instant at)
{
    std::vector<std::int64_t> units;
    std::map<std::int64_t, std::int64_t> parent_of;
    for (auto const& row : transaction.query(edges_on, from)) {
        units.push_back(row.integer(0));
        if (auto parent = row.optional_integer(1))
            parent_of[row.integer(0)] = *parent;
    }
    auto version = transaction.first(insert_tree, from, reason, at)->integer(0);
    for (auto const& reach : closure(units, parent_of))
        transaction.execute(insert_reach, version, reach.ancestor, reach.unit, reach.depth);
}

void write_tree(storage::Transaction& transaction, time::Date from, std::string_view reason, time::Instant at)
{
    std::vector<time::Date> days { from };
    for (auto const& row : transaction.query(later_trees, from))
        days.push_back(row.date(0));
    for (auto const day : days)
        write_one(transaction, day, reason, at);
}

}
