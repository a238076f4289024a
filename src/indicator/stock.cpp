#include "indicator/stock.hpp"
#include "organization/headcount.hpp"
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

static organization::HeadcountQuestion headcount_of(StockQuestion const& question)
{
    return { question.node, question.with_lower_units, question.tree_on, question.days, wanted_values(question.where, "capacity"),
        wanted_values(question.where, "post"), wanted_values(question.where, "employment"), wanted_values(question.where, "level") };
}

static StockCounts by_day(std::vector<organization::Headcount> const& lines)
{
    StockCounts counts;
    for (auto const& line : lines)
        counts[line.day][line.unit] = line.people;
    return counts;
}

StockCounts UnitStock::counts(storage::Reader& reader, StockQuestion const& question) const
{
    return by_day(organization::open_units(reader, headcount_of(question)));
}

StockCounts AppointmentStock::counts(storage::Reader& reader, StockQuestion const& question) const
{
    auto const duty = std::ranges::find(question.where, "duty", &definition::Requirement::name);
    if (duty != question.where.end() && !duty->values.empty())
        return by_day(organization::people_with_duty(reader, headcount_of(question), duty->values.front()));
    return by_day(organization::people_in_posts(reader, headcount_of(question)));
}

}
