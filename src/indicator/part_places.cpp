#include "indicator/part_places.hpp"
#include "indicator/contribution.hpp"
#include "indicator/period.hpp"
#include <algorithm>
#include <charconv>

namespace kpuhub::indicator {

using definition::Indicator;
using definition::IndicatorPart;
using definition::PartKind;
using definition::TreeRule;

static bool of_plan(IndicatorPart const& part) { return part.kind == PartKind::Plan; }

PartPlaces::PartPlaces(Indicator const& made)
    : m_made(made)
{
    bool const records = made.numerator.of_records() || (made.denominator && made.denominator->of_records());
    bool const plan = of_plan(made.numerator) || (made.denominator && of_plan(*made.denominator));
    std::string const own = records ? made.id : std::string {};
    m_names = { own, plan ? std::string { plan_tallies } : own };
    auto name = [](IndicatorPart const& part) { return of_plan(part) ? "t." + part.of : std::string {}; };
    m_plan_parts = { name(made.numerator), made.denominator ? name(*made.denominator) : std::string {} };
}

std::string PartPlaces::period_for(std::string_view indicator, std::string_view tally_period) const
{
    auto const kind = kind_of_period(tally_period);
    if (!kind)
        return {};
    if (*kind == m_made.period)
        return std::string { tally_period };
    // the plan is tallied by months and years
    bool const month_of_plan = indicator == plan_tallies && *kind == PeriodKind::Month && m_made.period != PeriodKind::Year;
    return month_of_plan ? period_of(first_day(tally_period), m_made.period) : std::string {};
}

void PartPlaces::add(std::string_view indicator, std::string_view part, std::int64_t amount, UnitSums& sums) const
{
    auto const& plan = m_plan_parts;
    if (indicator == plan_tallies) {
        sums.numerator += part == plan.first ? amount : 0;
        sums.denominator += part == plan.second ? amount : 0;
        if (part != plan.first && part != plan.second)
            return;
    } else if (part == numerator_part) {
        sums.numerator += amount;
    } else if (part == denominator_part) {
        sums.denominator += amount;
    } else if (part.size() > 2) {
        std::size_t bucket = 0;
        auto const number = part.substr(2);
        std::from_chars(number.data(), number.data() + number.size(), bucket);
        sums.buckets.resize(m_made.numerator.edges.size() + 1);
        if (bucket < sums.buckets.size())
            sums.buckets[bucket] += amount;
    }
    sums.reported = sums.reported || amount != 0;
}

std::pair<std::string, std::string> PartPlaces::span(std::string const& first, std::string const& last) const
{
    if (m_names.second != plan_tallies || m_made.period == PeriodKind::Year)
        return { first, last };
    return { std::min(first, period_of(first_day(first), PeriodKind::Month)), std::max(last, period_of(last_day(last), PeriodKind::Month)) };
}

std::vector<std::pair<std::string, std::string>> PartPlaces::tallies_of(std::string const& period) const
{
    std::vector<std::pair<std::string, std::string>> found;
    auto const& [own, plan] = m_names;
    if (!own.empty())
        found.emplace_back(own, period);
    if (plan == own)
        return found;
    auto const kind = m_made.period == PeriodKind::Year ? PeriodKind::Year : PeriodKind::Month;
    auto const last = period_of(last_day(period), kind);
    for (auto each = period_of(first_day(period), kind); each <= last; each = period_before(each, -1))
        found.emplace_back(plan, each);
    return found;
}

std::string PartPlaces::reporting_register() const
{
    if (m_made.numerator.of_records())
        return m_made.numerator.of;
    return m_made.denominator && m_made.denominator->of_records() ? m_made.denominator->of : std::string {};
}

bool PartPlaces::always_reported() const { return m_names.second.empty(); }

bool PartPlaces::by_unit() const
{
    auto stock = [](IndicatorPart const& part) { return part.kind == PartKind::Stock; };
    return m_made.tree != TreeRule::SumThenDivide || stock(m_made.numerator)
        || (m_made.denominator && stock(*m_made.denominator));
}

std::vector<StockPart> stock_parts(Indicator const& made)
{
    std::vector<StockPart> found;
    auto add = [&](IndicatorPart const& part, std::int64_t UnitSums::* place) {
        if (part.kind == PartKind::Stock)
            found.push_back({ &part, place });
    };
    add(made.numerator, &UnitSums::numerator);
    if (made.denominator)
        add(*made.denominator, &UnitSums::denominator);
    if (made.weight)
        add(*made.weight, &UnitSums::weight);
    return found;
}

void add_stock(StockCounts const& counts, time::Date day, StockPart const& stock, SumsOfUnits& units)
{
    if (auto const on_day = counts.find(day); on_day != counts.end())
        for (auto const& [unit, count] : on_day->second)
            if (auto const sums = units.find(unit); sums != units.end())
                sums->second.*stock.place += count;
}

Result<void> add_stocks(storage::Reader& reader, Stocks const& stocks, ValueQuestion const& question, std::map<std::string, SumsOfUnits>& periods)
{
    auto const parts = stock_parts(question.made);
    if (periods.empty() || parts.empty())
        return {};
    auto day_of = [&](std::string const& period) { return std::min(last_day(period), question.today); };
    std::set<time::Date> days;
    for (auto const& [period, units] : periods)
        days.insert(day_of(period));
    std::vector<IndicatorPart const*> counted;
    for (auto const& stock : parts)
        counted.push_back(stock.part);
    auto const counts = TRY(count_stocks(reader, stocks, { question.node, question.with_lower_units, question.tree_on, { days.begin(), days.end() } }, counted));
    for (auto& [period, units] : periods)
        for (std::size_t at = 0; at < parts.size(); ++at)
            add_stock(counts[at], day_of(period), parts[at], units);
    return {};
}

}
