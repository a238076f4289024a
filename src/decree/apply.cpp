#include "decree/apply.hpp"
#include "decree/decree_fields.hpp"
#include "definition/plan_years.hpp"
#include <algorithm>
#include <cstdlib>

namespace kpuhub::decree {

namespace {

bool about_months(FindingKind kind)
{
    return kind == FindingKind::FullYearMarks || kind == FindingKind::MarksNotAligned || kind == FindingKind::MarksUnclear || kind == FindingKind::NoMarks || kind == FindingKind::NoMonthsPrinted;
}

bool about_fields(FindingKind kind)
{
    return kind == FindingKind::PlaceDiffers || kind == FindingKind::DateDiffers;
}

bool fits(FindingKind kind, Change change)
{
    switch (change) {
    case Change::None:
        return true;
    case Change::AllMonths:
    case Change::KeepMonths:
    case Change::NoMonths:
        return about_months(kind);
    case Change::AcceptArea:
        return kind == FindingKind::AreaInferred;
    case Change::NameArea:
        return kind == FindingKind::AreaInferred || kind == FindingKind::AreaUnknown;
    case Change::UseDecreeValue:
        return about_fields(kind) || kind == FindingKind::UnitDiffers || kind == FindingKind::YearDiffers;
    case Change::UseClosingValue:
        return about_fields(kind);
    case Change::SetField:
        return kind == FindingKind::FieldMissing;
    }
    return false;
}

bool are_months(std::vector<int> const& months)
{
    return std::ranges::all_of(months, [](int month) { return month >= 1 && month <= 12; })
        && std::ranges::adjacent_find(months, std::ranges::greater_equal {}) == months.end();
}

void set_months(Node& node, Decision const& decision)
{
    if (decision.change == Change::AllMonths)
        node.months.months = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
    else if (decision.change == Change::NoMonths)
        node.months.months.clear();
    else if (!decision.months.empty())
        node.months.months = decision.months;
    node.months.certain = true;
}

void set_area(Node& node, Finding const& finding, Decision const& decision)
{
    if (decision.change == Change::AcceptArea && finding.arguments.size() == 2) {
        node.number = finding.arguments[0];
        node.text = finding.arguments[1];
    } else {
        node.number = std::to_string(decision.area);
        node.text = decision.text;
    }
    node.inferred = false;
}

Result<void> set_field(Decree& decree, Finding const& finding, Decision const& decision)
{
    auto const field = finding.arguments.empty() ? std::string {} : finding.arguments[0];
    if (decision.text.empty())
        return invalid("decree.decision_unfit");
    if (field == "number")
        decree.number = decision.text;
    else if (field == "unit")
        decree.unit = decision.text;
    else if (field == "title")
        decree.title = decision.text;
    else if (field == "date")
        decree.date = decision.text;
    else if (field == "year" && definition::plan_years().hold(std::atoi(decision.text.c_str())))
        decree.year = std::atoi(decision.text.c_str());
    else
        return invalid("decree.decision_unfit");
    return {};
}

Result<void> apply_one(Draft& draft, Finding const& finding, Decision const& decision)
{
    if (decision.change == Change::SetField)
        return set_field(draft.decree, finding, decision);
    if (decision.change == Change::UseClosingValue && finding.kind == FindingKind::PlaceDiffers)
        draft.decree.place = draft.decree.closing_place;
    if (decision.change == Change::UseClosingValue && finding.kind == FindingKind::DateDiffers)
        draft.decree.date = draft.decree.closing_date;
    for (int const id : finding.nodes) {
        auto* node = find(draft, id);
        if (node == nullptr)
            continue;
        if (about_months(finding.kind) && decision.change != Change::None)
            set_months(*node, decision);
        if (decision.change == Change::AcceptArea || decision.change == Change::NameArea)
            set_area(*node, finding, decision);
    }
    return {};
}

Result<std::vector<std::size_t>> chosen(Draft const& draft, FindingGroup const& group, std::vector<int> const& only)
{
    std::vector<std::size_t> indices;
    for (int const index : only.empty() ? group.findings : only) {
        bool const there = index >= 0 && static_cast<std::size_t>(index) < draft.findings.size() && draft.findings[static_cast<std::size_t>(index)].kind == group.kind;
        if (!there)
            return conflict("decree.draft_changed");
        indices.push_back(static_cast<std::size_t>(index));
    }
    return indices;
}

}

Result<Draft> apply(Draft draft, FindingGroup const& group, Decision const& decision)
{
    bool const named = decision.change != Change::NameArea || (decision.area >= 1 && decision.area <= 8 && !decision.text.empty());
    if (!fits(group.kind, decision.change) || !are_months(decision.months) || !named)
        return invalid("decree.decision_unfit");
    for (auto const index : TRY(chosen(draft, group, decision.findings))) {
        auto& finding = draft.findings[index];
        TRY_VOID(apply_one(draft, finding, decision));
        finding.settled = true;
    }
    return draft;
}

Result<Draft> reopen(Draft draft, FindingGroup const& group)
{
    for (auto const index : TRY(chosen(draft, group, {})))
        draft.findings[index].settled = false;
    return draft;
}

}
