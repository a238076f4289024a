#include "decree/review_model.hpp"
#include <algorithm>
#include <cstdlib>
#include <iterator>

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

/// Percent; -1 for findings that are not about the recognition of a text.
static std::int64_t confidence_of(Finding const& finding)
{
    return finding.kind == FindingKind::LowConfidence && finding.arguments.size() > 1 ? std::atoi(finding.arguments[1].c_str()) : -1;
}

/// The lower of two percentages, where 0 = not told (a text read with 0 % counts as 1).
static std::int64_t lower(std::int64_t told, std::int64_t percent)
{
    if (percent < 0)
        return told;
    percent = std::max<std::int64_t>(percent, 1);
    return told == 0 ? percent : std::min(told, percent);
}

static std::string percent_words(Finding const& finding)
{
    auto const percent = confidence_of(finding);
    return percent < 0 ? std::string {} : " (" + std::to_string(percent) + " %)";
}

static RowLine row_line(Import const& import, Draft const& draft, FindingGroup const& group, Node const& node)
{
    RowLine line { path_of(draft, node), shortened(node.text, 140), { address_of(import) + "/rows/" + std::to_string(node.id) },
        chips(node.months.months), node.months.certain, 0 };
    if (!node.months.certain)
        line.marks = static_cast<std::int64_t>(node.months.positions.size());
    for (auto index : group.findings) {
        auto const& finding = draft.findings[static_cast<std::size_t>(index)];
        if (std::ranges::find(finding.nodes, node.id) != finding.nodes.end())
            line.confidence = lower(line.confidence, confidence_of(finding));
    }
    bool const boxed = std::ranges::any_of(node.sources, [](auto& source) { return source.box != codec::Box {}; });
    if (boxed) {
        line.page = page_of(node.sources);
        line.mark = view::Link { address_of(import) + "?group=" + std::string { name(group.kind) } + "&row=" + std::to_string(node.id) + "#sumber" };
    }
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
            block.details.push_back(shortened(finding.arguments.front(), 120) + percent_words(finding));
        if (block.takes_text && block.value.empty() && !finding.arguments.empty())
            block.value = finding.arguments.back();
    }
    if (open)
        for (auto id : group.nodes)
            if (auto const* node = find(draft, id); node != nullptr && block.lines.size() < rows_shown)
                block.lines.push_back(row_line(import, draft, group, *node));
    return block;
}

/// All that the findings of a group and their rows name.
static std::vector<Source> sources_of(Draft const& draft, FindingGroup const& group)
{
    std::vector<Source> sources;
    for (auto index : group.findings)
        for (auto const& source : draft.findings[static_cast<std::size_t>(index)].sources)
            sources.push_back(source);
    for (auto id : group.nodes)
        if (auto const* node = find(draft, id))
            sources.insert(sources.end(), node->sources.begin(), node->sources.end());
    return sources;
}

/// Lines of the sheets before that of the source; 0 for texts and paper.
static int lines_before(Draft const& original, Source const& source)
{
    auto const page = static_cast<std::size_t>(source.page);
    return page == 0 || page > original.pages.size() ? 0 : original.pages[page - 1].before;
}

std::set<int> lines_of(Draft const& original, std::vector<Source> const& sources)
{
    std::set<int> lines;
    for (auto const& source : sources)
        for (int line = source.line; line <= std::max(source.line, source.last_line) && line > 0; ++line)
            lines.insert(lines_before(original, source) + line);
    return lines;
}

SourceLine source_line(Draft const& original, int line, bool marked)
{
    auto const i = static_cast<std::size_t>(line - 1);
    SourceLine shown { line, line >= 1 && i < original.lines.size() ? shortened(original.lines[i], 400) : std::string {}, marked };
    if (original.pages.size() < 2 || on_paper(original))
        return shown;
    auto const after = std::ranges::find_if(original.pages, [&](auto& page) { return page.before >= line; });
    auto const& sheet = *std::prev(after == original.pages.begin() ? std::next(after) : after);
    shown.number = line - sheet.before;
    shown.sheet = sheet.name;
    return shown;
}

/// The lines of the group with one line before and after each, cut to a screenful; the beginning, where a finding is about the whole.
static std::vector<SourceLine> source_window_of(Draft const& original, std::set<int> const& marked)
{
    std::set<int> shown;
    for (auto line : marked)
        for (int near = line - 1; near <= line + 1; ++near)
            if (near >= 1 && near <= static_cast<int>(original.lines.size()))
                shown.insert(near);
    if (marked.empty())
        for (std::size_t line = 1; line <= std::min(source_window, original.lines.size()); ++line)
            shown.insert(static_cast<int>(line));
    std::vector<SourceLine> window;
    for (auto line : shown) {
        if (window.size() >= source_window)
            break;
        auto made = source_line(original, line, marked.contains(line));
        if (made.text.find_first_not_of(" \t\r") != std::string::npos)
            window.push_back(std::move(made));
    }
    return window;
}

static std::string place_of(SourceLine const& line) { return (line.sheet.empty() ? "" : line.sheet + " ") + std::to_string(line.number); }

/// Lines and, of paper, the picture beside the findings.
static void add_source(ReviewPage& page, Drafts const& drafts, FindingGroup const& group, Looked const& looked)
{
    auto const sources = sources_of(drafts.now, group);
    page.source = source_window_of(drafts.original, lines_of(drafts.original, sources));
    if (!page.source.empty())
        page.source_range = place_of(page.source.front()) + "–" + place_of(page.source.back());
    auto const* row = find(drafts.now, looked.row);
    for (auto id : group.nodes)
        if (row == nullptr)
            row = find(drafts.now, id);
    auto chosen = row == nullptr ? sources : row->sources;
    if (row == nullptr && chosen.size() > 1)
        chosen.resize(1);
    std::int64_t confidence = 0;
    std::vector<Source> doubtful;       // cells that a finding names are told apart from the rest of their row
    for (auto index : group.findings) {
        auto const& finding = drafts.now.findings[static_cast<std::size_t>(index)];
        if (row == nullptr || std::ranges::find(finding.nodes, row->id) == finding.nodes.end())
            continue;
        confidence = lower(confidence, confidence_of(finding));
        std::ranges::copy_if(finding.sources, std::back_inserter(doubtful), [](auto& source) { return source.box != codec::Box {}; });
    }
    if (!doubtful.empty())
        chosen = std::move(doubtful);
    auto const number = looked.page > 0 ? looked.page : std::max(1, page_of(chosen));
    page.paper = paper_view(drafts.original, page.self.address, page.self.address + "?group=" + std::string { name(group.kind) } + "&", number, chosen, sources);
    if (page.paper)
        page.paper->confidence = confidence;
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

ReviewPage review_page(Import const& import, Drafts const& drafts, std::vector<Step> const& steps, Looked const& looked, time::Zone zone)
{
    auto const& wanted = looked.group;
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
        if (open)
            add_source(page, drafts, group, looked);
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
    page.rows = draft_rows(import, draft, looked.area);
    return page;
}

}
