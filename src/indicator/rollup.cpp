#include "indicator/rollup.hpp"

namespace kpuhub::indicator {

using storage::Query;

constexpr Query own_year { "indicator.own_year", R"sql(
    SELECT t.period, t.part, t.amount FROM tally t
     WHERE t.unit_id = $1 AND t.indicator = $2 AND t.period >= $3 AND t.period < $4 )sql" };

std::int64_t Sums::of(std::string_view part) const
{
    auto found = parts.find(part);
    return found == parts.end() ? 0 : found->second;
}

std::int64_t Sums::total(std::string_view part) const { return of("t." + std::string(part)); }

Ratio Sums::ratio_of_area(int area_no, std::string_view numerator, std::string_view denominator) const
{
    auto area = "a" + std::to_string(area_no) + ".";
    return { of(area + std::string(numerator)), of(area + std::string(denominator)) };
}

static SumsByPeriod by_period(storage::Rows const& rows)
{
    SumsByPeriod found;
    for (auto const& row : rows)
        if (row.integer(2) != 0)
            found[row.text(0)].parts[row.text(1)] = row.integer(2);
    return found;
}

SumsByPeriod year_of_unit(storage::Reader& reader, std::string_view indicator, UnitId unit, int year, int years_before)
{
    return by_period(reader.query(own_year, unit, indicator, std::to_string(year - years_before), std::to_string(year + 1)));
}

}
