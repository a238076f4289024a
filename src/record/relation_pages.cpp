#include "record/link_map.hpp"
#include "record/page_parts.hpp"
#include "record/record_links.hpp"
#include <algorithm>
#include <map>
#include <set>

namespace kpuhub::record {

namespace {

constexpr std::size_t most_nodes = 60;
constexpr int most_links = 300;
constexpr int rounds = 2;                   ///< how far the map of one record reaches

struct MapRow {
    std::string from, kind, to;
    view::Link from_link {}, to_link {};
    void describe(view::Visitor& v) const
    {
        v.field("from", from);
        v.field("kind", kind);
        v.field("to", to);
        v.field("from_link", from_link);
        v.field("to_link", to_link);
    }
};

/// The map of a record or of an office, and the same as a list.
struct MapPage {
    std::string title, number;
    std::string about;                      ///< the record; empty: the whole office
    view::Link record {}, office_map {}, to_list {};
    view::SafeHtml picture {};
    std::vector<MapNode> nodes {};
    std::vector<MapRow> rows {};
    std::int64_t linked = 0, alone = 0, left_out = 0;
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("number", number);
        v.field("about", about);
        v.field("record", record);
        v.field("office_map", office_map);
        v.field("to_list", to_list);
        v.field("picture", picture);
        v.list("nodes", nodes);
        v.list("rows", rows);
        v.field("linked", linked);
        v.field("alone", alone);
        v.field("left_out", left_out);
        v.field("nothing", nothing);
    }
};

/// Collects links into a map; the passive wording of a link is turned round, so that a line always leads from what acts.
class MapMaker {
public:
    MapMaker(Place const& place, text::Language language) : m_place(place), m_language(language) {}

    void begin(Record const& record)
    {
        auto at = index_of("#" + std::to_string(record.id.value));
        auto name = called(*m_place.made, record);
        auto const* state = m_place.made->state(record.state);
        m_map.nodes[*at] = { record.id.value, name.empty() ? "#" + std::to_string(record.id.value) : name, state_words(state), {}, true, state && state->closed };
    }

    /// False when the map is full.
    bool add(RecordLink const& link, SpeakingEnd const& end)
    {
        auto const* kind = link_kind(*m_place.made, link.kind);
        auto from = index_of("#" + std::to_string(link.from.value));
        auto to = index_of(link.to.value ? "#" + std::to_string(link.to.value) : link.outside);
        if (!kind || !from || !to)
            return false;
        if (m_map.nodes[*from].name.empty()) {
            auto const* state = m_place.made->state(end.state);
            m_map.nodes[*from] = { link.from.value, end.name, state_words(state), { address_of(link.from) }, false, state && state->closed };
        }
        auto line = link_line(link, *m_place.made, m_language);
        auto const* state = m_place.made->state(link.other_state);
        if (m_map.nodes[*to].name.empty())
            m_map.nodes[*to] = { link.to.value, link.to.value ? line.name : link.outside, line.office.empty() ? state_words(state) : line.office,
                line.link, false, state && state->closed };
        bool passive = turned(*kind);
        auto const* active = passive ? link_kind(*m_place.made, kind->inverse) : kind;
        MapEdge edge { passive ? *to : *from, passive ? *from : *to, active->label.in(m_language), kind->inverse == kind->value };
        auto same = [&](MapEdge const& other) {
            return other.words == edge.words && ((other.from == edge.from && other.to == edge.to) || (edge.sideways && other.from == edge.to && other.to == edge.from));
        };
        if (std::ranges::none_of(m_map.edges, same))
            m_map.edges.push_back(edge);
        return true;
    }

    LinkMap take() { return std::move(m_map); }

private:
    [[nodiscard]] std::string state_words(definition::State const* state) const { return state ? state->label.in(m_language) : std::string {}; }

    std::optional<std::size_t> index_of(std::string const& key)
    {
        if (auto found = m_index.find(key); found != m_index.end())
            return found->second;
        if (m_map.nodes.size() >= most_nodes)
            return std::nullopt;
        m_map.nodes.emplace_back();
        return m_index[key] = m_map.nodes.size() - 1;
    }

    /// Of a pair of kinds the one that stands first in the definition acts.
    [[nodiscard]] bool turned(definition::FieldOption const& kind) const
    {
        auto const* list = m_place.made->link_list();
        auto by = std::ranges::find(list->children, list->links->by, &definition::Field::id);
        auto at = [&](std::string const& value) { return std::ranges::find(by->options, value, &definition::FieldOption::value) - by->options.begin(); };
        return at(kind.inverse) < at(kind.value);
    }

    Place const& m_place;
    text::Language m_language;
    LinkMap m_map;
    std::map<std::string, std::size_t> m_index;
};

void fill(MapPage& page, LinkMap map, account::Visit const& visit, text::Language language)
{
    lay_out(map);
    auto const& messages = visit.door.renderer().messages();
    page.picture = picture_of(map, messages.text("record.map.title", language), messages.text("record.map.how", language));
    for (auto const& edge : map.edges)
        page.rows.push_back({ map.nodes[edge.from].name, edge.words, map.nodes[edge.to].name, map.nodes[edge.from].link, map.nodes[edge.to].link });
    page.nodes = std::move(map.nodes);
}

/// The neighbourhood of one record: what it is linked to, and what that is linked to.
Result<http::Response> show_record(account::Visit& visit, Surroundings const& around)
{
    auto language = visit.public_frame({}).language;
    auto [place, page] = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<Place, MapPage>> {
        auto found = TRY(record_in_address(reader, visit, around));
        auto const& place = found.at.place;
        auto const& made = *place.made;
        if (!made.link_list() || found.record.is_draft())
            return not_found();
        MapPage page { made.title.in(language), title_of(made, found.record, language), called(made, found.record) };
        page.record = { address_of(found.record.id) };
        page.office_map = { place.address("/map") };
        MapMaker maker { place, language };
        maker.begin(found.record);
        std::map<std::int64_t, SpeakingEnd> names { { found.record.id.value, { page.about, found.record.state } } };
        std::vector<SubjectId> frontier { found.record.id };
        std::set<std::int64_t> asked { found.record.id.value };
        for (int round = 0; round < rounds && !frontier.empty(); ++round) {
            std::vector<SubjectId> next;
            for (auto const& link : links_of(reader, place, frontier)) {
                page.left_out += maker.add(link, names[link.from.value]) ? 0 : 1;
                names[link.to.value] = { link.other_name.empty() ? link.other_number : link.other_name, link.other_state };
                if (link.to.value && asked.insert(link.to.value).second)
                    next.push_back(link.to);
            }
            frontier = std::move(next);
        }
        fill(page, maker.take(), visit, language);
        page.linked = static_cast<std::int64_t>(page.rows.size());
        if (page.rows.empty())
            page.nothing = view::EmptyState { { "record.map.nothing" }, view::Sentence { "record.map.nothing_why" }, page.record, { "record.map.to_record" } };
        return std::pair { place, page };
    }));
    auto frame = frame_of(visit, place, { "record.map.title" }, page.record.address, page.about.empty() ? page.number : page.about);
    frame.crumbs.push_back({ { "record.map.title" }, {} });
    return visit.page("record/map", page, frame);
}

/// All links of the office. What is linked to nothing is counted and can be listed: every policy should be linked.
Result<http::Response> show_office(account::Visit& visit, Surroundings const& around)
{
    auto language = visit.public_frame({}).language;
    auto [place, page] = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<Place, MapPage>> {
        auto place = TRY(place_in_address(reader, visit, around));
        auto const& made = *place.made;
        if (!made.link_list())
            return not_found();
        if (!place.lists())
            return forbidden("record.forbidden.read");
        MapPage page { made.title.in(language) };
        page.to_list = { place.address() };
        auto links = links_in_office(reader, place, most_links);
        std::vector<SubjectId> speaking;
        std::set<std::int64_t> here;
        for (auto const& link : links) {
            if (here.insert(link.from.value).second)
                speaking.push_back(link.from);
            if (link.other_is_here && link.to.value)
                here.insert(link.to.value);
        }
        auto all = count_seen(reader, place);
        auto names = names_of(reader, made, speaking);
        MapMaker maker { place, language };
        for (auto const& link : links)
            page.left_out += maker.add(link, names[link.from.value]) ? 0 : 1;
        fill(page, maker.take(), visit, language);
        page.linked = static_cast<std::int64_t>(here.size());
        page.alone = std::max<std::int64_t>(all - page.linked, 0);
        if (page.rows.empty())
            page.nothing = view::EmptyState { { "record.map.nothing" }, view::Sentence { "record.map.nothing_why" }, page.to_list, { "record.bulk.back" } };
        return std::pair { place, page };
    }));
    auto frame = frame_of(visit, place, { "record.map.title" });
    frame.crumbs.push_back({ { "record.map.title" }, {} });
    return visit.page("record/map", page, frame);
}

}

void register_relation_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<MapPage>(router, "/records/{record}/relations", "record.read", [around](account::Visit& visit) { return show_record(visit, around); });
    door.get<MapPage>(router, "/units/{unit}/registers/{register}/map", "record.read", [around](account::Visit& visit) { return show_office(visit, around); });
}

}
