#include "plan/plan_move.hpp"
#include "plan/plan_revise.hpp"
#include <algorithm>
#include <array>
#include <map>

namespace kpuhub::plan {

namespace {

using Siblings = std::vector<TreeNode>;
using Covered = std::map<PlanNodeId, std::vector<PlanNodeId>>;

std::vector<PlanNodeId> subactivities_of(TreeNode const& activity)
{
    std::vector<PlanNodeId> ids;
    for (auto const& child : activity.children)
        if (child.row.level == Level::Subactivity)
            ids.push_back(child.row.id);
    return ids;
}

/// Which sub-activities each indicator covers, by their ids.
void remember(Siblings const& nodes, std::vector<PlanNodeId> const& subactivities, Covered& covered)
{
    for (auto const& node : nodes) {
        for (int position : node.covers)
            covered[node.row.id].push_back(subactivities.at(static_cast<std::size_t>(position)));
        remember(node.children, node.row.level == Level::Activity ? subactivities_of(node) : subactivities, covered);
    }
}

void restore(Siblings& nodes, std::vector<PlanNodeId> const& subactivities, Covered const& covered)
{
    for (auto& node : nodes) {
        node.covers.clear();
        if (auto found = covered.find(node.row.id); node.row.id && found != covered.end())
            for (auto id : found->second)
                if (auto place = std::ranges::find(subactivities, id); place != subactivities.end())
                    node.covers.push_back(static_cast<int>(place - subactivities.begin()));
        restore(node.children, node.row.level == Level::Activity ? subactivities_of(node) : subactivities, covered);
    }
}

Siblings* siblings_of(Siblings& nodes, PlanNodeId id, std::size_t& position)
{
    for (position = 0; position < nodes.size(); ++position)
        if (nodes[position].row.id == id)
            return &nodes;
    for (auto& node : nodes)
        if (auto* found = siblings_of(node.children, id, position))
            return found;
    return nullptr;
}

/// In the manner of the first of them that has a number.
void number_again(Siblings& siblings, Level level)
{
    auto like = std::ranges::find_if(siblings, [&](TreeNode const& each) { return each.row.level == level && !each.row.number.empty(); });
    if (like == siblings.end())
        return;
    auto const manner = like->row.number;
    int n = 0;
    for (auto& each : siblings) {
        if (each.row.level != level)
            continue;
        auto number = number_like(manner, ++n);
        if (!number.empty())
            each.row.number = std::move(number);
    }
}

std::string roman(int n)
{
    static constexpr std::array<std::pair<int, std::string_view>, 9> signs { { { 100, "C" }, { 90, "XC" }, { 50, "L" }, { 40, "XL" },
        { 10, "X" }, { 9, "IX" }, { 5, "V" }, { 4, "IV" }, { 1, "I" } } };
    std::string text;
    for (auto const& [worth, sign] : signs)
        for (; n >= worth; n -= worth)
            text += sign;
    return text;
}

bool all_of(std::string_view text, std::string_view signs)
{
    return !text.empty() && text.find_first_not_of(signs) == std::string_view::npos;
}

}

std::string number_like(std::string_view printed, int n)
{
    constexpr int letters = 26;
    auto end = printed.find_last_not_of(".) \t");
    if (end == std::string_view::npos || n < 1)
        return {};
    auto const tail = printed.substr(++end);
    auto begin = printed.substr(0, end).find_last_of(".( \t");
    begin = begin == std::string_view::npos ? 0 : begin + 1;
    auto const head = printed.substr(0, begin);
    auto const token = printed.substr(begin, end - begin);
    std::string next;
    if (all_of(token, "0123456789"))
        next = std::to_string(n);
    else if (all_of(token, "IVXLC"))
        next = roman(n);
    else if (token.size() == 1 && token[0] >= 'a' && token[0] <= 'z' && n <= letters)
        next = std::string(1, static_cast<char>('a' + n - 1));
    else if (token.size() == 1 && token[0] >= 'A' && token[0] <= 'Z' && n <= letters)
        next = std::string(1, static_cast<char>('A' + n - 1));
    else
        return {};
    return std::string(head) + next + std::string(tail);
}

bool move_row(Tree& tree, PlanNodeId id, PlanNodeId parent, std::size_t position, Numbering numbering)
{
    std::size_t stood = 0;
    auto* from = id ? siblings_of(tree.areas, id, stood) : nullptr;
    if (!from)
        return false;
    auto const level = (*from)[stood].row.level;
    auto* above = parent ? row_in(tree, parent) : nullptr;
    if ((parent && !above) || !may_stand_under(level, above ? std::optional { above->row.level } : std::nullopt))
        return false;
    Covered covered;
    remember(tree.areas, {}, covered);
    auto row = std::move((*from)[stood]);
    from->erase(from->begin() + static_cast<std::ptrdiff_t>(stood));
    if (numbering == Numbering::Follow)
        number_again(*from, level);
    above = parent ? row_in(tree, parent) : nullptr;        // rows behind the one taken out have moved in memory
    auto& siblings = above ? above->children : tree.areas;
    auto const place = siblings.begin() + static_cast<std::ptrdiff_t>(std::min(position, siblings.size()));
    siblings.insert(place, std::move(row));
    if (numbering == Numbering::Follow)
        number_again(siblings, level);
    restore(tree.areas, {}, covered);
    return true;
}

bool shift_row(Tree& tree, PlanNodeId id, int by, Numbering numbering)
{
    std::size_t position = 0;
    auto* siblings = id ? siblings_of(tree.areas, id, position) : nullptr;
    if (!siblings || (by != 1 && by != -1))
        return false;
    auto const level = (*siblings)[position].row.level;
    auto other = static_cast<std::ptrdiff_t>(position) + by;
    auto const count = static_cast<std::ptrdiff_t>(siblings->size());
    while (other >= 0 && other < count && (*siblings)[static_cast<std::size_t>(other)].row.level != level)
        other += by;
    if (other < 0 || other >= count)
        return false;
    Covered covered;
    remember(tree.areas, {}, covered);
    std::swap((*siblings)[position], (*siblings)[static_cast<std::size_t>(other)]);
    if (numbering == Numbering::Follow)
        number_again(*siblings, level);
    restore(tree.areas, {}, covered);
    return true;
}

}
