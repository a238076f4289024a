#include "decree/draft_edit.hpp"
#include <algorithm>
#include <set>

namespace kpuhub::decree {

constexpr std::size_t longest_text = 10'000;    // bytes; as plan::check

static std::set<int> with_descendants(Draft const& draft, int id)
{
    std::set<int> ids { id };
    for (auto const& node : draft.nodes)    // parents stand before their children
        if (ids.contains(node.parent))
            ids.insert(node.id);
    return ids;
}

/// One past the last node of the subtree.
static std::ptrdiff_t end_of(Draft const& draft, int id)
{
    auto ids = with_descendants(draft, id);
    std::ptrdiff_t end = 0;
    for (std::size_t i = 0; i < draft.nodes.size(); ++i)
        if (ids.contains(draft.nodes[i].id))
            end = static_cast<std::ptrdiff_t>(i) + 1;
    return end;
}

static int remove_subtree(Draft& draft, int id)
{
    auto ids = with_descendants(draft, id);
    std::erase_if(draft.nodes, [&](Node const& node) { return ids.contains(node.id); });
    for (auto& node : draft.nodes)
        std::erase_if(node.covers, [&](int covered) { return ids.contains(covered); });
    for (auto& finding : draft.findings) {
        auto before = finding.nodes.size();
        std::erase_if(finding.nodes, [&](int named) { return ids.contains(named); });
        if (before > 0 && finding.nodes.empty())
            finding.settled = true;
    }
    return static_cast<int>(ids.size());
}

static void settle_for(Draft& draft, int node, std::initializer_list<FindingKind> kinds)
{
    for (auto& finding : draft.findings) {
        if (std::find(kinds.begin(), kinds.end(), finding.kind) == kinds.end())
            continue;
        if (std::erase(finding.nodes, node) > 0 && finding.nodes.empty())
            finding.settled = true;
    }
}

static Node* sibling_before(Draft& draft, Node const& node)
{
    Node* before = nullptr;
    for (auto& other : draft.nodes) {
        if (other.id == node.id)
            return before;
        if (other.parent == node.parent && other.level == node.level)
            before = &other;
    }
    return nullptr;
}

static Result<int> merge_with_previous(Draft& draft, Node node)
{
    auto* before = sibling_before(draft, node);
    if (before == nullptr)
        return invalid("decree.edit.place");
    auto kept = before->id;
    before->text += (before->text.empty() || node.text.empty() ? "" : " ") + node.text;
    before->sources.insert(before->sources.end(), node.sources.begin(), node.sources.end());
    if (before->months.months.empty())
        before->months = node.months;
    for (auto& other : draft.nodes)
        if (other.parent == node.id)
            other.parent = kept;
    std::erase_if(draft.nodes, [&](Node const& other) { return other.id == node.id; });
    for (auto& finding : draft.findings)
        std::replace(finding.nodes.begin(), finding.nodes.end(), node.id, kept);
    return 2;
}

static bool between_letters(std::string const& text, std::size_t at)
{
    return at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

static Result<int> split_at(Draft& draft, Node& node, std::size_t at)
{
    if (!between_letters(node.text, at))
        return invalid("decree.edit.place");
    auto second = node;
    second.id = draft.next_id++;
    second.number.clear();
    second.covers.clear();
    second.text = node.text.substr(at);
    second.text.erase(0, std::min(second.text.find_first_not_of(" \t"), second.text.size()));
    auto first = node.text.substr(0, at);
    first.erase(first.find_last_not_of(" \t") + 1);
    if (first.empty() || second.text.empty())
        return invalid("decree.edit.place");
    node.text = first;
    draft.nodes.insert(draft.nodes.begin() + end_of(draft, node.id), std::move(second));
    return 2;
}

static bool may_stand_under(Level child, Level parent) { return static_cast<int>(child) == static_cast<int>(parent) + 1; }

static Result<int> move_under(Draft& draft, int id, int parent)
{
    auto const* target = find(draft, parent);
    auto ids = with_descendants(draft, id);
    if (target == nullptr || ids.contains(parent) || !may_stand_under(find(draft, id)->level, target->level))
        return invalid("decree.edit.place");
    std::vector<Node> moved;
    for (auto const& each : draft.nodes)
        if (ids.contains(each.id))
            moved.push_back(each);
    std::erase_if(draft.nodes, [&](Node const& each) { return ids.contains(each.id); });
    moved.front().parent = parent;
    draft.nodes.insert(draft.nodes.begin() + end_of(draft, parent), moved.begin(), moved.end());
    return static_cast<int>(moved.size());
}

static Result<int> add_under(Draft& draft, int parent, Level parent_level, std::string const& text)
{
    if (parent_level == Level::Indicator)
        return invalid("decree.edit.place");
    Node node;
    node.id = draft.next_id++;
    node.parent = parent;
    node.level = static_cast<Level>(static_cast<int>(parent_level) + 1);
    node.text = text;
    node.months.certain = true;
    settle_for(draft, parent, { FindingKind::NoIndicator });
    draft.nodes.insert(draft.nodes.begin() + end_of(draft, parent), std::move(node));
    return 1;
}

static int set_owner(Draft& draft, int id, std::string const& owner)
{
    auto ids = with_descendants(draft, id);
    for (auto each : ids)
        find(draft, each)->owner = owner;
    return static_cast<int>(ids.size());
}

static int set_text(Draft& draft, Node& node, std::string const& text)
{
    if (node.text == text)
        return 0;
    node.text = text;
    node.inferred = false;
    settle_for(draft, node.id, { FindingKind::TextCut, FindingKind::LowConfidence, FindingKind::SubactivityUnnamed, FindingKind::ActivityUnnamed,
                                   FindingKind::AreaInferred, FindingKind::AreaUnknown });
    return 1;
}

static Result<int> set_months(Draft& draft, Node& node, std::vector<int> const& months)
{
    for (auto month : months)
        if (month < 1 || month > 12)
            return invalid("decree.edit.months");
    node.months = { months, true, {} };
    settle_for(draft, node.id, { FindingKind::FullYearMarks, FindingKind::MarksNotAligned, FindingKind::MarksUnclear, FindingKind::NoMarks });
    return 1;
}

/// A form may send any number where the page offers a choice.
static bool number_fits(Edit const& decision)
{
    if (decision.kind == EditKind::SetAuthority)
        return !name(static_cast<Authority>(decision.number)).empty();
    return decision.kind != EditKind::SetRhythm || !name(static_cast<Rhythm>(decision.number)).empty();
}

Result<int> edit_node(Draft& draft, Edit const& decision)
{
    auto* node = find(draft, decision.node);
    if (node == nullptr)
        return invalid("decree.edit.node");
    bool needs_text = decision.kind == EditKind::SetText || decision.kind == EditKind::AddUnder;
    if (decision.text.size() > longest_text || (needs_text && decision.text.empty()))
        return invalid("decree.edit.text", { { "text", "decree.edit.text" } });
    if (!number_fits(decision))
        return invalid("decree.edit.node");
    switch (decision.kind) {
    case EditKind::SetText: return set_text(draft, *node, decision.text);
    case EditKind::SetMonths: return set_months(draft, *node, decision.months);
    case EditKind::SetNote: node->note = decision.text; return 1;
    case EditKind::SetOwner: return set_owner(draft, node->id, decision.text);
    case EditKind::SetAuthority: node->authority = Proposal<Authority> { static_cast<Authority>(decision.number), {} }; return 1;
    case EditKind::SetRhythm: node->rhythm = Proposal<Rhythm> { static_cast<Rhythm>(decision.number), {} }; return 1;
    case EditKind::SetTentative: node->tentative = Proposal<bool> { decision.number != 0, {} }; return 1;
    case EditKind::AddUnder: return add_under(draft, node->id, node->level, decision.text);
    case EditKind::MergeWithPrevious: return merge_with_previous(draft, *node);
    case EditKind::SplitAt: return split_at(draft, *node, static_cast<std::size_t>(std::max(0, decision.number)));
    case EditKind::MoveUnder: return move_under(draft, node->id, decision.number);
    case EditKind::Remove: return remove_subtree(draft, node->id);
    default: return invalid("decree.edit.node");
    }
}

}
