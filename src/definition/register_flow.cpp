#include "definition/register_reader.hpp"
#include <array>
#include <charconv>

namespace kpuhub::definition {

namespace {

constexpr std::array<std::string_view, 3> reasons { "none", "optional", "required" };
constexpr std::array<std::string_view, 3> spans { "ever", "year", "month" };
constexpr std::array<std::string_view, 7> units { "wall_minutes", "wall_hours", "office_minutes", "office_hours", "working_days", "calendar_days", "months" };

}

/// Without a flow a register has one state, in which its maker and those who make records correct it.
static void simple_flow(Register& made)
{
    made.start = "recorded";
    State state { "recorded", { "Tercatat", "Recorded" }, false, { std::string { creator } } };
    made.states.push_back(std::move(state));
}

void RegisterReader::flow(Node const& map, Register& made)
{
    if (map.kind == Node::Kind::Empty)
        return simple_flow(made);
    m_faults.only_keys(map, { "start", "states", "steps" });
    made.start = m_faults.required_text(map, "start");
    if (map["states"].kind != Node::Kind::Map)
        m_faults.add(map.line, "definition.text_missing", "states");
    for (auto const& [id, node] : map["states"].entries) {
        m_faults.only_keys(node, { "label", "closed", "edit_by" });
        State state { name(id, node.line), words(node, "label", true), flag(node, "closed"), roles(node, "edit_by") };
        if (id == draft_state)
            m_faults.add(node.line, "definition.name_wrong", id);
        made.states.push_back(std::move(state));
    }
    for (auto const& [id, node] : map["steps"].entries)
        made.steps.push_back(step(id, node));
}

Step RegisterReader::step(std::string const& id, Node const& node)
{
    m_faults.only_keys(node, { "label", "from", "to", "by", "not_by", "requires", "asks", "reason", "retired" });
    Step made;
    made.id = name(id, node.line);
    made.line = node.line;
    made.label = words(node, "label", true);
    made.from = names(node, "from");
    made.to = m_faults.required_text(node, "to");
    made.by = roles(node, "by");
    made.not_by = names(node, "not_by");
    made.needs = names(node, "requires");
    made.asks = names(node, "asks");
    made.reason = one_of(node, "reason", reasons, Reason::None);
    made.retired = flag(node, "retired");
    if (made.from.empty())
        m_faults.add(node.line, "definition.text_missing", "from");
    if (made.by.empty())
        m_faults.add(node.line, "definition.text_missing", "by");
    return made;
}

void RegisterReader::access(Node const& map, Register& made)
{
    if (map.kind == Node::Kind::Empty) {
        made.access = { { std::string { creator } }, { "staff" }, {}, {}, {} };
        for (auto const& each : made.steps)
            made.access.read.insert(made.access.read.end(), each.by.begin(), each.by.end());
        return;
    }
    m_faults.only_keys(map, { "read", "create", "read_below", "owner", "superior_of" });
    made.access = { roles(map, "read"), roles(map, "create"), roles(map, "read_below"), m_faults.optional_text(map, "owner"), m_faults.optional_text(map, "superior_of") };
    if (made.access.read.empty())
        m_faults.add(map.line, "definition.text_missing", "read");
    if (made.access.create.empty())
        m_faults.add(map.line, "definition.text_missing", "create");
    for (auto const& role : made.access.create)
        if (role == creator)
            m_faults.add(map["create"].line, "definition.name_unknown", role);
}

std::vector<RegisterClock> RegisterReader::clocks(Node const& map)
{
    std::vector<RegisterClock> found;
    for (auto const& [id, node] : map.entries) {
        m_faults.only_keys(node, { "label", "starts", "within", "stops_on", "pauses_in", "source" });
        RegisterClock clock;
        clock.id = name(id, node.line);
        clock.line = node.line;
        clock.label = words(node, "label", true);
        clock.starts = m_faults.required_text(node, "starts");
        clock.stops_on = names(node, "stops_on");
        clock.pauses_in = names(node, "pauses_in");
        clock.source = m_faults.required_text(node, "source");
        auto within = m_faults.required_text(node, "within");
        auto blank = within.find(' ');
        auto [end, error] = std::from_chars(within.data(), within.data() + std::min(blank, within.size()), clock.within);
        bool known = false;
        for (std::size_t at = 0; at < units.size() && blank != std::string::npos; ++at)
            if (within.substr(blank + 1) == units[at]) {
                clock.unit = static_cast<SpanUnit>(at);
                known = true;
            }
        constexpr std::int64_t longest = 600'000;
        if (!known || error != std::errc {} || end != within.data() + blank || clock.within < 1 || clock.within > longest)
            m_faults.add(node["within"].line, "definition.span_wrong", within);
        found.push_back(std::move(clock));
    }
    return found;
}

Numbering RegisterReader::numbering(Node const& map)
{
    if (map.kind == Node::Kind::Empty)
        return {};
    m_faults.only_keys(map, { "pattern", "per" });
    Numbering made { m_faults.required_text(map, "pattern"), one_of(map, "per", spans, SeriesSpan::Year) };
    auto const& text = made.pattern;
    bool counts = false, well = text.size() <= 80;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '{')
            continue;
        auto end = text.find('}', at);
        auto word = text.substr(at + 1, end == std::string::npos ? 0 : end - at - 1);
        bool number = word == "no" || (word.size() == 4 && word.starts_with("no:") && word[3] >= '1' && word[3] <= '9');
        counts = counts || number;
        well = well && (number || word == "unit" || word == "year" || word == "month" || word == "month_roman");
        at = end == std::string::npos ? text.size() : end;
    }
    if (!counts || !well)
        m_faults.add(map["pattern"].line, "definition.pattern_wrong", text);
    return made;
}

}
