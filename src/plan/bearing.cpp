#include "plan/bearing.hpp"
#include <algorithm>
#include <map>

namespace kpuhub::plan {

namespace {

using Children = std::map<PlanNodeId, std::vector<Node const*>>;

Bearer bearer_of(Node const& node, Months months, std::optional<Rhythm> rhythm)
{
    return { node.id, months, rhythm.value_or(natural_rhythm(months)), node.due, {} };
}

Bearer of_single_indicator(Node const& indicator)
{
    auto bearer = bearer_of(indicator, indicator.months(), indicator.rhythm);
    bearer.items.push_back(indicator.id);
    return bearer;
}

bool any_marked(Node const& node, Children const& children)
{
    auto found = children.find(node.id);
    return found != children.end()
        && std::ranges::any_of(found->second,
            [&](Node const* child) { return !child->months().none() || any_marked(*child, children); });
}

void add_subactivity(std::vector<Bearer>& bearers, Node const& row, std::vector<Node const*> const& indicators)
{
    std::vector<Node const*> marked;
    for (auto const* indicator : indicators)
        if (indicator->parent == row.id && !indicator->months().none())
            marked.push_back(indicator);
    auto common = row.months();
    if (common.none() && !marked.empty())
        common = marked.front()->months();
    bool const differ = std::ranges::any_of(marked, [&](Node const* indicator) { return indicator->months() != common; });

    auto own = bearer_of(row, common, row.rhythm || marked.empty() ? row.rhythm : marked.front()->rhythm);
    if (!own.due.fixed() && !marked.empty())
        own.due = marked.front()->due;
    if (differ)
        own = bearer_of(row, row.months(), row.rhythm);
    for (auto const* indicator : indicators)
        if (!differ || std::ranges::find(marked, indicator) == marked.end())
            own.items.push_back(indicator->id);
    bool const owes_nothing_itself = differ && (own.items.empty() || own.months.none());
    if (!owes_nothing_itself)
        bearers.push_back(std::move(own));
    if (differ)
        for (auto const* indicator : marked)
            bearers.push_back(of_single_indicator(*indicator));
}

}

std::vector<Bearer> bearers(std::span<Node const> nodes, std::span<Cover const> covers)
{
    Children children;
    Children asked;
    std::map<PlanNodeId, Node const*> by_id;
    for (auto const& node : nodes) {
        by_id[node.id] = &node;
        children[node.parent].push_back(&node);
        if (node.level == Level::Indicator)
            asked[node.parent].push_back(&node);
    }
    for (auto const& cover : covers) {
        auto found = by_id.find(cover.indicator);
        if (found != by_id.end() && found->second->parent != cover.subactivity)
            asked[cover.subactivity].push_back(found->second);
    }
    for (auto& [node, indicators] : asked)
        std::ranges::sort(indicators, {}, &Node::place);

    std::vector<Bearer> found;
    for (auto const& node : nodes) {
        auto parent = by_id.find(node.parent);
        if (node.level == Level::Subactivity) {
            add_subactivity(found, node, asked[node.id]);
        } else if (node.level == Level::Indicator) {
            bool const under_subactivity = parent != by_id.end() && parent->second->level == Level::Subactivity;
            if (!under_subactivity && !node.months().none())
                found.push_back(of_single_indicator(node));
        } else if (node.level == Level::Activity) {
            bool const divided = std::ranges::any_of(children[node.id],
                [](Node const* child) { return child->level == Level::Subactivity; });
            if ((!divided || !node.months().none()) && !any_marked(node, children)) {
                auto bearer = bearer_of(node, node.months(), node.rhythm);
                for (auto const* indicator : asked[node.id])
                    bearer.items.push_back(indicator->id);
                found.push_back(std::move(bearer));
            }
        }
    }
    return found;
}

}
