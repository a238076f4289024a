#include "indicator/contribution.hpp"
#include "indicator/kept_sums.hpp"
#include "storage/value_rows.hpp"
#include <fmt/format.h>
#include <functional>
#include <stdexcept>
#include <tuple>

namespace kpuhub::indicator {

using storage::Query;
using storage::Value;

namespace {

constexpr std::size_t at_once = 100;            // rows of one statement: 700 values

constexpr Query kept_of_unit { "indicator.contributions_kept", R"sql(
    SELECT subject_id, indicator, part, period, unit_id, distinct_key, amount FROM contribution
     WHERE indicator = $1 AND unit_id = $2 )sql" };
constexpr Query fed_by { "indicator.figures_fed", R"sql(
    SELECT c.indicator, (SELECT max(d.version) FROM indicator_definition d WHERE d.indicator = c.indicator), c.part, c.period
      FROM contribution c WHERE c.subject_id = $1 ORDER BY c.indicator, c.part )sql" };
constexpr Query drop { "indicator.drop_contribution", "DELETE FROM contribution WHERE subject_id = $1 AND indicator = $2 AND part = $3" };
constexpr Query hold_key { "indicator.hold_key", R"sql(
    INSERT INTO tally_key (indicator, part, period, unit_id, distinct_key, holders) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (indicator, part, period, unit_id, distinct_key) DO UPDATE SET holders = tally_key.holders + excluded.holders
    RETURNING holders )sql" };

using TallyKey = std::tuple<std::string, std::string, std::string, UnitId>;                  // indicator, period, part, unit
using DistinctKey = std::tuple<std::string, std::string, std::string, UnitId, std::string>;  // indicator, part, period, unit, key

void by_pieces(std::size_t count, std::function<void(std::size_t first, std::size_t last)> const& each)
{
    for (std::size_t first = 0; first < count; first += at_once)
        each(first, std::min(count, first + at_once));
}

Contributed read_contributed(storage::Row const& row)
{
    return { row.id<SubjectTag>(0), row.text(1), row.text(2), row.text(3), row.id<UnitTag>(4), row.text(5), row.integer(6) };
}

/// What the subjects add now, in order.
std::set<Contributed> kept_of(storage::Reader& reader, std::vector<SubjectId> const& subjects, std::set<std::string> const& indicators)
{
    std::set<Contributed> kept;
    by_pieces(subjects.size(), [&](std::size_t first, std::size_t last) {
        std::vector<Value> values;
        for (auto at = first; at < last; ++at)
            values.push_back(storage::to_value(subjects[at]));
        auto const sql = "SELECT subject_id, indicator, part, period, unit_id, distinct_key, amount FROM contribution WHERE subject_id IN "
            + storage::value_rows(1, values.size());
        for (auto const& row : reader.query_values(Query { "indicator.contributions_of", sql }, values))
            if (indicators.contains(row.text(1)))
                kept.insert(read_contributed(row));
    });
    return kept;
}

void insert(storage::Transaction& transaction, std::vector<Contributed> const& added)
{
    by_pieces(added.size(), [&](std::size_t first, std::size_t last) {
        std::vector<Value> values;
        for (auto at = first; at < last; ++at) {
            auto const& each = added[at];
            for (auto value : { storage::to_value(each.subject), Value { each.indicator }, Value { each.part }, Value { each.period },
                     storage::to_value(each.unit), Value { each.key }, Value { each.amount } })
                values.push_back(std::move(value));
        }
        auto const sql = "INSERT INTO contribution (subject_id, indicator, part, period, unit_id, distinct_key, amount) VALUES " + storage::value_rows(last - first, 7);
        transaction.execute_values(Query { "indicator.insert_contributions", sql }, values);
    });
}

void add_amounts(storage::Transaction& transaction, std::map<TallyKey, std::int64_t> const& tallies, std::optional<time::Date> today)
{
    std::vector<std::pair<TallyKey, std::int64_t>> changed;
    for (auto const& each : tallies)
        if (each.second != 0)
            changed.push_back(each);
    by_pieces(changed.size(), [&](std::size_t first, std::size_t last) {
        std::vector<Value> values;
        for (auto at = first; at < last; ++at) {
            auto const& [key, amount] = changed[at];
            for (auto value : { Value { std::get<0>(key) }, Value { std::get<1>(key) }, Value { std::get<2>(key) }, storage::to_value(std::get<3>(key)), Value { amount } })
                values.push_back(std::move(value));
        }
        auto const sql = "INSERT INTO tally (indicator, period, part, unit_id, amount) VALUES " + storage::value_rows(last - first, 5)
            + " ON CONFLICT (indicator, period, part, unit_id) DO UPDATE SET amount = tally.amount + excluded.amount";
        transaction.execute_values(Query { "indicator.add_to_tallies", sql }, values);
    });
    std::set<TalliesOfPeriod> periods;
    for (auto const& [key, amount] : changed)
        periods.emplace(std::get<0>(key), std::get<1>(key));
    forget_kept_sums(transaction, periods, today);
}

/// Differences of contributions, gathered by what they change.
class Differences {
public:
    void add(Contributed const& each, std::int64_t sign)
    {
        if (!each.key.empty()) {
            m_keys[{ each.indicator, each.part, each.period, each.unit, each.key }] += sign;
            return;
        }
        auto& sum = m_tallies[{ each.indicator, each.period, each.part, each.unit }];
        std::int64_t change = 0;
        if (__builtin_mul_overflow(each.amount, sign, &change) || __builtin_add_overflow(sum, change, &sum))
            throw std::overflow_error("tally beyond 64 bits");
    }

    /// A key counts from its first holder to its last.
    void write(storage::Transaction& transaction, std::optional<time::Date> today)
    {
        for (auto const& [key, change] : m_keys) {
            if (change == 0)
                continue;
            auto const& [indicator, part, period, unit, name] = key;
            auto const now = transaction.first(hold_key, indicator, part, period, unit, name, change)->integer(0);
            auto const counted = (now > 0 ? 1 : 0) - (now - change > 0 ? 1 : 0);
            m_tallies[{ indicator, period, part, unit }] += counted;
        }
        add_amounts(transaction, m_tallies, today);
    }

private:
    std::map<DistinctKey, std::int64_t> m_keys;
    std::map<TallyKey, std::int64_t> m_tallies;
};

}

std::string bucket_part(std::string_view part, std::size_t bucket) { return fmt::format("{}.{:02}", part, bucket); }

std::int64_t replace_contributions(storage::Transaction& transaction, std::vector<SubjectId> const& subjects, std::set<std::string> const& indicators,
    std::vector<Contributed> const& now, std::optional<time::Date> today)
{
    auto before = kept_of(transaction, subjects, indicators);
    Differences differences;
    std::vector<Contributed> added;
    for (auto const& each : now)
        if (before.erase(each) == 0) {
            added.push_back(each);
            differences.add(each, 1);
        }
    for (auto const& each : before) {
        transaction.execute(drop, each.subject, each.indicator, each.part);
        differences.add(each, -1);
    }
    insert(transaction, added);
    differences.write(transaction, today);
    return static_cast<std::int64_t>(added.size() + before.size());
}

void add_contributions(storage::Transaction& transaction, std::vector<Contributed> const& added, std::optional<time::Date> today)
{
    Differences differences;
    for (auto const& each : added)
        differences.add(each, 1);
    insert(transaction, added);
    differences.write(transaction, today);
}

std::vector<Contributed> contributions_kept(storage::Reader& reader, std::string_view indicator, UnitId unit)
{
    std::vector<Contributed> kept;
    for (auto const& row : reader.query(kept_of_unit, indicator, unit))
        kept.push_back(read_contributed(row));
    return kept;
}

std::vector<Fed> figures_fed(storage::Reader& reader, SubjectId subject)
{
    std::vector<Fed> fed;
    for (auto const& row : reader.query(fed_by, subject))
        fed.push_back({ row.text(0), static_cast<int>(row.integer(1)), row.text(2), row.text(3) });
    return fed;
}

Amounts amounts_of(std::vector<Contributed> const& all)
{
    Amounts amounts;
    std::set<std::tuple<std::string, std::string, std::string>> keys;
    for (auto const& each : all)
        if (each.key.empty())
            amounts[{ each.period, each.part }] += each.amount;
        else if (keys.emplace(each.period, each.part, each.key).second)
            amounts[{ each.period, each.part }] += 1;
    std::erase_if(amounts, [](auto const& each) { return each.second == 0; });
    return amounts;
}

}
