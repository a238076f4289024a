#include "decree/edit.hpp"
#include "decree/apply.hpp"
#include "decree/draft_edit.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace kpuhub::decree {

static Result<int> set_field(Decree& decree, std::string const& field, std::string const& value)
{
    constexpr std::size_t longest_value = 1'000;
    if (value.size() > longest_value)
        return invalid("decree.edit.text");
    std::pair<std::string_view, std::string*> const fields[] = { { "number", &decree.number }, { "title", &decree.title },
        { "place", &decree.place }, { "date", &decree.date }, { "signatory", &decree.signatory.name },
        { "signatory_role", &decree.signatory.role } };
    for (auto const& [name, member] : fields) {
        if (name == field) {
            *member = value;
            return 1;
        }
    }
    return invalid("decree.edit.node");
}

static Result<int> settle(Draft& draft, Edit const& edit)
{
    for (auto const& group : groups(draft)) {
        if (group.kind != edit.finding)
            continue;
        Decision decision;
        decision.change = edit.change;
        decision.text = edit.value;
        decision.area = edit.number;
        draft = TRY(apply(std::move(draft), group, decision));
        return static_cast<int>(std::max(group.nodes.size(), group.findings.size()));
    }
    return conflict("decree.draft_changed");
}

static Result<int> carry_out(Draft& draft, Edit const& decision)
{
    if (decision.kind == EditKind::Settle)
        return settle(draft, decision);
    if (decision.kind == EditKind::SetField)
        return set_field(draft.decree, decision.text, decision.value);
    return edit_node(draft, decision);
}

Result<Decided> decide(Draft draft, Edit const& decision)
{
    auto touched = TRY(carry_out(draft, decision));
    return Decided { std::move(draft), touched };
}

Draft replay(Draft draft, std::vector<Edit> const& decisions)
{
    for (auto const& decision : decisions)
        if (auto decided = decide(draft, decision))
            draft = std::move(decided->draft);
    return draft;
}

std::string to_json(Edit const& decision)
{
    nlohmann::ordered_json json { { "kind", static_cast<int>(decision.kind) }, { "node", decision.node },
        { "finding", std::string { name(decision.finding) } }, { "change", std::string { name(decision.change) } },
        { "text", decision.text }, { "value", decision.value }, { "months", decision.months }, { "number", decision.number } };
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

template<typename Enum>
static Enum named(std::string const& text, Enum last)
{
    for (int i = 0; i <= static_cast<int>(last); ++i)
        if (name(static_cast<Enum>(i)) == text)
            return static_cast<Enum>(i);
    return {};
}

Result<Edit> edit_from_json(std::string_view text)
{
    auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        return broken("a stored decision is not JSON");
    try {
        Edit decision;
        decision.kind = static_cast<EditKind>(json.at("kind").get<int>());
        decision.node = json.at("node").get<int>();
        decision.finding = named(json.at("finding").get<std::string>(), FindingKind::UnreadLine);
        decision.change = named(json.at("change").get<std::string>(), Change::SetField);
        decision.text = json.at("text").get<std::string>();
        decision.value = json.at("value").get<std::string>();
        decision.months = json.at("months").get<std::vector<int>>();
        decision.number = json.at("number").get<int>();
        return decision;
    } catch (nlohmann::json::exception const&) {
        return broken("a stored decision lacks a field");
    }
}

}
