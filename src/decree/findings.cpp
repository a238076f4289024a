#include "decree/findings.hpp"
#include "decree/words.hpp"
#include "definition/plan_years.hpp"
#include <algorithm>
#include <cstdlib>
#include <map>

namespace kpuhub::decree {

namespace {

constexpr std::size_t marks_of_a_full_year = 12;
constexpr double same_office = 0.94;    // a misread letter; "Gorontalo" and "Gorontalo Utara" are under 0.9

/// "... TAHUN 2026" at its last place; 0 when there is none.
int year_in(std::string_view text)
{
    auto const words = plain(text);
    auto const at = words.rfind("tahun ");
    int const year = at == std::string::npos ? 0 : std::atoi(words.c_str() + at + 6);
    return definition::plan_years().hold(year) ? year : 0;
}

void add(Draft& draft, FindingKind kind, Severity severity, Node const& node, std::vector<std::string> arguments = {})
{
    draft.findings.push_back({ kind, severity, { node.sources.front() }, { node.id }, std::move(arguments) });
}

void look_at_months(Draft& draft)
{
    bool const any = std::ranges::any_of(draft.nodes, [](auto& node) { return !node.months.positions.empty() || node.months.unclear; });
    if (!any) {
        Finding finding { FindingKind::NoMonthsPrinted, Severity::Warning, {}, {}, {} };
        for (auto const& node : draft.nodes)
            if (node.level == Level::Subactivity)
                finding.nodes.push_back(node.id);
        draft.findings.push_back(std::move(finding));
        return;
    }
    auto const nodes = draft.nodes;
    for (auto const& node : nodes) {
        if (node.level != Level::Subactivity)
            continue;
        auto const count = node.months.positions.size();
        if (node.months.unclear)
            add(draft, FindingKind::MarksUnclear, Severity::Warning, node, { std::to_string(count) });
        else if (count == 0)
            add(draft, FindingKind::NoMarks, Severity::Warning, node);
        else if (!node.months.certain && count >= marks_of_a_full_year && node.months.months.size() == 12)
            add(draft, FindingKind::FullYearMarks, Severity::Warning, node, { std::to_string(count) });
        else if (!node.months.certain)
            add(draft, FindingKind::MarksNotAligned, Severity::Warning, node, { std::to_string(count) });
    }
}

void look_at_numbers(Draft& draft, Node const& parent)
{
    std::map<std::string, int> seen;
    std::vector<Node> below;
    for (auto const* child : children(draft, parent.id))
        below.push_back(*child);
    int last = 0;
    for (auto const& child : below) {
        if (child.number.empty() || child.number == "-")
            continue;
        if (++seen[child.number] == 2)
            add(draft, FindingKind::NumberRepeated, Severity::Info, child, { child.number });
        auto const rank = marker(child.number + ". X").rank;
        if (rank > last + 1 && !(last == 0 && parent.text.empty()))
            add(draft, FindingKind::NumberSkipped, Severity::Warning, child, { child.number });
        last = std::max(last, rank);
    }
}

bool cut_short(Node const& node)
{
    auto const text = plain(node.text);
    static constexpr std::array<std::string_view, 12> open_ends { "di", "dan", "dengan", "yang", "untuk", "pada", "dalam", "oleh", "sesuai", "kepada", "terhadap", "dari" };
    auto const at = text.rfind(' ');
    auto const last = at == std::string::npos ? text : text.substr(at + 1);
    return node.text.ends_with('-') || std::ranges::find(open_ends, last) != open_ends.end();
}

void look_at_texts(Draft& draft)
{
    auto const nodes = draft.nodes;
    for (auto const& node : nodes) {
        if (node.level == Level::Activity && node.text.empty())
            add(draft, FindingKind::ActivityUnnamed, Severity::Warning, node);
        if (node.level == Level::Subactivity && node.text.empty())
            add(draft, FindingKind::SubactivityUnnamed, Severity::Warning, node);
        bool const goes_on = node.text.ends_with(" dan") || node.text.ends_with(" dan;");
        if (!node.text.empty() && node.level != Level::Area && !goes_on && cut_short(node))
            add(draft, FindingKind::TextCut, Severity::Info, node, { node.text.substr(node.text.size() > 40 ? node.text.size() - 40 : 0) });
        if (node.level == Level::Area || node.level == Level::Activity)
            look_at_numbers(draft, node);
    }
}

void look_at_indicators(Draft& draft)
{
    std::map<int, bool> proved;
    for (auto const& node : draft.nodes)
        if (node.level == Level::Indicator) {
            proved[node.parent] = true;
            for (int const sub : node.covers)
                proved[sub] = true;
        }
    auto const nodes = draft.nodes;
    for (auto const& node : nodes)
        if (node.level == Level::Subactivity && !proved[node.id])
            add(draft, FindingKind::NoIndicator, Severity::Info, node);
}

void look_at_fields(Draft& draft)
{
    auto const& decree = draft.decree;
    auto const say = [&](FindingKind kind, std::vector<std::string> arguments) { draft.findings.push_back({ kind, Severity::Warning, {}, {}, std::move(arguments) }); };
    if (!decree.closing_place.empty() && plain(decree.closing_place) != plain(decree.place) && !holds(plain(decree.place), plain(decree.closing_place)))
        say(FindingKind::PlaceDiffers, { decree.place, decree.closing_place });
    if (!decree.closing_date.empty() && decree.closing_date != decree.date)
        say(FindingKind::DateDiffers, { decree.date, decree.closing_date });
    for (auto const& [field, value] : { std::pair<char const*, std::string const*> { "number", &decree.number }, { "unit", &decree.unit }, { "title", &decree.title }, { "date", &decree.date } })
        if (value->empty())
            say(FindingKind::FieldMissing, { field });
    if (decree.year == 0)
        say(FindingKind::FieldMissing, { "year" });
    else if (int const annex = year_in(decree.plan_title); annex != 0 && annex != decree.year)
        say(FindingKind::YearDiffers, { std::to_string(annex), std::to_string(decree.year) });
}


}

void compare_with_office(Draft& draft, OfficeNames const& names, int year)
{
    auto const wanted = plain(draft.decree.unit);
    bool const same = std::ranges::any_of(names, [&](auto& known) { return similarity(plain(known), wanted) >= same_office; });
    if (!names.empty() && wanted != plain("KPU") && !wanted.empty() && !same)
        draft.findings.push_back({ FindingKind::UnitDiffers, Severity::Warning, {}, {}, { draft.decree.unit, names.front() } });
    if (year != 0 && draft.decree.year != 0 && year != draft.decree.year)
        draft.findings.push_back({ FindingKind::YearDiffers, Severity::Warning, {}, {}, { std::to_string(year), std::to_string(draft.decree.year) } });
}

void add_findings(Draft& draft)
{
    look_at_months(draft);
    look_at_texts(draft);
    look_at_indicators(draft);
    look_at_fields(draft);
}

}
