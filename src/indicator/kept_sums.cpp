#include "indicator/kept_sums.hpp"
#include "indicator/part_places.hpp"
#include "indicator/period.hpp"
#include "organization/unit.hpp"
#include "storage/earlier_writes.hpp"
#include "storage/value_rows.hpp"
#include <algorithm>
#include <charconv>

namespace kpuhub::indicator {

using storage::Query;

namespace {

constexpr std::chrono::days ended_before { 2 };         // on any clock of the country, and for whoever began to write the day before
constexpr std::chrono::seconds patience { 2 };          // with writers that had not seen what was asked; the next call tries again

constexpr Query find_kept { "indicator.kept_sums", "SELECT indicator, period, tree_version, asked_at, CASE WHEN sums IS NULL THEN 0 ELSE 1 END FROM tally_kept" };
constexpr Query find_root { "indicator.root_of_tree", R"sql(
    SELECT s.unit_id FROM unit_scope s WHERE s.tree_version = $1 GROUP BY s.unit_id HAVING count(*) = 1 ORDER BY s.unit_id LIMIT 1 )sql" };
constexpr Query filled_lines { "indicator.kept_lines", R"sql(
    SELECT k.indicator, k.period, k.tree_version, k.unit_id, u.code, k.sums FROM tally_kept k JOIN unit u ON u.id = k.unit_id
     WHERE k.sums IS NOT NULL ORDER BY k.indicator, k.period )sql" };
constexpr Query drop_kept { "indicator.drop_kept", "DELETE FROM tally_kept WHERE indicator = $1 AND period = $2" };
constexpr Query ask_for { "indicator.ask_for_kept", R"sql(
    INSERT INTO tally_kept (indicator, period, unit_id, tree_version, asked_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (indicator, period) DO NOTHING )sql" };
constexpr Query sum_up { "indicator.sum_of_offices", R"sql(
    SELECT t.part, CAST(sum(t.amount) AS BIGINT) FROM tally t JOIN unit_scope s ON s.tree_version = $3 AND s.ancestor_id = $4 AND s.unit_id = t.unit_id
     WHERE t.indicator = $1 AND t.period = $2 AND t.part NOT LIKE 'a%' GROUP BY t.part ORDER BY t.part )sql" };
constexpr Query fill_in { "indicator.fill_kept", R"sql(
    UPDATE tally_kept SET sums = $5 WHERE indicator = $1 AND period = $2 AND asked_at = $3 AND tree_version = $4 AND sums IS NULL )sql" };

struct Line {
    std::int64_t tree_version = 0;
    time::Instant asked_at {};
    bool filled = false;
};

/// What there is and what there should be, as of a day.
struct Found {
    std::map<TalliesOfPeriod, Line> lines;
    std::set<TalliesOfPeriod> wanted;
    std::int64_t tree_version = 0;
    UnitId root {};
};

bool has_ended(std::string const& period, time::Date today, std::chrono::days since)
{
    return kind_of_period(period) && last_day(period).plus(since) < today;
}

Found look(storage::Reader& reader, definition::IndicatorShelf& shelf, time::Date today)
{
    Found found;
    found.tree_version = organization::tree_version(reader, today);
    if (auto const root = reader.first(find_root, found.tree_version))
        found.root = root->id<UnitTag>(0);
    for (auto const& row : reader.query(find_kept))
        found.lines[{ row.text(0), row.text(1) }] = { row.integer(2), row.instant(3), row.yes(4) };
    for (auto const& made : shelf.newest(reader)) {
        PartPlaces const places { *made };
        if (made->retired || places.by_unit())
            continue;
        for (auto const& period : periods_until(period_of(today, made->period), trend_length(made->period)))
            for (auto const& each : places.tallies_of(period))
                if (has_ended(each.second, today, ended_before))
                    found.wanted.insert(each);
    }
    return found;
}

/// What the offices below the root come to: "d=40 n=12".
std::string sum_of_offices(storage::Reader& reader, TalliesOfPeriod const& key, std::int64_t tree_version, UnitId root)
{
    std::string text;
    for (auto const& row : reader.query(sum_up, key.first, key.second, tree_version, root))
        text += (text.empty() ? "" : " ") + row.text(0) + "=" + std::to_string(row.integer(1));
    return text;
}

/// Lines that nobody wants any more, or of another tree, go; missing ones are asked for.
Result<void> ask(storage::Database& database, Found const& found, time::Instant now)
{
    std::vector<TalliesOfPeriod> gone, missing;
    for (auto const& [key, line] : found.lines)
        if (!found.wanted.contains(key) || line.tree_version != found.tree_version)
            gone.push_back(key);
    for (auto const& key : found.wanted)
        if (auto const line = found.lines.find(key); line == found.lines.end() || line->second.tree_version != found.tree_version)
            missing.push_back(key);
    if (gone.empty() && missing.empty())
        return {};
    return database.write([&](storage::Transaction& transaction) -> Result<void> {
        for (auto const& [indicator, period] : gone)
            transaction.execute(drop_kept, indicator, period);
        for (auto const& [indicator, period] : missing)
            transaction.execute(ask_for, indicator, period, found.root, found.tree_version, now);
        return {};
    });
}

}

void forget_kept_sums(storage::Transaction& transaction, std::set<TalliesOfPeriod> const& changed, std::optional<time::Date> today)
{
    constexpr std::size_t at_once = 100;
    std::vector<storage::Value> values;
    auto forget = [&] {
        if (values.empty())
            return;
        auto const sql = "DELETE FROM tally_kept WHERE (indicator, period) IN (VALUES " + storage::value_rows(values.size() / 2, 2) + ")";
        transaction.execute_values(Query { "indicator.forget_kept", sql }, values);
        values.clear();
    };
    for (auto const& [indicator, period] : changed) {
        if (today && !has_ended(period, *today, std::chrono::days { 1 }))
            continue;
        values.emplace_back(indicator);
        values.emplace_back(period);
        if (values.size() == 2 * at_once)
            forget();
    }
    forget();
}

Result<int> keep_sums(storage::Database& database, definition::IndicatorShelf& shelf, time::Instant now, int at_most)
{
    auto const today = time::date_at(now, time::Zone::Wib);
    auto const found = TRY(database.read([&](storage::Reader& reader) -> Result<Found> { return look(reader, shelf, today); }));
    if (!found.root)
        return 0;
    TRY_VOID(ask(database, found, now));
    auto due = [&](auto const& each) { return !each.second.filled && each.second.tree_version == found.tree_version && found.wanted.contains(each.first); };
    if (std::ranges::none_of(found.lines, due) || !TRY(storage::earlier_writes_ended(database, patience)))
        return 0;
    int counted = 0;
    for (auto const& each : found.lines) {
        if (!due(each))
            continue;
        if (counted == at_most)
            break;
        auto const& [key, line] = each;
        auto const sums = TRY(database.read([&](storage::Reader& reader) -> Result<std::string> { return sum_of_offices(reader, key, found.tree_version, found.root); }));
        TRY(database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> {
            return transaction.execute(fill_in, key.first, key.second, line.asked_at, line.tree_version, sums);
        }));
        ++counted;
    }
    return counted;
}

std::vector<WrongKeptSum> wrong_kept_sums(storage::Reader& reader)
{
    std::vector<WrongKeptSum> wrong;
    for (auto const& row : reader.query(filled_lines)) {
        std::map<std::string, std::pair<std::int64_t, std::int64_t>> parts;     // kept, computed
        for (auto const& [part, amount] : kept_amounts(row.text(5)))
            parts[part].first = amount;
        for (auto const& [part, amount] : kept_amounts(sum_of_offices(reader, { row.text(0), row.text(1) }, row.integer(2), row.id<UnitTag>(3))))
            parts[part].second = amount;
        for (auto const& [part, amounts] : parts)
            if (amounts.first != amounts.second)
                wrong.push_back({ row.text(0), row.text(4), row.text(1), part, amounts.first, amounts.second });
    }
    return wrong;
}

std::vector<std::pair<std::string, std::int64_t>> kept_amounts(std::string_view sums)
{
    std::vector<std::pair<std::string, std::int64_t>> amounts;
    while (!sums.empty()) {
        auto const word = sums.substr(0, sums.find(' '));
        sums.remove_prefix(std::min(sums.size(), word.size() + 1));
        auto const sign = word.find('=');
        std::int64_t amount = 0;
        if (sign == std::string_view::npos || std::from_chars(word.data() + sign + 1, word.data() + word.size(), amount).ec != std::errc {})
            return {};
        amounts.emplace_back(word.substr(0, sign), amount);
    }
    return amounts;
}

}
