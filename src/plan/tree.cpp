#include "plan/tree.hpp"
#include "plan/plan_move.hpp"
#include "text/normal.hpp"
#include <algorithm>

namespace kpuhub::plan {

constexpr std::size_t most_rows = 5000;
constexpr std::size_t longest_text_bytes = 10'000;

bool may_stand_under(Level child, std::optional<Level> parent)
{
    switch (child) {
    case Level::Area: return !parent;
    case Level::Activity: return parent == Level::Area;
    case Level::Subactivity: return parent == Level::Activity;
    case Level::Indicator: break;
    }
    return parent == Level::Activity || parent == Level::Subactivity;
}

static std::size_t subactivities_in(TreeNode const& activity)
{
    return static_cast<std::size_t>(std::ranges::count_if(activity.children,
        [](TreeNode const& child) { return child.row.level == Level::Subactivity; }));
}

static void check_row(TreeNode const& node, TreeNode const* parent, TreeNode const* activity, std::string const& path,
    std::vector<FieldFault>& faults)
{
    if (!may_stand_under(node.row.level, parent ? std::optional { parent->row.level } : std::nullopt))
        faults.push_back({ path, "plan.tree.wrong_level" });
    if (node.row.body.empty() && node.row.number.empty())
        faults.push_back({ path, "plan.tree.empty_row" });
    if (std::max({ node.row.body.size(), node.row.remark.size(), node.source.size() }) > longest_text_bytes)
        faults.push_back({ path, "plan.tree.too_long" });
    if (node.row.level == Level::Area && (node.row.area_no < 0 || node.row.area_no > 8))
        faults.push_back({ path, "plan.tree.wrong_area" });
    for (int position : node.covers)
        if (!activity || position < 0 || static_cast<std::size_t>(position) >= subactivities_in(*activity))
            faults.push_back({ path, "plan.tree.wrong_cover" });
    if (node.row.level == Level::Activity)
        activity = &node;
    for (std::size_t i = 0; i < node.children.size(); ++i)
        check_row(node.children[i], &node, activity, path + ".children." + std::to_string(i), faults);
}

static std::size_t rows_in(std::vector<TreeNode> const& nodes)
{
    std::size_t rows = nodes.size();
    for (auto const& node : nodes)
        rows += rows_in(node.children);
    return rows;
}

Result<void> check(Tree const& tree)
{
    if (rows_in(tree.areas) > most_rows)
        return invalid("plan.tree.too_many_rows");
    std::vector<FieldFault> faults;
    for (std::size_t i = 0; i < tree.areas.size(); ++i)
        check_row(tree.areas[i], nullptr, nullptr, "areas." + std::to_string(i), faults);
    if (!faults.empty())
        return invalid("plan.tree.invalid", std::move(faults));
    return {};
}

std::string search_text(Node const& node)
{
    return text::normal(node.number + " " + node.body + " " + node.remark);
}

static void flatten_under(TreeNode const& node, std::size_t parent, int area_no, std::vector<FlatNode>& flat)
{
    flat.push_back({ &node, parent, area_no, static_cast<std::int64_t>(flat.size()) + 1 });
    auto self = flat.size();
    for (auto const& child : node.children)
        flatten_under(child, self, area_no, flat);
}

std::vector<FlatNode> flatten(Tree const& tree)
{
    std::vector<FlatNode> flat;
    for (auto const& area : tree.areas)
        flatten_under(area, 0, area.row.area_no, flat);
    return flat;
}

}
