#include "definition/systems.hpp"
#include "core/embedded.hpp"
#include "definition/register_reader.hpp"
#include <algorithm>

namespace kpuhub::definition {

namespace {

constexpr int last_area = 8;

int number_in(std::string_view text)
{
    int number = 0;
    for (char sign : text) {
        if (sign < '0' || sign > '9')
            return -1;
        number = number * 10 + (sign - '0');
    }
    return text.empty() ? -1 : number;
}

std::vector<int> areas_of(Node const& node, std::string const& no, Faults& faults)
{
    std::vector<int> areas;
    if (!node.has("areas")) {
        if (auto own = number_in(no.substr(0, no.find('.'))); own > 0)
            areas.push_back(own);
        return areas;
    }
    for (auto const& text : faults.optional_texts(node, "areas")) {
        areas.push_back(number_in(text));
        if (areas.back() < 1 || areas.back() > last_area)
            faults.add(node.line, "definition.number_wrong", "areas");
    }
    return areas;
}

SystemRow read_system(Node const& node, Faults& faults)
{
    faults.only_keys(node, { "no", "id", "title", "areas", "phrases", "page", "where" });
    SystemRow row;
    row.no = faults.required_text(node, "no");
    row.id = faults.required_text(node, "id");
    row.title = { faults.required_text(node["title"], "id"), faults.required_text(node["title"], "en") };
    row.areas = areas_of(node, row.no, faults);
    row.phrases = faults.optional_texts(node, "phrases");
    if (node.has("page")) {
        faults.only_keys(node["page"], { "room", "address" });
        row.room = faults.required_text(node["page"], "room");
        row.address = faults.required_text(node["page"], "address");
    }
    for (auto const& where : node["where"].items) {
        faults.only_keys(where, { "register", "field", "values" });
        row.where.push_back({ faults.required_text(where, "register"), faults.optional_text(where, "field"), faults.optional_texts(where, "values") });
        if (row.where.back().field.empty() != row.where.back().values.empty())
            faults.add(where.line, "definition.text_missing", "values");
    }
    return row;
}

}

Result<std::vector<SystemRow>> load_systems(std::string_view file, std::string_view text)
{
    auto root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root, { "id", "version", "valid_from", "title", "source", "systems" });
    read_heading(root, faults);
    std::vector<SystemRow> rows;
    std::set<std::string> known;
    for (auto const& node : faults.required_list(root, "systems")) {
        auto row = read_system(node, faults);
        if (!known.insert(row.no).second || !known.insert(row.id).second || number_in(row.id) >= 0)
            faults.add(node.line, "definition.key_twice", row.no);
        rows.push_back(std::move(row));
    }
    if (!faults.none())
        return faults.failure();
    return rows;
}

std::vector<SystemRow> const& systems()
{
    static std::vector<SystemRow> const rows = [] {
        constexpr auto file = "definitions/binding/systems.yaml";
        return load_systems(file, embedded_file(file)).value_or(std::vector<SystemRow> {});
    }();
    return rows;
}

SystemRow const* system_named(std::string_view id)
{
    auto found = std::ranges::find(systems(), id, &SystemRow::id);
    return found == systems().end() ? nullptr : &*found;
}

std::vector<std::string> systems_in(Node const& file, Faults& faults)
{
    auto numbers = faults.optional_texts(file, "systems");
    for (auto const& no : numbers)
        if (!system_numbered(no))
            faults.add(file["systems"].line, "definition.name_unknown", no);
    return numbers;
}

SystemRow const* system_numbered(std::string_view no)
{
    auto found = std::ranges::find(systems(), no, &SystemRow::no);
    return found == systems().end() ? nullptr : &*found;
}

}
