#include "indicator/wrong_units.hpp"
#include "indicator/kept_sums.hpp"

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

constexpr Query mend_keys { "indicator.mend_keys", R"sql(
    INSERT INTO tally_key (indicator, part, period, unit_id, distinct_key, holders)
    SELECT CAST($1 AS TEXT), part, period, unit_id, distinct_key, CAST(sum(holders) AS BIGINT) FROM (
        SELECT unit_id, part, period, distinct_key, 1 AS holders FROM contribution WHERE indicator = $1 AND unit_id = $2 AND distinct_key <> ''
        UNION ALL SELECT unit_id, part, period, distinct_key, -holders FROM tally_key WHERE indicator = $1 AND unit_id = $2) held
     GROUP BY part, period, unit_id, distinct_key HAVING sum(holders) <> 0 ORDER BY part, period, unit_id, distinct_key
    ON CONFLICT (indicator, part, period, unit_id, distinct_key) DO UPDATE SET holders = tally_key.holders + excluded.holders )sql" };
constexpr Query mend_tallies { "indicator.mend_tallies", R"sql(
    INSERT INTO tally (indicator, period, part, unit_id, amount)
    SELECT CAST($1 AS TEXT), period, part, unit_id, CAST(sum(amount) AS BIGINT) FROM (
        SELECT unit_id, period, part, amount FROM contribution WHERE indicator = $1 AND unit_id = $2 AND distinct_key = ''
        UNION ALL SELECT unit_id, period, part, CASE WHEN holders > 0 THEN 1 ELSE 0 END FROM tally_key WHERE indicator = $1 AND unit_id = $2
        UNION ALL SELECT unit_id, period, part, -amount FROM tally WHERE indicator = $1 AND unit_id = $2) sums
     GROUP BY period, part, unit_id HAVING sum(amount) <> 0 ORDER BY period, part, unit_id
    ON CONFLICT (indicator, period, part, unit_id) DO UPDATE SET amount = tally.amount + excluded.amount
    RETURNING period )sql" };

std::vector<UnitId> wrong_units(storage::Reader& reader, std::string_view indicator)
{
    std::vector<UnitId> found;
    for (auto const& row : reader.query(differing, indicator))
        found.push_back(row.id<UnitTag>(0));
    return found;
}

std::int64_t mend_unit(storage::Transaction& transaction, std::string_view indicator, UnitId unit)
{
    auto const keys = transaction.execute(mend_keys, indicator, unit);
    auto const rows = transaction.query(mend_tallies, indicator, unit);
    std::set<TalliesOfPeriod> periods;
    for (auto const& row : rows)
        periods.emplace(indicator, row.text(0));
    forget_kept_sums(transaction, periods);
    return keys + static_cast<std::int64_t>(rows.size());
}

}
