#include "report/form_definition.hpp"
#include "core/embedded.hpp"
#include <algorithm>
#include <stdexcept>
#include <yaml-cpp/yaml.h>

namespace kpuhub::report {

static std::string text(YAML::Node const& map, char const* name) { return map[name] ? map[name].as<std::string>() : std::string {}; }
static bool flag(YAML::Node const& map, char const* name, bool otherwise = false) { return map[name] ? map[name].as<bool>() : otherwise; }

static BlockRule block_in(YAML::Node const& map)
{
    BlockRule block { text(map, "block"), text(map, "text"), text(map, "heading"), flag(map, "indent"), flag(map, "bold"), flag(map, "optional"), map["empty"] ? map["empty"].as<int>() : 0 };
    for (auto const& row : map["rows"])
        block.rows.emplace_back(row[0].as<std::string>(), row[1].as<std::string>());
    for (auto const& each : map["headings"])
        block.headings.push_back(each.as<std::string>());
    for (auto const& each : map["widths"])
        block.widths.push_back(each.as<double>());
    if (block.headings.size() != block.widths.size())
        throw std::runtime_error("definitions/papers/forms.yaml: headings and widths of a table differ");
    return block;
}

static FormDefinition form_in(std::string code, YAML::Node const& map)
{
    FormDefinition form { std::move(code), map["series"].as<std::string>(), map["title"].as<std::string>(), flag(map, "initials", true), flag(map, "records"), flag(map, "period"),
        flag(map, "handover"), map["layout"].as<std::string>() };
    for (auto const& each : map["fields"])
        form.fields.push_back({ each["name"].as<std::string>(), each["type"].as<std::string>(), text(each, "default"), each["label"]["id"].as<std::string>(), each["label"]["en"].as<std::string>() });
    for (auto const& each : map["signers"])
        form.signers.push_back({ each["role"].as<std::string>(), text(each, "heading") });
    for (auto const& each : map["body"])
        form.body.push_back(block_in(each));
    return form;
}

std::vector<FormDefinition> const& form_definitions()
{
    static auto const all = [] {
        std::vector<FormDefinition> made;
        for (auto const& each : YAML::Load(std::string { embedded_file("definitions/papers/forms.yaml") })["kinds"])
            made.push_back(form_in(each.first.as<std::string>(), each.second));
        return made;
    }();
    return all;
}

FormDefinition const* form_definition(std::string_view code)
{
    auto const& all = form_definitions();
    auto const found = std::ranges::find(all, code, &FormDefinition::code);
    return found == all.end() ? nullptr : &*found;
}

}
