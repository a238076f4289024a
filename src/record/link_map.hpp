#pragma once
#include "view/visitor.hpp"
#include <cstdint>
#include <string>
#include <vector>

namespace kpuhub::record {

/// A record on the map of links.
struct MapNode {
    std::int64_t id = 0;                    ///< 0: what is no record here
    std::string name, under;                ///< "KPT 10/2026"; its state or office
    view::Link link {};
    bool current = false;                   ///< the one that the map is about
    bool ended = false;                     ///< in a closed state
    int layer = 0, place = 0;               ///< set by lay_out: row from the top, place in the row
    void describe(view::Visitor&) const;
};

/// "a acts on b": a (newer, lower) stands below b (older, higher). Sideways links leave the layers alone.
struct MapEdge {
    std::size_t from = 0, to = 0;           ///< places in the list of nodes
    std::string words;                      ///< "mencabut"
    bool sideways = false;
};

struct LinkMap {
    std::vector<MapNode> nodes;
    std::vector<MapEdge> edges;
};

/// Gives each node its layer (one below the lowest of those that it acts on; what closes a ring is left out of the counting) and its
/// place in the layer (by the mean of its neighbours, so that few lines cross). Pure; the same map always looks the same.
void lay_out(LinkMap&);

/// The map as a picture without script: nodes are links, lines carry their words as titles. Empty when there are no nodes.
[[nodiscard]] view::SafeHtml picture_of(LinkMap const&, std::string const& title, std::string const& description);

/// How many nodes stand in the widest row: a phone shows the list instead when there are more than two.
[[nodiscard]] int widest_row(LinkMap const&);

}
