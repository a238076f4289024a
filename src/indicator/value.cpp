#include "indicator/value.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <stdexcept>

namespace kpuhub::indicator {

using definition::Indicator;
using definition::MissingRule;
using definition::TreeRule;
using definition::ValueKind;

std::string_view to_text(Standing standing)
{
    switch (standing) {
    case Standing::Measured: return "measured";
    case Standing::NotReported: return "not_reported";
    default: return "not_applicable";
    }
}

namespace {

std::int64_t power_of_ten(int decimals)
{
    std::int64_t power = 1;
    for (int at = 0; at < decimals; ++at)
        power *= 10;
    return power;
}

void add_to(std::int64_t& sum, std::int64_t amount)
{
    if (__builtin_add_overflow(sum, amount, &sum))
        throw std::overflow_error("sum beyond 64 bits");
}

/// The bucket in which the percentile lies: the first up to which so many in a hundred have come.
int bucket_at(std::vector<std::int64_t> const& buckets, std::int64_t total, std::int64_t percent)
{
    std::int64_t before = 0;
    for (std::size_t at = 0; at < buckets.size(); ++at) {
        before += buckets[at];
        if (before * 100 >= total * percent)
            return static_cast<int>(at);
    }
    return static_cast<int>(buckets.size()) - 1;
}

void measure_spread(Indicator const& made, std::vector<std::int64_t> const& buckets, Value& value)
{
    auto const& edges = made.numerator.edges;
    auto const total = std::accumulate(buckets.begin(), buckets.end(), std::int64_t { 0 });
    value.numerator = value.denominator = total;
    value.buckets = buckets;
    if (total == 0)
        return;
    value.standing = Standing::Measured;
    if (made.value == ValueKind::Within) {
        value.numerator = 0;
        for (std::size_t at = 0; at < edges.size() && edges[at] <= made.within; ++at)
            value.numerator += buckets[at];
        value.exact = Exact::of(value.numerator, total);
        return;
    }
    constexpr std::int64_t half = 50, nine_tenths = 90;
    value.bucket = bucket_at(buckets, total, made.value == ValueKind::Median ? half : nine_tenths);
    auto const edge = std::min<std::size_t>(static_cast<std::size_t>(value.bucket), edges.size() - 1);
    value.exact = Exact::of(edges[edge]);
}

/// What sums come to. Nothing to measure: not applicable.
Value value_of_sums(Indicator const& made, UnitSums const& sums)
{
    Value value { Standing::NotApplicable, sums.numerator, sums.denominator };
    switch (made.value) {
    case ValueKind::Number:
        value.standing = Standing::Measured;
        value.exact = Exact::of(sums.numerator, power_of_ten(made.decimals));
        break;
    case ValueKind::Share:
    case ValueKind::Mean:
        if (sums.denominator == 0)
            break;
        value.standing = Standing::Measured;
        value.exact = Exact::from_text(fmt::format("{}/{}{}", sums.numerator, sums.denominator, std::string(static_cast<std::size_t>(made.decimals), '0')));
        break;
    default: measure_spread(made, sums.buckets, value);
    }
    return value;
}

UnitSums sum_of(std::span<UnitSums const> units)
{
    UnitSums all;
    for (auto const& unit : units) {
        add_to(all.numerator, unit.numerator);
        add_to(all.denominator, unit.denominator);
        all.buckets.resize(std::max(all.buckets.size(), unit.buckets.size()));
        for (std::size_t at = 0; at < unit.buckets.size(); ++at)
            add_to(all.buckets[at], unit.buckets[at]);
    }
    return all;
}

/// The values of the units, one by one; a unit that does not report is 0 where the rule says so.
std::vector<Weighed> values_of_units(Indicator const& made, std::vector<UnitSums> const& units)
{
    std::vector<Weighed> values;
    for (auto const& unit : units) {
        if (!unit.reported)
            values.push_back({ Exact {}, unit.weight });
        else if (auto const value = value_of_sums(made, unit); value.measured())
            values.push_back({ *value.exact, unit.weight });
    }
    return values;
}

bool meets(Indicator const& made, Exact const& value)
{
    auto const target = target_of(made);
    return target && (made.higher_is_better ? compare(value, *target) >= 0 : compare(value, *target) <= 0);
}

/// Rules over the values of the units, not over their sums.
void combine(Indicator const& made, std::vector<UnitSums> const& units, Value& value)
{
    auto values = values_of_units(made, units);
    if (made.tree == TreeRule::AverageOfUnits)
        for (auto& each : values)
            each.weight = 1;
    if (made.tree == TreeRule::Weighted)
        std::erase_if(values, [](auto const& each) { return each.weight <= 0; });
    value.standing = values.empty() ? Standing::NotApplicable : Standing::Measured;
    value.exact.reset();
    if (values.empty())
        return;
    if (made.tree == TreeRule::Minimum) {
        value.exact = std::ranges::min_element(values, [](auto const& a, auto const& b) { return compare(a.value, b.value) < 0; })->value;
    } else if (made.tree == TreeRule::ShareAtTarget) {
        // the 0 of an office that says nothing takes part and has reached no target: nothing late is another thing than no report
        auto const silent = meets(made, Exact {}) ? std::ranges::count(units, false, &UnitSums::reported) : 0;
        value.numerator = std::ranges::count_if(values, [&](auto const& each) { return meets(made, each.value); }) - silent;
        value.denominator = static_cast<std::int64_t>(values.size());
        value.exact = Exact::of(value.numerator, value.denominator);
    } else {
        value.exact = mean(values);
    }
}

}

Value roll_up(Indicator const& made, std::span<UnitSums const> units)
{
    std::vector<UnitSums> counted;
    for (auto const& unit : units)
        if (unit.reported || made.missing == MissingRule::Zero)
            counted.push_back(unit);
    auto const reported = std::ranges::count_if(units, &UnitSums::reported);
    Value value;
    if (!counted.empty()) {
        value = value_of_sums(made, sum_of(counted));
        if (units.size() > 1 && made.tree != TreeRule::SumThenDivide && made.tree != TreeRule::OwnOnly)
            combine(made, counted, value);
    }
    value.reported = reported;
    value.expected = static_cast<std::int64_t>(units.size());
    return value;
}

bool is_share_of_offices(Indicator const& made, Value const& value) { return made.tree == TreeRule::ShareAtTarget && value.expected > 1; }

bool in_percent(Indicator const& made, Value const& value)
{
    return made.value == ValueKind::Share || made.value == ValueKind::Within || is_share_of_offices(made, value);
}

std::optional<Exact> target_of(Indicator const& made)
{
    if (!made.target)
        return std::nullopt;
    auto const percent = made.value == ValueKind::Share || made.value == ValueKind::Within;
    return Exact::of(made.target->number, power_of_ten(made.target->decimals) * (percent ? 100 : 1));
}

std::optional<bool> reaches_target(Indicator const& made, Value const& value)
{
    if (!made.target || !value.measured() || is_share_of_offices(made, value))
        return std::nullopt;
    if (value.reported == 0 && value.expected > 0)
        return false;
    bool const above_all = value.bucket >= 0 && value.bucket == static_cast<int>(made.numerator.edges.size());
    return above_all ? made.higher_is_better : meets(made, *value.exact);
}

}
