#include "plan/plan_start.hpp"
#include "core/embedded.hpp"
#include "definition/model_plan_file.hpp"
#include "organization/unit.hpp"
#include <charconv>
#include <map>

namespace kpuhub::plan {

static TreeNode area_of(text::Messages const& messages, int number)
{
    TreeNode area;
    area.row.level = Level::Area;
    area.row.area_no = number;
    area.row.number = std::to_string(number);
    area.row.body = messages.text("plan.area." + std::to_string(number), text::Language::Indonesian, {});
    return area;
}

static std::string title_of(text::Messages const& messages, int year)
{
    std::string const arguments[] = { std::to_string(year) };
    return messages.text("plan.start.plan_title", text::Language::Indonesian, arguments);
}

Tree empty_tree(text::Messages const& messages, int year)
{
    constexpr int areas = 8;
    Tree tree;
    tree.title = title_of(messages, year);
    for (int number = 1; number <= areas; ++number)
        tree.areas.push_back(area_of(messages, number));
    return tree;
}

static TreeNode indicator_of(definition::ModelIndicator const& line, std::size_t position)
{
    TreeNode node;
    node.row.level = Level::Indicator;
    node.row.number = std::to_string(position);
    node.row.body = line.text;
    node.row.common_item = line.key;
    node.row.indicator_kind = from_text<IndicatorKind>(line.kind);
    return node;
}

static TreeNode subactivity_of(definition::ModelSubactivity const& line, std::size_t position, std::map<std::string, SubdivisionId> const& owners)
{
    TreeNode node;
    node.row.level = Level::Subactivity;
    node.row.number = std::to_string(position);
    node.row.body = line.text;
    node.row.common_item = line.key;
    node.row.printed = Months::of(line.months);
    node.row.rhythm = from_text<Rhythm>(line.rhythm);
    node.row.due = { line.due_day, line.due_months_after, DueShift::Keep };
    node.row.authority = from_text<Authority>(line.authority).value_or(Authority::Office);
    if (auto owner = owners.find(line.owner); owner != owners.end())
        node.row.owner_subdivision = owner->second;
    for (std::size_t each = 0; each < line.indicators.size(); ++each)
        node.children.push_back(indicator_of(line.indicators[each], each + 1));
    return node;
}

Result<Tree> shape_tree(storage::Reader& reader, text::Messages const& messages, UnitId unit, int year, time::Date today)
{
    constexpr auto file = "definitions/plan_shapes/model_plan.yaml";
    auto areas = TRY(definition::load_model_plan(file, embedded_file(file)));
    std::map<std::string, SubdivisionId> owners;
    for (auto const& each : organization::subdivisions(reader, unit, today))
        owners[each.code] = each.id;
    Tree tree;
    tree.title = title_of(messages, year);
    for (auto const& line : areas) {
        auto area = area_of(messages, line.number);
        for (std::size_t position = 0; position < line.activities.size(); ++position) {
            TreeNode activity;
            activity.row.level = Level::Activity;
            activity.row.number = std::to_string(position + 1);
            activity.row.body = line.activities[position].name;
            auto const& rows = line.activities[position].subactivities;
            for (std::size_t each = 0; each < rows.size(); ++each)
                activity.children.push_back(subactivity_of(rows[each], each + 1, owners));
            area.children.push_back(std::move(activity));
        }
        tree.areas.push_back(std::move(area));
    }
    return tree;
}

static std::optional<PlanId> id_after(std::string_view from, std::string_view word)
{
    if (!from.starts_with(word))
        return std::nullopt;
    std::int64_t number = 0;
    from.remove_prefix(word.size());
    auto [end, error] = std::from_chars(from.data(), from.data() + from.size(), number);
    return error == std::errc {} && end == from.data() + from.size() ? std::optional { PlanId { number } } : std::nullopt;
}

Result<PlanId> start_plan(storage::Transaction& transaction, journal::Act const& act, text::Messages const& messages, UnitId unit,
    int year, PlanKind kind, std::string_view from)
{
    if (from == "empty")
        return create(transaction, act, unit, year, kind, empty_tree(messages, year));
    if (from == "shape")
        return create(transaction, act, unit, year, kind, TRY(shape_tree(transaction, messages, unit, year, act.today)));
    if (auto plan = id_after(from, "plan:"))
        return create_from(transaction, act, *plan, unit, year);
    if (auto plan = id_after(from, "unfinished:"))
        return create_from(transaction, act, *plan, unit, year, CarryOver::OnlyUnfinished);
    if (auto model = id_after(from, "model:"))
        return adopt(transaction, act, *model, unit, year);
    return invalid("plan.start.choose", { { "from", "plan.start.choose" } });
}

}
