#include "definition/register_reader.hpp"
#include <algorithm>

namespace kpuhub::definition {

void RegisterReader::counts(Node const& map, Register& made)
{
    if (map.kind == Node::Kind::Empty)
        return;
    constexpr int least_cell = 5, largest_cell = 1000;
    m_faults.only_keys(map, { "counts", "small_cells_below", "by", "records", "fields", "groups", "passed_through", "durations", "intake" });
    auto& counts = made.counts;
    counts.counts = flag(map, "counts");
    counts.by = names(map, "by");
    counts.records = names(map, "records");
    counts.fields = names(map, "fields");
    bool careful = made.data_class == DataClass::Personal || made.data_class == DataClass::Specific;
    counts.small_cells_below = map.has("small_cells_below")
        ? m_faults.required_number(map, "small_cells_below", careful ? least_cell : 0, largest_cell) : least_cell;
    for (auto const& [id, node] : m_faults.optional_pairs(map, "groups"))
        counts.groups.push_back(group(id, node));
    counts.passed_through = names(map, "passed_through");
    if (map.has("durations")) {
        m_faults.only_keys(map["durations"], { "clocks", "until" });
        counts.timed_by = names(map["durations"], "clocks");
        counts.answered_in = names(map["durations"], "until");
        if (counts.timed_by.empty() || counts.answered_in.empty())
            m_faults.add(map["durations"].line, "definition.text_missing", counts.timed_by.empty() ? "clocks" : "until");
    }
    if (map.has("intake"))
        counts.intake = intake(map["intake"]);
}

StateGroup RegisterReader::group(std::string const& id, Node const& node)
{
    m_faults.only_keys(node, { "label", "states" });
    StateGroup made { name(id, node.line), words(node, "label", true), names(node, "states") };
    if (made.states.empty())
        m_faults.add(node.line, "definition.text_missing", "states");
    return made;
}

/// A step of an address: "information-request".
static bool is_path(std::string_view text)
{
    constexpr std::size_t longest = 60;
    auto fits = [](char sign) { return (sign >= 'a' && sign <= 'z') || sign == '-'; };
    return !text.empty() && text.size() <= longest && text.front() != '-' && text.back() != '-' && std::ranges::all_of(text, fits) && text != "registers" && text != "jdih";
}

Intake RegisterReader::intake(Node const& node)
{
    constexpr int most_in_hour = 100'000;
    m_faults.only_keys(node, { "path", "title", "lead", "button", "fields", "sets", "shows", "releases", "contact", "limits" });
    Intake made;
    made.path = m_faults.required_text(node, "path");
    if (!is_path(made.path))
        m_faults.add(node["path"].line, "definition.path_wrong", made.path);
    made.title = words(node, "title", true);
    made.lead = words(node, "lead", true);
    made.button = words(node, "button", true);
    made.fields = names(node, "fields");
    if (made.fields.empty())
        m_faults.add(node.line, "definition.text_missing", "fields");
    for (auto const& [field, value] : m_faults.optional_pairs(node, "sets"))
        made.sets[field] = value.text;
    made.shows = names(node, "shows");
    made.releases = names(node, "releases");
    made.contact = m_faults.optional_text(node, "contact");
    auto const& limits = node["limits"];
    m_faults.only_keys(limits, { "per_network_and_hour", "per_office_and_hour", "why" });
    made.per_network_and_hour = m_faults.required_number(limits, "per_network_and_hour", 1, most_in_hour);
    made.per_office_and_hour = m_faults.required_number(limits, "per_office_and_hour", 1, most_in_hour);
    m_faults.required_text(limits, "why");
    return made;
}

}
