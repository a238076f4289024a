#include "definition/clock_file.hpp"
#include "definition/register_reader.hpp"
#include <array>
#include <fmt/format.h>

namespace kpuhub::definition {

namespace {

constexpr std::array<std::string_view, 3> owners { "office", "sender", "others" };

}

std::string_view to_text(Owes owes) { return owners.at(static_cast<std::size_t>(owes)); }

/// "ppid_general.notice", or a map: {by: regime, general: ppid_general.notice, election: ppid_election.notice}.
void RegisterReader::rule(Node const& map, RegisterClock& clock)
{
    auto add = [&](std::string const& value, Node const& node) {
        auto const dot = node.text.find('.');
        if (dot == std::string::npos || (!m_names.rules.empty() && !m_names.rules.contains(node.text)))
            return m_faults.add(node.line, "definition.rule_unknown", node.text);
        clock.rules[value] = { node.text.substr(0, dot), node.text.substr(dot + 1) };
    };
    auto const& node = map["rule"];
    if (node.kind == Node::Kind::Scalar)
        return add({}, node);
    clock.rule_by = m_faults.required_text(node, "by");
    for (auto const& [value, rule] : node.entries)
        if (value != "by")
            add(value, rule);
    if (clock.rules.empty())
        m_faults.add(node.line, "definition.text_missing", "rule");
}

std::vector<RegisterClock> RegisterReader::clocks(Node const& file)
{
    std::vector<RegisterClock> found;
    for (auto const& [id, node] : m_faults.optional_pairs(file, "clocks")) {
        m_faults.only_keys(node, { "label", "starts", "within", "on", "receipt", "first", "last", "ends", "rule", "continues", "stops_on", "pauses_in", "reopens_in",
            "owed_by", "public", "source" });
        RegisterClock clock;
        clock.id = name(id, node.line);
        clock.line = node.line;
        clock.label = words(node, "label", true);
        clock.starts = names(node, "starts");
        if (clock.starts.empty())
            m_faults.add(node.line, "definition.text_missing", "starts");
        if (node.has("rule"))
            rule(node, clock);
        else
            clock.own = read_limit(node, m_faults);
        if (node.has("rule") && (node.has("within") || node.has("on") || node.has("receipt")))
            m_faults.add(node["rule"].line, "definition.key_not_here", "rule");
        clock.continues = m_faults.optional_text(node, "continues");
        clock.stops_on = names(node, "stops_on");
        clock.pauses_in = names(node, "pauses_in");
        clock.reopens_in = names(node, "reopens_in");
        clock.owed_by = one_of(node, "owed_by", owners, Owes::Office);
        clock.shown = flag(node, "public");
        clock.source = m_faults.required_text(node, "source");
        found.push_back(std::move(clock));
    }
    return found;
}

ClockRule own_rule(Register const& made, RegisterClock const& clock)
{
    ClockRule rule { "register_" + made.id, made.version, fmt::format("r_{}.{}", made.id, made.version), clock.id, time::Date::of(1900, 1, 1), time::Date::of(9999, 12, 31),
        clock.label.id, clock.label.en, clock.own.value_or(time::DeadlineRule {}), clock.source, made.source, "memory" };
    if (clock.source.find("[V]") != std::string::npos)
        rule.confidence = "verified";
    if (clock.source.find("[U]") != std::string::npos)
        rule.confidence = "uncertain";
    if (clock.owed_by == Owes::Office)
        rule.warnings = time::is_under_one_day(rule.rule) ? embedded_warnings().under_one_day : embedded_warnings().usual;
    return rule;
}

}
