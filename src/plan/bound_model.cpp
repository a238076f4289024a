#include "plan/bound_model.hpp"
#include "evidence/evidence_form.hpp"
#include "plan/plan_marks.hpp"
#include <algorithm>

namespace kpuhub::plan {

namespace {

constexpr std::size_t longest_text = 120;

view::Choice service_words(std::string const& code) { return { code, "plan.bound." + code }; }

/// "/units/{unit}/plans/{year}" of this office and year.
std::string filled_in(std::string address, BoundPlace const& place)
{
    auto fill = [&](std::string const& name, std::string const& value) {
        if (auto at = address.find(name); at != std::string::npos)
            address.replace(at, name.size(), value);
    };
    fill("{unit}", place.unit_code);
    fill("{year}", std::to_string(place.year));
    return address;
}

std::string register_address(BoundPlace const& place, std::string const& id) { return "/units/" + place.unit_code + "/registers/" + id; }

}

void BoundLine::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("service", service);
    v.field("open", open);
    v.field("fill", fill);
    v.field("off", off);
}

void BoundRow::describe(view::Visitor& v) const
{
    v.field("text", text);
    v.list("lines", lines);
    v.field("nothing", nothing);
    v.field("change", change);
}

void ProposalLine::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("day", day);
    v.field("part", part);
    v.field("record", record);
    v.field("record_id", record_id);
    v.field("node_id", node_id);
}

std::vector<BoundLine> bound_lines(BoundPlace const& place, std::string const& kind, std::string const& id, text::Language language)
{
    auto const known = definition::target_kind(kind);
    if (!known)
        return {};
    auto const* target = place.offer.find(*known, id);
    auto const service = place.offer.service(*known, id);
    std::vector<BoundLine> lines;
    for (auto const* each : service.registers)
        lines.push_back({ each->title.in(language), service_words("register"), { register_address(place, each->id) }, {}, !place.on.contains(each->id) });
    for (auto const* each : service.indicators)
        lines.push_back({ each->title.in(language), service_words("indicator"), {}, {} });
    if (!service.room.empty())
        lines.push_back({ target ? target->title.in(language) : id, service_words("page"), { filled_in(service.address, place) }, {} });
    if (lines.empty())
        lines.push_back({ target ? target->title.in(language) : id, service_words(target ? "planned" : "gone"), {}, {} });
    return lines;
}

std::vector<BoundRow> bound_rows(Panel const& panel, text::Language language, bool may_work)
{
    BoundPlace const place { *panel.offer, panel.registers_on, panel.head.unit_code, panel.head.plan.year };
    std::vector<Node const*> asked;
    for (auto const& item : panel.items)
        asked.push_back(&item.node);
    if (asked.empty())
        asked.push_back(&panel.node);
    std::vector<BoundRow> rows;
    for (auto const* node : asked) {
        BoundRow row;
        if (asked.size() > 1)
            row.text = shortened(node->body, longest_text);
        auto const part = panel.items.empty() ? PlanNodeId {} : node->id;
        auto const from = "?row=" + evidence::text_of({ subject_of(panel.deliverable.id), part });
        for (auto const& target : panel.targets) {
            if (target.node != node->id)
                continue;
            for (auto& line : bound_lines(place, target.kind, target.id, language)) {
                if (may_work && line.service.code == "register" && !line.off)
                    line.fill = { line.open.address + "/new" + from };
                row.lines.push_back(std::move(line));
            }
        }
        row.nothing = row.lines.empty();
        if (panel.head.rights.manage && panel.head.plan.state != PlanState::Closed)
            row.change = { board_address(panel.head.unit_code, panel.head.plan.year) + "/rows/" + std::to_string(node->id.value) + "/targets" };
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<ProposalLine> proposal_lines(Panel const& panel, bool may_work)
{
    std::vector<ProposalLine> lines;
    for (auto const& each : panel.proposals) {
        ProposalLine line { each.title, each.day, {}, {}, std::to_string(each.record.value), std::to_string(each.node.value) };
        if (may_work)
            line.record = { "/records/" + line.record_id };
        auto const item = std::ranges::find(panel.items, each.node, [](PanelItem const& found) { return found.node.id; });
        if (item != panel.items.end() && panel.items.size() > 1)
            line.part = shortened(item->node.body, longest_text);
        lines.push_back(std::move(line));
    }
    return lines;
}

}
