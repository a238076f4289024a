#include "record/link_map.hpp"
#include "text/escape.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::record {

void MapNode::describe(view::Visitor& v) const
{
    v.field("id", id);
    v.field("name", name);
    v.field("under", under);
    v.field("link", link);
    v.field("current", current);
    v.field("ended", ended);
    v.field("layer", layer);
}

namespace {

/// Depth-first from the newest down: the layer of a node is one more than the deepest of what it acts on.
class Layers {
public:
    explicit Layers(LinkMap& map) : m_map(map), m_state(map.nodes.size(), State::New) {}

    void all()
    {
        for (std::size_t node = 0; node < m_map.nodes.size(); ++node)
            visit(node);
    }

private:
    enum class State : std::uint8_t { New, Open, Done };

    int visit(std::size_t node)
    {
        if (m_state[node] == State::Done)
            return m_map.nodes[node].layer;
        if (m_state[node] == State::Open)
            return -1;                              // a ring: this line does not count
        m_state[node] = State::Open;
        int layer = 0;
        for (auto const& edge : m_map.edges)
            if (edge.from == node && !edge.sideways)
                layer = std::max(layer, visit(edge.to) + 1);
        m_state[node] = State::Done;
        return m_map.nodes[node].layer = layer;
    }

    LinkMap& m_map;
    std::vector<State> m_state;
};

/// The mean place of a node's neighbours in the layers above; its own place when it has none.
double wanted_place(LinkMap const& map, std::size_t node)
{
    double sum = 0;
    int count = 0;
    for (auto const& edge : map.edges) {
        auto other = edge.from == node ? edge.to : edge.to == node ? edge.from : node;
        if (other == node || map.nodes[other].layer == map.nodes[node].layer)
            continue;
        sum += map.nodes[other].place;
        ++count;
    }
    return count ? sum / count : map.nodes[node].place;
}

std::vector<std::vector<std::size_t>> rows_of(LinkMap const& map)
{
    std::vector<std::vector<std::size_t>> rows;
    for (std::size_t node = 0; node < map.nodes.size(); ++node) {
        rows.resize(std::max<std::size_t>(rows.size(), static_cast<std::size_t>(map.nodes[node].layer) + 1));
        rows[static_cast<std::size_t>(map.nodes[node].layer)].push_back(node);
    }
    return rows;
}

constexpr int box_width = 176, box_height = 56, gap_x = 16, gap_y = 44, edge_room = 8;

struct Point {
    int x = 0, y = 0;
};
/// The upper left corner of a box; rows are centred.
Point corner(MapNode const& node, int row_length, int widest)
{
    int spare = (widest - row_length) * (box_width + gap_x) / 2;
    return { edge_room + spare + node.place * (box_width + gap_x), edge_room + node.layer * (box_height + gap_y) };
}

std::string line(MapEdge const& edge, Point from, Point to)
{
    // from the top of the lower box to the foot of the upper one; sideways from side to side
    bool same_row = from.y == to.y;
    bool rightward = from.x < to.x;
    Point begin { same_row ? from.x + (rightward ? box_width : 0) : from.x + box_width / 2, same_row ? from.y + box_height / 2 : from.y > to.y ? from.y : from.y + box_height };
    Point end { same_row ? to.x + (rightward ? 0 : box_width) : to.x + box_width / 2, same_row ? to.y + box_height / 2 : from.y > to.y ? to.y + box_height : to.y };
    int bend = same_row ? 0 : (end.y - begin.y) / 2;
    return fmt::format(R"(<path class="k-link{}" d="M{} {}C{} {} {} {} {} {}"{}><title>{}</title></path>)", edge.sideways ? " side" : "", begin.x, begin.y, begin.x,
        begin.y + bend, end.x, end.y - bend, end.x, end.y, edge.sideways ? "" : R"x( marker-end="url(#k-tip)")x", text::escaped_html(edge.words));
}

/// HTML inside the picture: names wrap, and links behave as all others do.
std::string box(MapNode const& node, Point at)
{
    auto kind = std::string { "k-node" } + (node.current ? " now" : "") + (node.ended ? " ended" : "") + (node.id ? "" : " out");
    auto inner = "<b>" + text::escaped_html(node.name) + "</b><span>" + text::escaped_html(node.under) + "</span>";
    auto html = node.link.address.empty() ? fmt::format(R"(<div class="{}">{}</div>)", kind, inner)
                                          : fmt::format(R"(<a class="{}" href="{}">{}</a>)", kind, text::escaped_html(node.link.address), inner);
    return fmt::format(R"(<foreignObject x="{}" y="{}" width="{}" height="{}">{}</foreignObject>)", at.x, at.y, box_width, box_height, html);
}

}

void lay_out(LinkMap& map)
{
    Layers { map }.all();
    auto rows = rows_of(map);
    auto number = [&](std::vector<std::size_t> const& row) {
        for (std::size_t at = 0; at < row.size(); ++at)
            map.nodes[row[at]].place = static_cast<int>(at);
    };
    std::ranges::for_each(rows, number);
    constexpr int sweeps = 4;
    for (int sweep = 0; sweep < sweeps; ++sweep)
        for (auto& row : rows) {
            std::vector<std::pair<double, std::size_t>> order;
            for (auto node : row)
                order.emplace_back(wanted_place(map, node), node);
            std::ranges::stable_sort(order, {}, &std::pair<double, std::size_t>::first);
            for (std::size_t at = 0; at < row.size(); ++at)
                row[at] = order[at].second;
            number(row);
        }
}

int widest_row(LinkMap const& map)
{
    std::size_t widest = 0;
    for (auto const& row : rows_of(map))
        widest = std::max(widest, row.size());
    return static_cast<int>(widest);
}

view::SafeHtml picture_of(LinkMap const& map, std::string const& title, std::string const& description)
{
    if (map.nodes.empty())
        return {};
    auto rows = rows_of(map);
    int widest = widest_row(map);
    std::vector<Point> corners;
    for (auto const& node : map.nodes)
        corners.push_back(corner(node, static_cast<int>(rows[static_cast<std::size_t>(node.layer)].size()), widest));
    int width = 2 * edge_room + widest * (box_width + gap_x) - gap_x;
    int height = 2 * edge_room + static_cast<int>(rows.size()) * (box_height + gap_y) - gap_y;
    auto svg = fmt::format(R"(<svg class="k-map{}" viewBox="0 0 {} {}" width="{}" role="group" aria-label="{}"><desc>{}</desc>)"
                           R"(<defs><marker id="k-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>)",
        widest > 2 ? " k-map-wide" : "", width, height, width, text::escaped_html(title), text::escaped_html(description));
    for (auto const& edge : map.edges)
        svg += line(edge, corners[edge.from], corners[edge.to]);
    for (std::size_t node = 0; node < map.nodes.size(); ++node)
        svg += box(map.nodes[node], corners[node]);
    return { svg + "</svg>" };
}

}
