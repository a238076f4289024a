#include "indicator/stock.hpp"
#include <algorithm>

namespace kpuhub::indicator {

std::string wanted_values(std::vector<definition::Requirement> const& where, std::string_view key)
{
    std::string wanted;
    for (auto const& each : where)
        if (each.name == key)
            for (auto const& value : each.values)
                wanted += (wanted.empty() ? "," : "") + value + ",";
    return wanted;
}

organization::HeadcountWanted UnitStock::wanted(std::vector<definition::Requirement> const& where) const
{
    return { .what = organization::Counted::OpenUnits, .levels = wanted_values(where, "level") };
}

organization::HeadcountWanted AppointmentStock::wanted(std::vector<definition::Requirement> const& where) const
{
    auto const duty = std::ranges::find(where, "duty", &definition::Requirement::name);
    if (duty != where.end() && !duty->values.empty())
        return { .what = organization::Counted::PeopleWithDuty, .duty = duty->values.front() };
    return { .what = organization::Counted::PeopleInPosts, .capacities = wanted_values(where, "capacity"), .posts = wanted_values(where, "post"),
        .employments = wanted_values(where, "employment") };
}

Result<std::vector<StockCounts>> count_stocks(storage::Reader& reader, Stocks const& stocks, StockQuestion const& question,
    std::vector<definition::IndicatorPart const*> const& parts)
{
    std::vector<organization::HeadcountWanted> wanted;
    for (auto const* part : parts) {
        auto const source = stocks.find(part->of);
        if (source == stocks.end())
            return unavailable("indicator.no_stock", part->of);
        wanted.push_back(source->second->wanted(part->where));
    }
    std::vector<StockCounts> counts;
    if (parts.empty())
        return counts;
    for (auto const& lines : organization::headcounts(reader, { question.node, question.with_lower_units, question.tree_on, question.days, std::move(wanted) })) {
        auto& of_part = counts.emplace_back();
        for (auto const& line : lines)
            of_part[line.day][line.unit] = line.people;
    }
    return counts;
}

}
