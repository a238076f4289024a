#include "definition/register_reader.hpp"
#include <array>

namespace kpuhub::definition {

namespace {

constexpr std::array<std::string_view, 3> reasons { "none", "optional", "required" };
constexpr std::array<std::string_view, 3> spans { "ever", "year", "month" };

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
        m_faults.only_keys(node, { "label", "closed", "edit_by", "explains" });
        State state { name(id, node.line), words(node, "label", true), flag(node, "closed"), roles(node, "edit_by"), words(node, "explains", false) };
        if (id == draft_state)
            m_faults.add(node.line, "definition.name_wrong", id);
        made.states.push_back(std::move(state));
    }
    for (auto const& [id, node] : m_faults.optional_pairs(map, "steps"))
        made.steps.push_back(step(id, node));
}

Step RegisterReader::step(std::string const& id, Node const& node)
{
    m_faults.only_keys(node, { "label", "from", "to", "by", "not_by", "requires", "asks", "reason", "retired", "before", "after", "tells", "numbers" });
    Step made;
    made.id = name(id, node.line);
    made.line = node.line;
    made.label = words(node, "label", true);
    made.from = names(node, "from");
    made.to = m_faults.required_text(node, "to");
    made.by = doers(node);
    made.not_by = names(node, "not_by");
    made.needs = names(node, "requires");
    made.asks = names(node, "asks");
    made.reason = one_of(node, "reason", reasons, Reason::None);
    made.retired = flag(node, "retired");
    made.before = names(node, "before");
    made.after = names(node, "after");
    made.tells = flag(node, "tells");
    if (node.has("numbers")) {
        m_faults.only_keys(node["numbers"], { "field", "pattern", "per" });
        made.numbers = m_faults.required_text(node["numbers"], "field");
        made.series = series(node["numbers"]);
    }
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

Numbering RegisterReader::numbering(Node const& map)
{
    if (map.kind == Node::Kind::Empty)
        return {};
    m_faults.only_keys(map, { "pattern", "per" });
    return series(map);
}

Numbering RegisterReader::series(Node const& map)
{
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
