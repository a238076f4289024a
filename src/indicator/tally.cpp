#include "indicator/tally.hpp"
#include "indicator/kept_sums.hpp"
#include "indicator/tally_year.hpp"
#include <stdexcept>
#include <tuple>

namespace kpuhub::indicator {

using storage::Query;

constexpr Query add_to_tally { "indicator.add_to_tally", R"sql(
    INSERT INTO tally (indicator, period, part, unit_id, amount) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (indicator, period, part, unit_id) DO UPDATE SET amount = tally.amount + excluded.amount )sql" };

static void add(Amounts& amounts, Contribution const& each, std::int64_t sign)
{
    auto& sum = amounts[{ each.period, each.part }];
    std::int64_t signed_amount = 0;
    if (__builtin_mul_overflow(each.amount, sign, &signed_amount) || __builtin_add_overflow(sum, signed_amount, &sum))
        throw std::overflow_error("tally beyond 64 bits");
}

static void leave_out_zero(Amounts& amounts)
{
    std::erase_if(amounts, [](auto const& entry) { return entry.second == 0; });
}

Amounts merge(std::span<Contribution const> contributions)
{
    return difference({}, contributions);
}

Amounts difference(std::span<Contribution const> before, std::span<Contribution const> after)
{
    Amounts amounts;
    for (auto const& each : before)
        add(amounts, each, -1);
    for (auto const& each : after)
        add(amounts, each, 1);
    leave_out_zero(amounts);
    return amounts;
}

void apply_difference(storage::Transaction& transaction, std::string_view indicator, UnitId unit,
    std::span<Contribution const> before, std::span<Contribution const> after)
{
    apply(transaction, indicator, { { unit, difference(before, after) } });
}

void apply(storage::Transaction& transaction, std::string_view indicator, std::map<UnitId, Amounts> const& changes)
{
    add_to_tallies(transaction, indicator, changes);
    add_to_years(transaction, indicator, changes);
}

void add_to_tallies(storage::Transaction& transaction, std::string_view indicator, std::map<UnitId, Amounts> const& changes)
{
    std::map<std::tuple<std::string_view, std::string_view, UnitId>, std::int64_t> ordered;
    for (auto const& [unit, amounts] : changes)
        for (auto const& [key, amount] : amounts)
            ordered[{ key.first, key.second, unit }] = amount;
    for (auto const& [key, amount] : ordered)
        transaction.execute(add_to_tally, indicator, std::get<0>(key), std::get<1>(key), std::get<2>(key), amount);
    std::set<TalliesOfPeriod> periods;
    for (auto const& [key, amount] : ordered)
        periods.emplace(indicator, std::get<0>(key));
    forget_kept_sums(transaction, periods);
}

}
