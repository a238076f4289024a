#include "decree/review_model.hpp"
#include <algorithm>
#include <set>

namespace kpuhub::decree {

constexpr std::size_t source_window = 16;       // lines beside the findings: a screen, not the file
constexpr std::size_t rows_shown = 60;          // of one opened group

std::vector<MonthChip> chips(std::vector<int> const& months)
{
    std::vector<MonthChip> made;
    for (auto month : months)
        made.push_back({ { std::to_string(month), "month.short." + std::to_string(month) } });
    return made;
}

std::string path_of(Draft const& draft, Node const& node)
{
    std::string path = node.number.empty() ? "-" : node.number;
    for (auto const* up = find(draft, node.parent); up != nullptr; up = find(draft, up->parent))
        path = (up->number.empty() ? "-" : up->number) + "." + path;
    return path;
}

static std::string address_of(Import const& import) { return "/imports/" + std::to_string(import.id.value); }

std::string shortened(std::string text, std::size_t most)
{
    if (text.size() <= most)
        return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80)
        --most;
    return text.substr(0, most) + "…";
}

static RowLine row_line(Import const& import, Draft const& draft, Node const& node)
{
    RowLine line { path_of(draft, node), shortened(node.text, 140), { address_of(import) + "/rows/" + std::to_string(node.id) },
        chips(node.months.months), node.months.certain, 0 };
    if (!node.months.certain)
        line.marks = static_cast<std::int64_t>(node.months.positions.size());
    return line;
}

static bool asks_for_text(Change change) { return change == Change::NameArea || change == Change::SetField; }

static GroupBlock block_of(Import const& import, Draft const& draft, FindingGroup const& group, bool open)
{
    GroupBlock block;
    block.code = std::string { name(group.kind) };
    block.rows = static_cast<std::int64_t>(std::max(group.nodes.size(), group.findings.size()));
    block.title = { "decree.review." + block.code, { block.rows } };
    block.why = { "decree.review_why." + block.code, {} };
    block.open = open;
    block.look = { address_of(import) + "?group=" + block.code + "#sumber" };
    if (group.proposed != Change::None) {
        block.change = std::string { name(group.proposed) };
        block.button = { "decree.review_button." + block.change, { block.rows } };
        block.takes_text = asks_for_text(group.proposed);
        block.takes_number = group.proposed == Change::NameArea;
    }
    if (group.proposed == Change::AllMonths)
        block.months = chips({ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 });
    for (auto index : group.findings) {
        auto const& finding = draft.findings[static_cast<std::size_t>(index)];
        if (!finding.arguments.empty() && block.details.size() < 6)
            block.details.push_back(shortened(finding.arguments.front(), 120));
        if (block.takes_text && block.value.empty() && !finding.arguments.empty())
            block.value = finding.arguments.back();
    }
    if (open)
        for (auto id : group.nodes)
            if (auto const* node = find(draft, id); node != nullptr && block.lines.size() < rows_shown)
                block.lines.push_back(row_line(import, draft, *node));
    return block;
}

static std::set<int> lines_of(Draft const& draft, FindingGroup const& group)
{
    std::set<int> lines;
    auto add = [&](std::vector<Source> const& sources) {
        for (auto const& source : sources)
            for (int line = source.line; line <= std::max(source.line, source.last_line) && line > 0; ++line)
                lines.insert(line);
    };
    for (auto index : group.findings)
        add(draft.findings[static_cast<std::size_t>(index)].sources);
    for (auto id : group.nodes)
        if (auto const* node = find(draft, id))
            add(node->sources);
    return lines;
}

/// The lines of the group with one line before and after each, cut to a screenful.
static std::vector<SourceLine> source_window_of(std::vector<std::string> const& text, std::set<int> const& marked)
{
    std::set<int> shown;
    for (auto line : marked)
        for (int near = line - 1; near <= line + 1; ++near)
            if (near >= 1 && near <= static_cast<int>(text.size()))
                shown.insert(near);
    std::vector<SourceLine> window;
    for (auto line : shown) {
        if (window.size() >= source_window)
            break;
        auto words = shortened(text[static_cast<std::size_t>(line - 1)], 400);
        if (words.find_first_not_of(" \t\r") != std::string::npos)
            window.push_back({ line, words, marked.contains(line) });
    }
    return window;
}

static std::int64_t count_level(Draft const& draft, Level level)
{
    return std::count_if(draft.nodes.begin(), draft.nodes.end(), [&](Node const& node) { return node.level == level; });
}

static std::int64_t subactivities_under(Draft const& draft, int id)
{
    std::int64_t count = 0;
    for (auto const* child : children(draft, id))
        count += child->level == Level::Subactivity ? 1 : child->level == Level::Activity ? subactivities_under(draft, child->id) : 0;
    return count;
}

static DraftRow draft_row(Import const& import, Draft const& draft, Node const& node)
{
    DraftRow row { "l" + std::to_string(static_cast<int>(node.level) + 1), node.number, shortened(node.text, 160),
        { address_of(import) + "/rows/" + std::to_string(node.id) }, chips(node.months.months), false, subactivities_under(draft, node.id) };
    row.uncertain = node.level == Level::Subactivity && !node.months.certain;
    if (node.months.months.size() == 12)
        row.months.clear();
    return row;
}

static std::vector<DraftRow> draft_rows(Import const& import, Draft const& draft, int open_area)
{
    std::vector<DraftRow> rows;
    for (auto const* area : children(draft, 0)) {
        auto row = draft_row(import, draft, *area);
        row.link = { address_of(import) + "?area=" + std::to_string(area->id) + "#rancangan" };
        rows.push_back(std::move(row));
        if (area->id != open_area)
            continue;
        for (auto const* activity : children(draft, area->id)) {
            rows.push_back(draft_row(import, draft, *activity));
            for (auto const* sub : children(draft, activity->id))
                rows.push_back(draft_row(import, draft, *sub));
        }
    }
    return rows;
}

view::Sentence title_of(Edit const& decision, std::int64_t rows)
{
    if (decision.kind == EditKind::Settle)
        return { "decree.review." + std::string { name(decision.finding) }, { rows } };
    return { "decree.edited." + std::to_string(static_cast<int>(decision.kind)), { shortened(decision.text, 80) } };
}

ReviewPage review_page(Import const& import, Drafts const& drafts, std::vector<Step> const& steps, std::string_view wanted, int area, time::Zone zone)
{
    auto const& draft = drafts.now;
    ReviewPage page;
    page.version = import.version;
    page.file_name = import.file_name;
    page.number = draft.decree.number;
    page.unit_name = import.unit_name;
    page.areas = count_level(draft, Level::Area);
    page.subactivities = count_level(draft, Level::Subactivity);
    page.indicators = count_level(draft, Level::Indicator);
    page.changed_by = import.changed_by;
    page.changed_at = { import.changed_at, zone };
    page.year = draft.decree.year;
    page.may_manage = import.may_manage;
    auto address = address_of(import);
    page.self = { address };
    page.decisions = { address + "/decisions" };
    page.undo = { address + "/undoing" };
    page.fix = { address + "/plan" };
    page.file = { address + "/file" };
    page.discard = { address + "/discarding" };
    for (auto const& group : groups(draft)) {
        auto code = name(group.kind);
        bool open = wanted.empty() ? page.groups.empty() && group.needs_decision : code == wanted;
        auto block = block_of(import, draft, group, open && !wanted.empty());
        if (open) {
            page.source = source_window_of(drafts.original.lines, lines_of(draft, group));
            if (!page.source.empty())
                page.source_range = std::to_string(page.source.front().number) + "–" + std::to_string(page.source.back().number);
        }
        block.first = group.needs_decision && page.groups.empty();
        (group.needs_decision ? page.groups : page.notes).push_back(std::move(block));
    }
    for (auto const& step : steps) {
        if (step.undone)
            continue;
        page.steps.push_back({ step.step, title_of(step.decision, step.rows), step.rows, step.person, { step.at, zone } });
    }
    page.decided = static_cast<std::int64_t>(page.steps.size());
    page.all = page.decided + static_cast<std::int64_t>(page.groups.size());
    page.rows = draft_rows(import, draft, area);
    return page;
}

}
