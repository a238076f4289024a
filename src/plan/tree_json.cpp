#include "plan/tree.hpp"
#include <nlohmann/json.hpp>

namespace kpuhub::plan {

using Json = nlohmann::ordered_json;

static Json json_of(TreeNode const& node)
{
    auto const& row = node.row;
    Json json { { "id", row.id.value }, { "level", to_text(row.level) }, { "area_no", row.area_no }, { "number", row.number },
        { "body", row.body }, { "remark", row.remark }, { "owner_subdivision", row.owner_subdivision.value },
        { "owner_post", row.owner_post.value }, { "authority", to_text(row.authority) }, { "tentative", row.tentative },
        { "applies", row.applies }, { "applies_reason", row.applies_reason }, { "common_item", row.common_item },
        { "months", row.printed.bits }, { "months_certain", row.months_certain }, { "source", node.source } };
    if (row.indicator_kind)
        json["indicator_kind"] = to_text(*row.indicator_kind);
    if (row.working)
        json["working_months"] = row.working->bits;
    if (row.rhythm)
        json["rhythm"] = to_text(*row.rhythm);
    if (row.due.fixed())
        json["due"] = { { "day", row.due.day }, { "months_after", row.due.months_after }, { "shift", to_text(row.due.shift) } };
    if (row.carried_from)
        json["carried_from"] = row.carried_from.value;
    json["covers"] = node.covers;
    json["children"] = Json::array();
    for (auto const& child : node.children)
        json["children"].push_back(json_of(child));
    return json;
}

std::string to_json(Tree const& tree)
{
    Json areas = Json::array();
    for (auto const& area : tree.areas)
        areas.push_back(json_of(area));
    Json json { { "title", tree.title }, { "number", tree.decree.number },
        { "decided_on", tree.decree.decided_on ? tree.decree.decided_on->iso() : "" }, { "place", tree.decree.place },
        { "signatory_name", tree.decree.signatory_name }, { "signatory_role", tree.decree.signatory_role },
        { "decree", tree.decree_text }, { "areas", std::move(areas) } };
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template<typename Enum>
static Enum word_in(Json const& json, char const* name)
{
    if (auto value = from_text<Enum>(json.at(name).get_ref<std::string const&>()))
        return *value;
    throw nlohmann::detail::other_error::create(501, "a word outside its closed list", &json);
}

static TreeNode node_from(Json const& json)
{
    TreeNode node;
    auto& row = node.row;
    row.id = { json.at("id").get<std::int64_t>() };
    row.level = word_in<Level>(json, "level");
    row.area_no = json.at("area_no").get<int>();
    row.number = json.at("number").get<std::string>();
    row.body = json.at("body").get<std::string>();
    row.remark = json.at("remark").get<std::string>();
    row.owner_subdivision = { json.at("owner_subdivision").get<std::int64_t>() };
    row.owner_post = { json.at("owner_post").get<std::int64_t>() };
    row.authority = word_in<Authority>(json, "authority");
    row.tentative = json.at("tentative").get<bool>();
    row.applies = json.at("applies").get<bool>();
    row.applies_reason = json.at("applies_reason").get<std::string>();
    row.common_item = json.at("common_item").get<std::string>();
    row.printed = { json.at("months").get<std::uint16_t>() };
    row.months_certain = json.at("months_certain").get<bool>();
    node.source = json.at("source").get<std::string>();
    if (json.contains("indicator_kind"))
        row.indicator_kind = word_in<IndicatorKind>(json, "indicator_kind");
    if (json.contains("working_months"))
        row.working = Months { json.at("working_months").get<std::uint16_t>() };
    if (json.contains("rhythm"))
        row.rhythm = word_in<Rhythm>(json, "rhythm");
    if (json.contains("due")) {
        auto const& due = json.at("due");
        row.due = { due.at("day").get<int>(), due.at("months_after").get<int>(), word_in<DueShift>(due, "shift") };
    }
    if (json.contains("carried_from"))
        row.carried_from = { json.at("carried_from").get<std::int64_t>() };
    node.covers = json.at("covers").get<std::vector<int>>();
    for (auto const& child : json.at("children"))
        node.children.push_back(node_from(child));
    return node;
}

Result<Tree> tree_from_json(std::string_view text)
{
    try {
        auto json = Json::parse(text);
        Tree tree;
        tree.title = json.at("title").get<std::string>();
        tree.decree = { json.at("number").get<std::string>(), time::Date::from_iso(json.at("decided_on").get<std::string>()),
            json.at("place").get<std::string>(), json.at("signatory_name").get<std::string>(),
            json.at("signatory_role").get<std::string>() };
        tree.decree_text = json.at("decree").get<std::string>();
        for (auto const& area : json.at("areas"))
            tree.areas.push_back(node_from(area));
        return tree;
    } catch (nlohmann::json::exception const& wrong) {
        return invalid("plan.tree.invalid");
    }
}

}
