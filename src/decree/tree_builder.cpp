#include "decree/tree_builder.hpp"
#include <algorithm>
#include <map>

namespace kpuhub::decree {

namespace {
constexpr std::size_t index(Level level) { return static_cast<std::size_t>(level); }
}

Node& TreeBuilder::node(int id)
{
    // Ids are given in order of creation while the tree grows.
    return m_draft.nodes[static_cast<std::size_t>(id) - 1];
}

int TreeBuilder::add(Level level, int parent, std::string number, std::string text, Source const& source)
{
    Node node;
    node.id = m_draft.next_id++;
    node.parent = parent;
    node.level = level;
    node.number = std::move(number);
    node.text = left_open(text) ? std::string {} : one_line(text);
    node.sources.push_back(source);
    m_draft.nodes.push_back(std::move(node));
    return m_draft.nodes.back().id;
}

void TreeBuilder::reset_below(Level level)
{
    for (auto below = index(level) + 1; below < 4; ++below) {
        m_current.at(below) = 0;
        m_last.at(below) = {};
        m_started.at(below) = false;
    }
    m_indicator_home = 0;
}

int TreeBuilder::open_area(std::string number, std::string text, Source const& source, bool inferred)
{
    int const id = add(Level::Area, 0, std::move(number), std::move(text), source);
    node(id).inferred = inferred;
    m_current[index(Level::Area)] = id;
    m_started[index(Level::Area)] = true;
    reset_below(Level::Area);
    return id;
}

int TreeBuilder::number_into(Level level, std::string_view printed, int parent, Source const& source)
{
    auto const mark = marker(printed);
    int const id = add(level, parent, mark.printed, trimmed(printed.substr(mark.length)), source);
    m_current.at(index(level)) = id;
    m_last.at(index(level)) = mark;
    m_started.at(index(level)) = true;
    return id;
}

int TreeBuilder::open_activity(std::string_view printed, Source const& source)
{
    if (current(Level::Area) == 0)
        open_area({}, {}, source, true);
    int const id = number_into(Level::Activity, printed, current(Level::Area), source);
    reset_below(Level::Activity);
    return id;
}

int TreeBuilder::open_subactivity(std::string_view printed, Source const& source)
{
    if (current(Level::Activity) == 0)
        open_unnamed(Level::Activity, source);
    int const id = number_into(Level::Subactivity, printed, current(Level::Activity), source);
    reset_below(Level::Subactivity);
    return id;
}

int TreeBuilder::open_unnamed(Level level, Source const& source)
{
    if (level == Level::Activity) {
        if (current(Level::Area) == 0)
            open_area({}, {}, source, true);
        int const id = add(Level::Activity, current(Level::Area), {}, {}, source);
        m_current[index(Level::Activity)] = id;
        m_last[index(Level::Activity)] = {};
        m_started[index(Level::Activity)] = true;
        reset_below(Level::Activity);
        return id;
    }
    if (current(Level::Activity) == 0)
        open_unnamed(Level::Activity, source);
    int const id = add(Level::Subactivity, current(Level::Activity), {}, {}, source);
    m_current[index(Level::Subactivity)] = id;
    m_started[index(Level::Subactivity)] = true;
    reset_below(Level::Subactivity);
    return id;
}

int TreeBuilder::add_indicator(std::string_view printed, Source const& source)
{
    if (indicator_home() == 0)
        open_unnamed(Level::Subactivity, source);
    int const home = indicator_home();
    auto const mark = marker(printed);
    int const id = add(Level::Indicator, home, mark.printed, trimmed(printed.substr(mark.length)), source);
    m_current[index(Level::Indicator)] = id;
    m_last[index(Level::Indicator)] = mark;
    m_started[index(Level::Indicator)] = true;
    return id;
}

void TreeBuilder::keep_indicators_at(int subactivity, int indicator, Marker const& last)
{
    m_indicator_home = subactivity;
    m_current[index(Level::Indicator)] = indicator;
    m_last[index(Level::Indicator)] = last;
    m_started[index(Level::Indicator)] = indicator != 0;
}

void TreeBuilder::append(int id, std::string_view text, Source const& source)
{
    auto& to = node(id);
    to.text += (to.text.empty() ? "" : " ") + one_line(text);
    point(id, source);
}

void TreeBuilder::point(int id, Source const& source)
{
    auto& sources = node(id).sources;
    // On paper the row alone says less than the cell in it.
    bool const known = std::ranges::any_of(sources, [&](auto& other) { return other == source || (source.box == codec::Box {} && same_row(other, source)); });
    if (!known)
        sources.push_back(source);
}

void TreeBuilder::forget()
{
    for (auto& mark : m_last)
        mark = {};
    for (auto level : { Level::Activity, Level::Subactivity, Level::Indicator }) {
        m_current.at(index(level)) = 0;
        m_started.at(index(level)) = false;
    }
    m_current[index(Level::Area)] = 0;
    m_indicator_home = 0;
}

int TreeBuilder::current(Level level) const { return m_current.at(index(level)); }

namespace {

void visit(std::vector<Node>& from, std::map<int, std::vector<std::size_t>> const& below, int parent, std::vector<Node>& to)
{
    auto const found = below.find(parent);
    if (found == below.end())
        return;
    for (auto const at : found->second) {
        auto const id = from[at].id;
        bool const empty_group = from[at].level < Level::Subactivity && !below.contains(id) && from[at].text.empty();
        if (empty_group)
            continue;
        to.push_back(std::move(from[at]));
        visit(from, below, id, to);
    }
}

}

void put_in_order(Draft& draft)
{
    std::map<int, std::vector<std::size_t>> below;
    for (std::size_t i = 0; i < draft.nodes.size(); ++i)
        below[draft.nodes[i].parent].push_back(i);
    std::vector<Node> ordered;
    ordered.reserve(draft.nodes.size());
    visit(draft.nodes, below, 0, ordered);
    draft.nodes = std::move(ordered);
}

}
