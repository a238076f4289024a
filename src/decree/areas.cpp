#include "decree/areas.hpp"
#include "decree/tree_builder.hpp"
#include "decree/words.hpp"
#include <algorithm>
#include <cstdlib>
#include <map>

namespace kpuhub::decree {

namespace {

std::map<int, int> weights(Draft const& draft, int area, Shape const& shape)
{
    std::map<int, int> total;
    std::vector<int> inside { area };
    for (auto const& node : draft.nodes) {
        if (std::ranges::find(inside, node.parent) == inside.end())
            continue;
        inside.push_back(node.id);
        auto const text = plain(node.text);
        int const importance = node.level == Level::Activity ? 3 : node.level == Level::Subactivity ? 2 : 1;
        for (auto const& known : shape.areas)
            total[known.number] += importance * shape.weight(known.number, text);
    }
    return total;
}

int best_area(std::map<int, int> const& total)
{
    int best = 0;
    int most = 5;
    for (auto const& [area, weight] : total)
        if (weight > most) {
            most = weight;
            best = area;
        }
    return best;
}

void join(Draft& draft, int from, int into)
{
    for (auto& node : draft.nodes)
        if (node.parent == from)
            node.parent = into;
    std::erase_if(draft.nodes, [&](auto& node) { return node.id == from; });
}

void settle_printed(Node& area, Shape const& shape)
{
    auto const [named, close] = shape.area_named(area.text);
    auto const text = area.number;
    if (close >= 0.75)
        area.number = std::to_string(named);
    else if (auto const number = roman(text))
        area.number = std::to_string(*number);
    else if (std::atoi(text.c_str()) < 1)
        area.number.clear();
}

void join_split_activity(Draft& draft, int area)
{
    // A gap that lost nothing: the first activity has no name because it is the last one of the part before.
    auto const activities = children(draft, area);
    for (std::size_t i = 1; i < activities.size(); ++i) {
        if (!activities[i]->text.empty())
            continue;
        auto const before = children(draft, activities[i - 1]->id);
        auto const after = children(draft, activities[i]->id);
        if (before.empty() || after.empty())
            continue;
        auto const last = marker(before.back()->number + ". x").rank;
        auto const first = marker(after.front()->number + ". x").rank;
        if (last > 0 && first == last + 1) {
            join(draft, activities[i]->id, activities[i - 1]->id);
            return;
        }
    }
}

}

std::string without_area_word(std::string_view text, Shape const& shape)
{
    auto const small = plain(text);
    for (auto const& heading : shape.columns.at(Column::Area))
        if (small.starts_with(heading + " ")) {
            auto const colon = text.find(':');
            auto rest = trimmed(colon != std::string_view::npos ? text.substr(colon + 1) : text.substr(std::min(text.size(), heading.size())));
            return rest.substr(marker(rest).length);
        }
    return std::string { text };
}

int area_number(Node const& area)
{
    return std::atoi(area.number.c_str());
}

void recognise_areas(Draft& draft, Shape const& shape)
{
    std::vector<int> areas;
    for (auto const& node : draft.nodes)
        if (node.level == Level::Area)
            areas.push_back(node.id);
    int before = 0;
    for (int const id : areas) {
        auto& area = *find(draft, id);
        if (!area.inferred) {
            settle_printed(area, shape);
            before = id;
            if (auto const* known = shape.area(area_number(area)); known != nullptr && area.text.empty())
                draft.findings.push_back({ FindingKind::AreaInferred, Severity::Warning, { area.sources.front() }, { id }, { area.number, known->name } });
            continue;
        }
        if (children(draft, id).empty())
            continue;
        int const best = best_area(weights(draft, id, shape));
        int const previous = before == 0 ? 0 : area_number(*find(draft, before));
        if (before != 0 && ((best != 0 && best == previous) || best == 0)) {
            join(draft, id, before);
            join_split_activity(draft, before);
            continue;
        }
        before = id;
        Finding finding { best == 0 ? FindingKind::AreaUnknown : FindingKind::AreaInferred, Severity::Warning, { area.sources.front() }, { id }, {} };
        if (best != 0) {
            area.number = std::to_string(best);
            finding.arguments = { area.number, shape.area(best)->name };
        }
        draft.findings.push_back(std::move(finding));
    }
    put_in_order(draft);
}

}
