#include "decree/shape.hpp"
#include "core/embedded.hpp"
#include "decree/month_words.hpp"
#include "decree/words.hpp"
#include "definition/common_items.hpp"
#include "definition/model_plan_file.hpp"
#include <algorithm>
#include <cctype>
#include <yaml-cpp/yaml.h>

namespace kpuhub::decree {

namespace {

std::vector<std::string> plain_list(YAML::Node const& node)
{
    std::vector<std::string> list;
    for (auto const& item : node)
        list.push_back(plain(item.as<std::string>()));
    return list;
}

std::vector<std::pair<std::string, std::vector<std::string>>> named_lists(YAML::Node const& node)
{
    std::vector<std::pair<std::string, std::vector<std::string>>> lists;
    for (auto const& item : node)
        lists.emplace_back(item.first.as<std::string>(), plain_list(item.second));
    return lists;
}

/// The name and spellings of an area from areas.yaml, its weights from the shape.
AreaShape area_shape(YAML::Node const& node, YAML::Node const& names)
{
    AreaShape area { node["no"].as<int>(), {}, {}, {} };
    for (auto const& named : names)
        if (named["no"].as<int>() == area.number) {
            area.name = named["name"].as<std::string>();
            area.names = plain_list(named["spelled"]);
        }
    area.names.push_back(plain(area.name));
    for (auto const& word : node["words"])
        area.words.emplace_back(plain(word.first.as<std::string>()), word.second.as<int>());
    return area;
}

Shape shape_of(YAML::Node const& root, YAML::Node const& names)
{
    static std::array<std::pair<char const*, Column>, 10> const columns { { { "number", Column::Number }, { "area", Column::Area }, { "activity", Column::Activity }, { "subactivity", Column::Subactivity }, { "indicator", Column::Indicator }, { "months", Column::Months }, { "note", Column::Note }, { "owner", Column::Owner }, { "output", Column::Output }, { "extra", Column::Extra } } };
    Shape shape;
    for (auto const& [key, column] : columns)
        shape.columns[column] = plain_list(root["columns"][key]);
    for (std::size_t i = 0; i < 12; ++i)
        shape.months.at(i) = plain_list(root["months"][i]);
    for (auto const& mark : root["marks"])
        shape.marks.push_back(mark.as<std::string>());
    shape.no_marks = root["no_marks"].as<std::vector<std::string>>();
    shape.value_units = root["value_units"].as<std::vector<std::string>>();
    for (auto const& item : root["when"])
        if (item.second.IsSequence() && item.first.as<std::string>() != "ordinals")
            for (auto const& phrase : item.second)
                shape.when.phrases[item.first.as<std::string>()].push_back(when_tokens(phrase.as<std::string>()));
    shape.when.ordinals = root["when"]["ordinals"].as<std::vector<std::vector<std::string>>>();
    for (auto const& area : root["areas"])
        shape.areas.push_back(area_shape(area, names));
    auto const wording = root["wording"];
    for (auto& [key, list] : named_lists(wording["authority"]))
        shape.authority[key] = list;
    shape.tentative = plain_list(wording["tentative"]);
    shape.indicator_kind = named_lists(wording["indicator_kind"]);
    shape.rhythm = named_lists(wording["rhythm"]);
    return shape;
}

}

std::optional<Column> Shape::column_of(std::string_view heading, bool recognised) const
{
    constexpr double like = 0.84;
    constexpr double like_on_scans = 0.78;      // "SLB KEGIATAN"; "KEGIATAN" is less like it than "SUB KEGIATAN" is
    auto const text = plain(heading);
    if (text.empty())
        return {};
    for (auto const& [column, names] : columns)
        if (std::ranges::find(names, text) != names.end())
            return column;
    if (text.size() < 5 || text.size() > 48)   // no heading is longer
        return {};
    std::optional<Column> best;
    double closest = recognised ? like_on_scans : like;
    for (auto const& [column, names] : columns)
        for (auto const& known : names)
            if (auto const close = similarity(known, text); known.size() >= 5 && close > closest) {
                closest = close;
                best = column;
            }
    return best;
}

int Shape::month_of(std::string_view label) const
{
    auto const text = plain(label);
    for (std::size_t i = 0; i < months.size(); ++i)
        if (std::ranges::find(months.at(i), text) != months.at(i).end())
            return static_cast<int>(i) + 1;
    return 0;
}

bool Shape::is_mark(std::string_view cell) const
{
    return std::ranges::find(marks, cell) != marks.end();
}

bool Shape::is_value(std::string_view cell) const
{
    std::size_t at = 0;
    while (at < cell.size() && (std::isdigit(static_cast<unsigned char>(cell[at])) != 0 || cell[at] == '.' || cell[at] == ','))
        ++at;
    auto unit = plain(cell.substr(at));
    if (at == 0 || at > 8)
        return false;
    return unit.empty() ? at == cell.size() : std::ranges::find(value_units, unit) != value_units.end();
}

std::pair<int, double> Shape::area_named(std::string_view text) const
{
    auto const wanted = plain(text);
    std::pair<int, double> best { 0, 0.0 };
    for (auto const& area : areas)
        for (auto const& known : area.names)
            if (auto const close = similarity(known, wanted); close > best.second)
                best = { area.number, close };
    return best;
}

int Shape::weight(int number, std::string_view plain_text) const
{
    int total = 0;
    if (auto const* found = area(number))
        for (auto const& [word, points] : found->words)
            if (holds(plain_text, word, true))
                total += points;
    return total;
}

AreaShape const* Shape::area(int number) const
{
    auto const found = std::ranges::find(areas, number, &AreaShape::number);
    return found == areas.end() ? nullptr : &*found;
}

Result<Shape> read_shape(std::string_view yaml, std::string_view areas)
{
    try {
        return shape_of(YAML::Load(std::string { yaml }), YAML::Load(std::string { areas })["areas"]);
    } catch (YAML::Exception const& error) {
        return broken(error.what());
    }
}

Result<Shape> built_in_shape()
{
    static std::string const folder = "definitions/plan_shapes/";
    auto shape = TRY(read_shape(embedded_file(folder + "rb_action_plan.yaml"), embedded_file(folder + "areas.yaml")));
    auto const model = TRY(definition::load_model_plan("model_plan.yaml", embedded_file(folder + "model_plan.yaml")));
    shape.items = std::make_shared<definition::CommonItems const>(TRY(definition::CommonItems::load("common_items.yaml", embedded_file(folder + "common_items.yaml"), model)));
    return shape;
}

}
