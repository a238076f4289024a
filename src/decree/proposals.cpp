#include "decree/proposals.hpp"
#include "decree/areas.hpp"
#include "decree/words.hpp"
#include "definition/common_items.hpp"
#include <algorithm>

namespace kpuhub::decree {

namespace {

std::string first_held(std::string_view text, std::vector<std::string> const& words)
{
    for (auto const& word : words)
        if (holds(text, word))
            return word;
    return {};
}

std::optional<Proposal<Authority>> authority_of(std::string_view text, Shape const& shape)
{
    for (auto const& [key, value] : { std::pair { "province", Authority::Province }, { "national", Authority::National } })
        if (auto const found = shape.authority.find(key); found != shape.authority.end())
            if (auto word = first_held(text, found->second); !word.empty())
                return Proposal<Authority> { value, std::move(word) };
    return {};
}

std::optional<Proposal<IndicatorKind>> kind_of(std::string_view text, Shape const& shape)
{
    static constexpr std::array<std::pair<std::string_view, IndicatorKind>, 5> kinds { { { "share", IndicatorKind::Share }, { "index", IndicatorKind::Index }, { "trend", IndicatorKind::Trend }, { "count", IndicatorKind::Count }, { "document", IndicatorKind::Document } } };
    for (auto const& [key, words] : shape.indicator_kind)
        if (auto word = first_held(text, words); !word.empty())
            for (auto const& [name, kind] : kinds)
                if (name == key)
                    return Proposal<IndicatorKind> { kind, std::move(word) };
    return Proposal<IndicatorKind> { IndicatorKind::Document, {} };
}

bool one_run(std::vector<int> const& months)
{
    for (std::size_t i = 1; i < months.size(); ++i)
        if (months[i] != months[i - 1] + 1)
            return false;
    return months.size() > 1;
}

Proposal<Rhythm> rhythm_of(Node const& node, std::string_view text, Shape const& shape)
{
    auto const words = [&](std::string_view key) -> std::string {
        for (auto const& [name, list] : shape.rhythm)
            if (name == key)
                return first_held(text, list);
        return {};
    };
    if (auto word = words("monthly"); !word.empty())
        return { Rhythm::Monthly, std::move(word) };
    auto const& months = node.months.months;
    if (months.size() == 12)
        return { Rhythm::Continuous, {} };
    if (!one_run(months))
        return { Rhythm::EachMark, {} };
    if (months.size() >= 6)
        if (auto word = words("continuous"); !word.empty())
            return { Rhythm::Continuous, std::move(word) };
    return { Rhythm::OnceInRun, words("once_in_run") };
}

std::string subtree_text(Draft const& draft, Node const& node)
{
    std::string text = node.text;
    for (auto const& child : draft.nodes)
        if (child.parent == node.id)
            text += " " + child.text;
    return plain(text);
}

}

void propose(Draft& draft, Shape const& shape)
{
    int area = 0;
    for (auto& node : draft.nodes) {
        if (node.level == Level::Area)
            area = area_number(node);
        if (node.level == Level::Indicator) {
            node.indicator_kind = kind_of(plain(node.text), shape);
            if (shape.items && !node.text.empty())
                node.item = shape.items->propose(area, node.text).value_or("");
        }
        if (node.level != Level::Subactivity)
            continue;
        auto const note = plain(node.note);
        node.rhythm = rhythm_of(node, subtree_text(draft, node), shape);
        node.authority = authority_of(note, shape);
        if (auto word = first_held(note, shape.tentative); !word.empty())
            node.tentative = Proposal<bool> { true, std::move(word) };
    }
}

}
