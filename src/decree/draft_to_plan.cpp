#include "decree/draft_to_plan.hpp"
#include "decree/areas.hpp"
#include "decree/words.hpp"
#include "text/normal.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace kpuhub::decree {

static std::string sources_json(std::vector<Source> const& sources)
{
    auto list = nlohmann::ordered_json::array();
    for (auto const& source : sources) {
        nlohmann::ordered_json each { { "line", source.line }, { "last_line", source.last_line } };
        if (source.page != 0)
            each["page"] = source.page;
        if (!source.cell.empty())
            each["cell"] = source.cell;
        if (source.box != codec::Box {})
            each["box"] = { source.box.left, source.box.top, source.box.right, source.box.bottom };
        list.push_back(std::move(each));
    }
    return list.empty() ? "" : list.dump();
}

static SubdivisionId owner_named(std::string const& words, std::vector<organization::Subdivision> const& subdivisions)
{
    if (words.empty())
        return {};
    auto wanted = text::normal(words);
    for (auto const& each : subdivisions)
        if (each.code == words || text::normal(each.name) == wanted || text::normal(each.short_name) == wanted)
            return each.id;
    for (auto const& each : subdivisions)
        if (wanted.find(text::normal(each.short_name)) != std::string::npos)
            return each.id;
    return {};
}

/// KET as printed, then what stood in columns that the plan has no field for, each with its heading.
static std::string remark_of(Node const& node)
{
    std::string remark = node.note;
    for (auto const& extra : node.extras)
        remark += (remark.empty() ? "" : "; ") + extra.heading + (extra.heading.empty() ? "" : ": ") + extra.text;
    return remark;
}

static plan::Node row_of(Node const& node, std::vector<organization::Subdivision> const& subdivisions)
{
    plan::Node row;
    row.level = static_cast<plan::Level>(node.level);
    if (node.level == Level::Area)
        row.area_no = area_number(node);
    row.number = node.number;
    row.body = node.text.empty() ? std::string { open_text } : node.text;
    row.remark = remark_of(node);
    row.owner_subdivision = owner_named(node.owner, subdivisions);
    if (node.authority)
        row.authority = static_cast<plan::Authority>(node.authority->value);
    row.tentative = node.tentative && node.tentative->value;
    if (node.indicator_kind)
        row.indicator_kind = static_cast<plan::IndicatorKind>(node.indicator_kind->value);
    row.common_item = node.item;
    row.printed = plan::Months::of(node.months.months);
    row.months_certain = node.months.certain;
    if (node.rhythm)
        row.rhythm = static_cast<plan::Rhythm>(node.rhythm->value);
    return row;
}

/// Positions of the covered sub-activities among their siblings.
static std::vector<int> cover_positions(Draft const& draft, Node const& indicator)
{
    auto const* own = find(draft, indicator.parent);
    std::vector<int> positions;
    if (own == nullptr)
        return positions;
    auto siblings = children(draft, own->parent);
    for (std::size_t i = 0; i < siblings.size(); ++i)
        if (std::find(indicator.covers.begin(), indicator.covers.end(), siblings[i]->id) != indicator.covers.end())
            positions.push_back(static_cast<int>(i));
    return positions;
}

static plan::TreeNode branch(Draft const& draft, Node const& node, std::vector<organization::Subdivision> const& subdivisions)
{
    plan::TreeNode made;
    made.row = row_of(node, subdivisions);
    made.source = sources_json(node.sources);
    if (node.level == Level::Indicator)
        made.covers = cover_positions(draft, node);
    for (auto const* child : children(draft, node.id))
        made.children.push_back(branch(draft, *child, subdivisions));
    return made;
}

static std::string decree_json(Decree const& decree)
{
    nlohmann::ordered_json json;
    json["considering"] = decree.considering;
    json["legal_basis"] = decree.legal_basis;
    json["noting"] = decree.noting;
    for (auto const& dictum : decree.dicta)
        json["dicta"].push_back({ { "number", dictum.number }, { "text", dictum.text } });
    json["certifier"] = { { "name", decree.certifier.name }, { "role", decree.certifier.role } };
    json["plan_title"] = decree.plan_title;
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

plan::Tree to_plan(Draft const& draft, std::vector<organization::Subdivision> const& subdivisions)
{
    plan::Tree tree;
    auto const& decree = draft.decree;
    tree.title = decree.title;
    tree.decree = { decree.number, time::Date::from_iso(decree.date), decree.place, decree.signatory.name, decree.signatory.role };
    tree.decree_text = decree_json(decree);
    for (auto const* area : children(draft, 0))
        tree.areas.push_back(branch(draft, *area, subdivisions));
    return tree;
}

}
