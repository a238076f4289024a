#include "record/record_count.hpp"

namespace kpuhub::record {

using storage::Query;

namespace {

// A change of state is two numbers; they are written in order of the state, as everybody else writes them.
constexpr Query add_one { "record.count_one", R"sql(
    INSERT INTO record_count (kind, unit_id, state, records) VALUES ($1, $2, $3, $4)
    ON CONFLICT (kind, unit_id, state) DO UPDATE SET records = record_count.records + excluded.records )sql" };
constexpr Query add_two { "record.count_two", R"sql(
    INSERT INTO record_count (kind, unit_id, state, records) VALUES ($1, $2, $3, $4), ($1, $2, $5, $6)
    ON CONFLICT (kind, unit_id, state) DO UPDATE SET records = record_count.records + excluded.records )sql" };

#define COUNTED_ROWS "FROM subject WHERE kind >= 'r_' AND kind < 'r`' AND state NOT IN ('draft', 'discarded', 'destroyed') GROUP BY unit_id, kind, state"
constexpr Query compare { "record.wrong_counts",
    "SELECT u.code, x.kind, x.state, CAST(sum(x.kept) AS BIGINT), CAST(sum(x.counted) AS BIGINT) FROM"
    " (SELECT unit_id, kind, state, records AS kept, 0 AS counted FROM record_count"
    "  UNION ALL SELECT unit_id, kind, state, 0, count(*) " COUNTED_ROWS ") x JOIN unit u ON u.id = x.unit_id"
    " GROUP BY u.code, x.kind, x.state HAVING sum(x.kept) <> sum(x.counted) ORDER BY u.code, x.kind, x.state" };
constexpr Query clear { "record.clear_counts", "DELETE FROM record_count" };
constexpr Query fill { "record.fill_counts", "INSERT INTO record_count (unit_id, kind, state, records) SELECT unit_id, kind, state, count(*) " COUNTED_ROWS };

}

Result<void> CountKeeper::changed(storage::Transaction& transaction, journal::Act const&, RecordChange const& change)
{
    auto const* before = change.before;
    auto const* after = change.after;
    auto const& record = after ? *after : *before;
    if (before && after && before->state == after->state)
        return {};
    constexpr std::int64_t one = 1;
    if (!before || !after) {
        transaction.execute(add_one, change.made.table(), record.unit, record.state, after ? one : -one);
        return {};
    }
    bool const rising = before->state < after->state;
    auto const& first = rising ? before->state : after->state;
    auto const& second = rising ? after->state : before->state;
    transaction.execute(add_two, change.made.table(), record.unit, first, rising ? -one : one, second, rising ? one : -one);
    return {};
}

std::vector<WrongCount> wrong_counts(storage::Reader& reader)
{
    std::vector<WrongCount> found;
    for (auto const& row : reader.query(compare))
        found.push_back({ row.text(0), row.text(1), row.text(2), row.integer(3), row.integer(4) });
    return found;
}

std::int64_t count_all_again(storage::Transaction& transaction)
{
    transaction.execute(clear);
    return transaction.execute(fill);
}

}
