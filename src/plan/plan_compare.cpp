#include "plan/plan_compare.hpp"
#include "text/normal.hpp"
#include <algorithm>
#include <map>
#include <set>

namespace kpuhub::plan {

namespace {

constexpr int alike_enough = 700;

std::vector<std::string> changed_fields(Node const& before, Node const& after)
{
    std::vector<std::string> fields;
    auto check = [&](bool same, char const* name) {
        if (!same)
            fields.emplace_back(name);
    };
    check(before.number == after.number, "number");
    check(before.body == after.body, "body");
    check(before.remark == after.remark, "remark");
    check(before.printed == after.printed, "months");
    check(before.working == after.working, "working_months");
    check(before.rhythm == after.rhythm, "rhythm");
    check(before.due == after.due, "due_day");
    check(before.owner_post == after.owner_post && before.owner_subdivision == after.owner_subdivision, "owner");
    check(before.authority == after.authority, "authority");
    check(before.tentative == after.tentative, "tentative");
    check(before.applies == after.applies, "applies");
    check(before.indicator_kind == after.indicator_kind, "indicator_kind");
    check(before.common_item == after.common_item, "common_item");
    return fields;
}

void collect(std::vector<TreeNode> const& nodes, std::set<PlanNodeId>& ids)
{
    for (auto const& node : nodes) {
        if (node.row.id)
            ids.insert(node.row.id);
        collect(node.children, ids);
    }
}

void index(std::vector<TreeNode> const& nodes, std::map<PlanNodeId, TreeNode const*>& by_id)
{
    for (auto const& node : nodes) {
        by_id[node.row.id] = &node;
        index(node.children, by_id);
    }
}

/// Rows that stand in another order among the same siblings: those outside the longest part that kept its order.
std::set<PlanNodeId> reordered(std::vector<TreeNode> const& before, std::vector<TreeNode> const& after)
{
    std::map<PlanNodeId, std::size_t> stood;
    for (std::size_t i = 0; i < before.size(); ++i)
        if (before[i].row.id)
            stood[before[i].row.id] = i;
    std::vector<std::pair<PlanNodeId, std::size_t>> both;
    for (auto const& row : after)
        if (auto found = stood.find(row.row.id); found != stood.end())
            both.emplace_back(found->first, found->second);
    std::vector<std::size_t> length(both.size(), 1);
    std::vector<std::size_t> previous(both.size(), both.size());
    std::size_t best = both.size();
    for (std::size_t i = 0; i < both.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (both[j].second < both[i].second && length[j] + 1 > length[i]) {
                length[i] = length[j] + 1;
                previous[i] = j;
            }
        }
        if (best == both.size() || length[i] > length[best])
            best = i;
    }
    std::set<PlanNodeId> moved;
    for (auto const& [id, place] : both)
        moved.insert(id);
    for (; best < both.size(); best = previous[best])
        moved.erase(both[best].first);
    return moved;
}

class Comparison {
public:
    Comparison(Tree const& before, Tree const& after)
    {
        index(before.areas, m_before);
        collect(after.areas, m_ids_after);
        walk(before.areas, after.areas, 0);
    }

    std::vector<RowDifference> differences;

private:
    using Siblings = std::vector<TreeNode>;

    /// A row of the first tree that is the same by id may stand anywhere; any other match is among the siblings left.
    TreeNode const* partner(TreeNode const& row, std::vector<TreeNode const*> const& left) const
    {
        if (auto found = m_before.find(row.row.id); row.row.id && found != m_before.end())
            return found->second;
        TreeNode const* best = nullptr;
        int best_likeness = alike_enough - 1;
        for (auto const* each : left) {
            if (each == nullptr || each->row.level != row.row.level || m_ids_after.contains(each->row.id))
                continue;
            if (!row.row.common_item.empty() && each->row.common_item == row.row.common_item)
                return each;
            if (auto likeness = text::likeness(each->row.body, row.row.body); likeness > best_likeness) {
                best = each;
                best_likeness = likeness;
            }
        }
        return best;
    }

    void walk(Siblings const& before, Siblings const& after, int depth)
    {
        std::vector<TreeNode const*> left;
        for (auto const& each : before)
            left.push_back(&each);
        auto const order = reordered(before, after);
        std::size_t shown_before = 0;
        for (auto const& row : after) {
            auto const* same = partner(row, left);
            auto place = std::ranges::find(left, same);
            bool const moved = same != nullptr && place == left.end();
            if (same != nullptr && !moved) {
                *place = nullptr;
                show_removed(left, shown_before, static_cast<std::size_t>(place - left.begin()), depth);
            }
            show(row, same, moved || order.contains(row.row.id), depth);
            walk(same != nullptr ? same->children : m_none, row.children, depth + 1);
        }
        show_removed(left, shown_before, left.size(), depth);
    }

    void show(TreeNode const& row, TreeNode const* same, bool moved, int depth)
    {
        if (same == nullptr) {
            differences.push_back({ Difference::Added, depth, {}, row.row, {} });
            return;
        }
        auto fields = changed_fields(same->row, row.row);
        if (moved)
            fields.emplace_back("place");
        differences.push_back({ fields.empty() ? Difference::Same : Difference::Changed, depth, same->row, row.row, fields });
    }

    /// What stood before the position and was matched by nothing; a row that went elsewhere is shown there.
    void show_removed(std::vector<TreeNode const*>& left, std::size_t& from, std::size_t until, int depth)
    {
        for (; from < until; ++from) {
            if (left[from] == nullptr || m_ids_after.contains(left[from]->row.id))
                continue;
            differences.push_back({ Difference::Removed, depth, left[from]->row, {}, {} });
            walk(left[from]->children, m_none, depth + 1);
            left[from] = nullptr;
        }
    }

    Siblings const m_none;
    std::map<PlanNodeId, TreeNode const*> m_before;
    std::set<PlanNodeId> m_ids_after;
};

}

std::vector<RowDifference> compare(Tree const& before, Tree const& after)
{
    return Comparison(before, after).differences;
}

std::string_view to_text(Difference difference)
{
    switch (difference) {
    case Difference::Changed: return "changed";
    case Difference::Added: return "added";
    case Difference::Removed: return "removed";
    case Difference::Same: break;
    }
    return "same";
}

}
