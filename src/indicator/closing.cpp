#include "indicator/closing.hpp"
#include "indicator/period.hpp"
#include "organization/unit.hpp"

namespace kpuhub::indicator {

using storage::Query;

constexpr Query first_published { "indicator.first_published", R"sql(
    SELECT d.indicator, min(d.published_at), coalesce((SELECT b.version FROM indicator_build b WHERE b.indicator = d.indicator), 0)
      FROM indicator_definition d GROUP BY d.indicator )sql" };
constexpr Query all_closed { "indicator.closed_periods", "SELECT indicator, period FROM indicator_close" };
constexpr Query root_unit { "indicator.root_unit", R"sql(
    SELECT s.unit_id FROM unit_scope s WHERE s.tree_version = $1 GROUP BY s.unit_id HAVING count(*) = 1 ORDER BY s.unit_id LIMIT 1 )sql" };
/// What a closing of before left that did not come to its end.
constexpr Query forget_unfinished { "indicator.forget_unfinished", "DELETE FROM indicator_value WHERE indicator = $1 AND period = $2" };
constexpr Query write_frozen { "indicator.write_value", R"sql(
    INSERT INTO indicator_value (indicator, unit_id, period, standing, numerator, denominator, exact, bucket, reported, expected, definition_version, tree_version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) )sql" };
constexpr Query mark_closed { "indicator.mark_closed", R"sql(
    INSERT INTO indicator_close (indicator, period, definition_version, tree_version, closed_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (indicator, period) DO NOTHING )sql" };

std::vector<Closable> periods_to_close(storage::Reader& reader, definition::IndicatorShelf& shelf, time::Date today, int limit)
{
    std::map<std::string, time::Date> published;
    std::map<std::string, std::int64_t> built;
    for (auto const& row : reader.query(first_published)) {
        published[row.text(0)] = time::date_at(row.instant(1), time::Zone::Wib);
        built[row.text(0)] = row.integer(2);
    }
    std::set<std::pair<std::string, std::string>> closed;
    for (auto const& row : reader.query(all_closed))
        closed.emplace(row.text(0), row.text(1));
    std::vector<Closable> found;
    for (auto const& made : shelf.newest(reader)) {
        bool const of_records = made->numerator.of_records() || (made->denominator && made->denominator->of_records());
        if (of_records && built[made->id] != 0 && built[made->id] != made->version)
            continue;                           // its sums are still those of the version before
        for (auto const& period : periods_until(period_of(today, made->period), trend_length(made->period))) {
            auto const end = last_day(period);
            bool const waited = end.plus(std::chrono::days { made->closes_after }) < today;
            if (waited && end >= published[made->id] && !closed.contains({ made->id, period }) && static_cast<int>(found.size()) < limit)
                found.push_back({ made, period });
        }
    }
    return found;
}

namespace {

struct Frozen {
    std::map<UnitId, Value> values;
    std::int64_t tree_version = 0;
};

Result<Frozen> read_all(storage::Database& database, Stocks const& stocks, Closable const& wanted)
{
    return database.read([&](storage::Reader& reader) -> Result<Frozen> {
        auto const day = last_day(wanted.period);
        auto const tree = organization::tree_version(reader, day);
        auto const root = reader.first(root_unit, tree);
        if (!root)
            return Frozen { {}, tree };
        ValueQuestion const question { *wanted.made, root->id<UnitTag>(0), true, day, day, true };
        return Frozen { TRY(values_of_all(reader, stocks, question, wanted.period)), tree };
    });
}

}

Result<std::int64_t> close_period(storage::Database& database, Stocks const& stocks, Closable const& wanted, time::Instant now)
{
    auto const frozen = TRY(read_all(database, stocks, wanted));
    auto const& made = *wanted.made;
    return database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> {
        if (transaction.execute(mark_closed, made.id, wanted.period, made.version, frozen.tree_version, now) == 0)
            return 0;                           // another was first
        transaction.execute(forget_unfinished, made.id, wanted.period);
        for (auto const& [unit, value] : frozen.values)
            transaction.execute(write_frozen, made.id, unit, wanted.period, to_text(value.standing), value.numerator, value.denominator,
                value.exact ? value.exact->text() : std::string {}, value.bucket, value.reported, value.expected, made.version, frozen.tree_version);
        return static_cast<std::int64_t>(frozen.values.size());
    });
}

Result<int> close_periods(storage::Database& database, definition::IndicatorShelf& shelf, Stocks const& stocks, time::Instant now, int at_most)
{
    auto const today = time::date_at(now, time::Zone::Wib);
    auto const wanted = TRY(database.read([&](storage::Reader& reader) -> Result<std::vector<Closable>> { return periods_to_close(reader, shelf, today, at_most); }));
    int closed = 0;
    for (auto const& each : wanted) {
        auto done = close_period(database, stocks, each, now);
        if (!done && done.error().message_key != "indicator.no_stock")
            return fail(done.error());
        closed += done ? 1 : 0;
    }
    return closed;
}

}
