#include "decree/draft.hpp"
#include <algorithm>

namespace kpuhub::decree {

namespace {

template<typename Value, std::size_t Size>
std::string_view pick(std::array<std::string_view, Size> const& names, Value value)
{
    auto const at = static_cast<std::size_t>(value);
    return at < names.size() ? names[at] : std::string_view {};
}

constexpr std::array<std::string_view, 4> level_names { "area", "activity", "subactivity", "indicator" };
constexpr std::array<std::string_view, 3> authority_names { "this_office", "province", "national" };
constexpr std::array<std::string_view, 4> rhythm_names { "each_mark", "once_in_run", "continuous", "monthly" };
constexpr std::array<std::string_view, 5> kind_names { "document", "count", "share", "index", "trend" };
constexpr std::array<std::string_view, 3> severity_names { "info", "warning", "error" };
constexpr std::array<std::string_view, 25> finding_names { "full_year_marks", "marks_not_aligned", "no_marks", "no_months_printed", "displaced_cells",
    "area_inferred", "area_unknown", "page_lost", "activity_unnamed", "subactivity_unnamed", "no_indicator", "number_repeated", "number_skipped",
    "text_cut", "pairing_guessed", "place_differs", "date_differs", "unit_differs", "year_differs", "field_missing", "loop_removed", "line_outside",
    "unread_line", "marks_unclear", "low_confidence" };
constexpr std::array<std::string_view, 9> change_names { "none", "all_months", "keep_months", "no_months", "accept_area", "name_area",
    "use_decree_value", "use_closing_value", "set_field" };

/// What is proposed for a kind, and whether somebody has to settle it.
std::pair<Change, bool> proposal(FindingKind kind)
{
    switch (kind) {
    case FindingKind::FullYearMarks:
        return { Change::AllMonths, true };
    case FindingKind::MarksNotAligned:
    case FindingKind::MarksUnclear:
        return { Change::KeepMonths, true };
    case FindingKind::NoMarks:
    case FindingKind::NoMonthsPrinted:
        return { Change::NoMonths, true };
    case FindingKind::AreaInferred:
        return { Change::AcceptArea, true };
    case FindingKind::AreaUnknown:
        return { Change::NameArea, true };
    case FindingKind::PlaceDiffers:
    case FindingKind::DateDiffers:
    case FindingKind::UnitDiffers:
    case FindingKind::YearDiffers:
        return { Change::UseDecreeValue, true };
    case FindingKind::FieldMissing:
        return { Change::SetField, true };
    case FindingKind::LineOutside:
    case FindingKind::LoopRemoved:
    case FindingKind::DisplacedCells:
        return { Change::None, false };
    default:
        return { Change::None, true };
    }
}

}

std::string_view name(Level value) { return pick(level_names, value); }
std::string_view name(Authority value) { return pick(authority_names, value); }
std::string_view name(Rhythm value) { return pick(rhythm_names, value); }
std::string_view name(IndicatorKind value) { return pick(kind_names, value); }
std::string_view name(FindingKind value) { return pick(finding_names, value); }
std::string_view name(Severity value) { return pick(severity_names, value); }
std::string_view name(Change value) { return pick(change_names, value); }

bool same_row(Source const& a, Source const& b) { return a.page == b.page && a.line == b.line && a.last_line == b.last_line; }

Node const* find(Draft const& draft, int id)
{
    auto const found = std::ranges::find(draft.nodes, id, &Node::id);
    return found == draft.nodes.end() ? nullptr : &*found;
}

Node* find(Draft& draft, int id)
{
    auto const found = std::ranges::find(draft.nodes, id, &Node::id);
    return found == draft.nodes.end() ? nullptr : &*found;
}

std::vector<Node const*> children(Draft const& draft, int parent)
{
    std::vector<Node const*> found;
    for (auto const& node : draft.nodes)
        if (node.parent == parent)
            found.push_back(&node);
    return found;
}

std::vector<FindingGroup> groups(Draft const& draft)
{
    std::vector<FindingGroup> list;
    for (std::size_t i = 0; i < draft.findings.size(); ++i) {
        auto const& finding = draft.findings[i];
        auto group = std::ranges::find(list, finding.kind, &FindingGroup::kind);
        if (group == list.end()) {
            auto const [change, needed] = proposal(finding.kind);
            list.push_back({ finding.kind, finding.severity, {}, {}, change, needed });
            group = list.end() - 1;
        }
        group->severity = std::max(group->severity, finding.severity);
        group->findings.push_back(static_cast<int>(i));
        for (int const node : finding.nodes)
            if (std::ranges::find(group->nodes, node) == group->nodes.end())
                group->nodes.push_back(node);
    }
    for (auto& group : list)
        group.needs_decision = group.needs_decision && std::ranges::any_of(group.findings, [&](int at) { return !draft.findings[static_cast<std::size_t>(at)].settled; });
    std::ranges::stable_sort(list, [](auto& a, auto& b) {
        return std::pair { !a.needs_decision, static_cast<int>(a.kind) } < std::pair { !b.needs_decision, static_cast<int>(b.kind) };
    });
    return list;
}

}
