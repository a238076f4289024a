#include "indicator/wrong_units.hpp"

namespace kpuhub::indicator {

using storage::Query;

// Sums of both sides with opposite signs: what does not come to 0 is wrong.
constexpr Query differing { "indicator.wrong_units", R"sql(
    SELECT unit_id FROM (
        SELECT unit_id, period, part, amount FROM contribution WHERE indicator = $1 AND distinct_key = ''
        UNION ALL SELECT unit_id, period, part, CASE WHEN holders > 0 THEN 1 ELSE 0 END FROM tally_key WHERE indicator = $1
        UNION ALL SELECT unit_id, period, part, -amount FROM tally WHERE indicator = $1) sums
     GROUP BY unit_id, period, part HAVING sum(amount) <> 0
    UNION
    SELECT unit_id FROM (
        SELECT unit_id, part, period, distinct_key, 1 AS holders FROM contribution WHERE indicator = $1 AND distinct_key <> ''
        UNION ALL SELECT unit_id, part, period, distinct_key, -holders FROM tally_key WHERE indicator = $1) held
     GROUP BY unit_id, part, period, distinct_key HAVING sum(holders) <> 0
     ORDER BY 1 )sql" };

std::vector<UnitId> wrong_units(storage::Reader& reader, std::string_view indicator)
{
    std::vector<UnitId> found;
    for (auto const& row : reader.query(differing, indicator))
        found.push_back(row.id<UnitTag>(0));
    return found;
}

}
