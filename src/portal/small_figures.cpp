#include "portal/small_figures.hpp"
#include "organization/access.hpp"
#include "record/record.hpp"
#include "record/small_cells.hpp"
#include <map>

namespace kpuhub::portal {

using storage::Query;

namespace {

#define TREE_OF "(SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $4)"

// $1 person, $2 day, $3 office, $4 day of the tree, $5 indicators (",a,b,"), $6 and $7 periods. For each office a above of which he reads the plans,
// its branches g (depth 0: itself alone) with their sums as they are shown there. CROSS JOIN keeps SQLite to the order written.
#define TABLES_ABOVE \
    "SELECT t.indicator AS indicator, t.period AS period, a.depth AS depth, CASE WHEN g.depth = 1 AND EXISTS (SELECT 1 FROM unit_scope w WHERE w.tree_version = " TREE_OF \
    "         AND w.ancestor_id = g.unit_id AND w.unit_id = $3) THEN 1 ELSE 0 END," \
    "       CAST(sum(t.amount) AS BIGINT), max(v.numerator)" \
    "  FROM (SELECT DISTINCT d.indicator AS name FROM indicator_definition d WHERE $5 LIKE '%,' || d.indicator || ',%') i" \
    "  CROSS JOIN unit_scope a CROSS JOIN unit_scope g CROSS JOIN unit_scope s CROSS JOIN tally t" \
    "  LEFT JOIN indicator_value v ON v.indicator = t.indicator AND v.unit_id = g.unit_id AND v.period = t.period AND g.depth = 1" \
    " WHERE a.unit_id = $3 AND a.depth > 0 AND a.tree_version = " TREE_OF " AND " KPUHUB_MAY("a.ancestor_id", "'plan.read'") \
    "   AND g.ancestor_id = a.ancestor_id AND g.depth <= 1 AND g.tree_version = " TREE_OF \
    "   AND s.ancestor_id = g.unit_id AND s.tree_version = " TREE_OF " AND (g.depth = 1 OR s.depth = 0)" \
    "   AND t.unit_id = s.unit_id AND t.indicator = i.name" \
    "   AND (t.part = 'n' OR t.part LIKE 'n.%') AND t.period >= $6 AND t.period <= $7" \
    " GROUP BY t.indicator, t.period, a.depth, g.unit_id, g.depth"
constexpr Query of_many { "portal.tables_above", TABLES_ABOVE };
/// The row without an indicator says whether he may read the records ($8).
constexpr Query of_one { "portal.tables_above_one", TABLES_ABOVE " UNION ALL SELECT '', '', 0, CASE WHEN " KPUHUB_MAY("$3", "$8") " THEN 1 ELSE 0 END, 0, 0" };

/// The branches of one office above in one period.
struct TableAbove {
    std::vector<record::CountCell> cells;
    std::optional<std::size_t> ours {};     ///< the branch in which the office lies
};

using Tables = std::map<std::int64_t, TableAbove, std::greater<>>;      ///< by depth: the highest office first

/// From the top down: where the branch is withheld, so is all below it.
bool is_withheld(Tables& tables, int smallest)
{
    bool withheld = false;
    for (auto& [depth, table] : tables) {
        if (withheld)
            return true;
        if (!table.ours) {                  // nothing was counted in it
            table.ours = table.cells.size();
            table.cells.emplace_back();
        }
        (void)record::suppress_small(table.cells, smallest);
        withheld = !table.cells[*table.ours].shown;
    }
    return withheld;
}

void read(storage::Row const& row, std::map<std::string, std::map<std::string, Tables>>& found)
{
    auto& table = found[row.text(0)][row.text(1)][row.integer(2)];
    if (row.yes(3))
        table.ours = table.cells.size();
    table.cells.push_back({ {}, row.is_null(5) ? row.integer(4) : row.integer(5) });
}

SmallFigures judged(definition::Indicator const& made, std::map<std::string, Tables>& periods)
{
    SmallFigures found { made.small_cells_below };
    for (auto& [period, tables] : periods)
        if (is_withheld(tables, made.small_cells_below))
            found.periods.insert(period);
    return found;
}

bool has_small(definition::Indicator const& made) { return made.small_cells_below > 0 && made.numerator.of_records(); }

}

SmallFigures small_figures(storage::Reader& reader, SmallQuestion const& asked, definition::Indicator const& made)
{
    if (!has_small(made))
        return {};
    std::map<std::string, std::map<std::string, Tables>> found;
    for (auto const& row : reader.query(of_one, asked.person, asked.today, asked.unit, asked.tree_on, "," + made.id + ",", asked.first, asked.last,
             record::permission_name(made.numerator.of, "read")))
        if (!row.text(0).empty())
            read(row, found);
        else if (row.yes(3))
            return {};
    return judged(made, found[made.id]);
}

std::map<std::string, SmallFigures> small_figures(storage::Reader& reader, SmallQuestion const& asked, std::vector<std::shared_ptr<definition::Indicator const>> const& all)
{
    std::string names = ",";
    for (auto const& made : all)
        if (has_small(*made))
            names += made->id + ",";
    std::map<std::string, SmallFigures> figures;
    if (names.size() == 1)
        return figures;
    std::map<std::string, std::map<std::string, Tables>> found;
    for (auto const& row : reader.query(of_many, asked.person, asked.today, asked.unit, asked.tree_on, names, asked.first, asked.last))
        read(row, found);
    for (auto const& made : all)
        if (has_small(*made))
            figures[made->id] = judged(*made, found[made->id]);
    return figures;
}

}
