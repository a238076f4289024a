#include "definition/duty_file.hpp"
#include "core/embedded.hpp"
#include <algorithm>

namespace kpuhub::definition {

namespace {

template<typename List>
bool has(List const& list, std::string_view word) { return std::ranges::find(list, word) != list.end(); }

DutyHolder read_holder(Node const& node, Faults& faults)
{
    faults.only_keys(node, { "post_kind", "employment", "title_word" });
    if (node.entries.size() != 1) {
        faults.add(node.line, "definition.text_missing", "holders");
        return {};
    }
    auto const& [key, value] = node.entries.front();
    bool const known = key == "post_kind" ? has(post_kinds, value.text) : key == "employment" ? has(employments, value.text) : !value.text.empty();
    bool const small = std::ranges::none_of(value.text, [](char sign) { return sign >= 'A' && sign <= 'Z'; });
    if (!known || !small)
        faults.add(value.line, "definition.choice_unknown", key);
    return { key, value.text };
}

Words read_words(Node const& node, Faults& faults) { return { faults.required_text(node, "id"), faults.required_text(node, "en") }; }

Duty read_duty(std::string const& id, Node const& node, Faults& faults)
{
    faults.only_keys(node, { "title", "hint", "valid_from", "valid_to", "source", "confidence", "holders" });
    Duty duty { id, read_words(node["title"], faults), read_words(node["hint"], faults), {}, time::Date::of(9999, 12, 31), faults.required_text(node, "source"),
        faults.required_text(node, "confidence"), {} };
    if (!is_name(id))
        faults.add(node.line, "definition.name_unknown", id);
    if (auto const from = time::Date::from_iso(faults.required_text(node, "valid_from")))
        duty.from = *from;
    else
        faults.add(node["valid_from"].line, "definition.date_wrong", "valid_from");
    if (node.has("valid_to")) {
        if (auto const to = time::Date::from_iso(node["valid_to"].text); to && duty.from <= *to)
            duty.to = *to;
        else
            faults.add(node["valid_to"].line, "definition.date_wrong", "valid_to");
    }
    constexpr std::array<std::string_view, 3> confidences { "verified", "memory", "uncertain" };
    if (!has(confidences, duty.confidence))
        faults.add(node.line, "definition.choice_unknown", "confidence");
    for (auto const& item : faults.required_list(node, "holders"))
        duty.holders.push_back(read_holder(item, faults));
    return duty;
}

}

Result<std::vector<Duty>> load_duties(std::string_view file, std::string_view text)
{
    auto const root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root, { "id", "version", "valid_from", "title", "source", "duties" });
    read_heading(root, faults);
    std::vector<Duty> duties;
    if (root["duties"].entries.empty())
        faults.add(root.line, "definition.list_missing", "duties");
    for (auto const& [id, node] : root["duties"].entries)
        duties.push_back(read_duty(id, node, faults));
    if (!faults.none())
        return faults.failure();
    return duties;
}

std::vector<Duty> const& embedded_duties()
{
    constexpr std::string_view file = "definitions/duties.yaml";
    static auto const duties = load_duties(file, embedded_file(file)).value();
    return duties;
}

Duty const* duty_named(std::string_view id)
{
    auto const& all = embedded_duties();
    auto const found = std::ranges::find(all, id, &Duty::id);
    return found == all.end() ? nullptr : &*found;
}

}
