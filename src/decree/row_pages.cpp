#include "decree/import.hpp"
#include "decree/import_pages.hpp"
#include "decree/review_model.hpp"
#include "organization/unit.hpp"
#include <algorithm>
#include <charconv>

namespace kpuhub::decree {

struct MonthBox {
    view::Choice month;
    std::int64_t number = 0;
    bool ticked = false;
    void describe(view::Visitor& v) const
    {
        v.field("month", month);
        v.field("number", number);
        v.field("ticked", ticked);
    }
};

struct Option {
    std::string code;
    view::Sentence label;
    bool chosen = false;
    void describe(view::Visitor& v) const
    {
        v.field("code", code);
        v.field("label", label);
        v.field("chosen", chosen);
    }
};

struct RowPage {
    std::int64_t version = 0;
    std::string path, text, note;
    view::Choice level;
    bool is_area = false, is_subactivity = false, is_indicator = false;
    std::vector<MonthBox> months;
    bool certain = false;
    std::vector<std::string> because;       ///< words of the decree that led to a proposal
    std::vector<Option> rhythms, authorities, owners, parents;
    bool tentative = false;
    std::vector<SourceLine> source;
    std::optional<PaperView> paper;
    std::vector<RowLine> below;
    std::int64_t under = 0;
    view::Link action, back;
    std::optional<view::Link> next;
    void describe(view::Visitor& v) const
    {
        v.field("version", version);
        v.field("path", path);
        v.field("text", text);
        v.field("note", note);
        v.field("level", level);
        v.field("is_area", is_area);
        v.field("is_subactivity", is_subactivity);
        v.field("is_indicator", is_indicator);
        v.list("months", months);
        v.field("certain", certain);
        v.list("because", because);
        v.list("rhythms", rhythms);
        v.list("authorities", authorities);
        v.list("owners", owners);
        v.list("parents", parents);
        v.field("tentative", tentative);
        v.list("source", source);
        v.field("paper", paper);
        v.list("below", below);
        v.field("under", under);
        v.field("action", action);
        v.field("back", back);
        v.field("next", next);
    }
};

static std::int64_t number_in(http::Request const& request, std::string_view name)
{
    std::int64_t number = 0;
    auto const& text = request.parameter(name);
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

static std::string row_address(ImportId import, int node) { return "/imports/" + std::to_string(import.value) + "/rows/" + std::to_string(node); }

static std::vector<Option> enum_options(std::string const& keys, std::initializer_list<std::string_view> names, int chosen)
{
    std::vector<Option> options;
    for (auto name : names) {
        auto number = static_cast<int>(options.size());
        options.push_back({ std::to_string(number), { keys + std::string { name }, {} }, number == chosen });
    }
    return options;
}

static void add_source(RowPage& page, Import const& import, Drafts const& drafts, Node const& node)
{
    constexpr std::size_t most = 20;
    for (auto line : lines_of(drafts.original, node.sources))
        if (line <= static_cast<int>(drafts.original.lines.size()) && page.source.size() < most)
            page.source.push_back(source_line(drafts.original, line, true));
    page.paper = paper_view(drafts.original, "/imports/" + std::to_string(import.id.value), {}, page_of(node.sources), node.sources, {});
}

/// Nodes of the level above, where this one could stand instead.
static std::vector<Option> parents_of(Draft const& draft, Node const& node)
{
    std::vector<Option> options;
    for (auto const& other : draft.nodes)
        if (static_cast<int>(other.level) + 1 == static_cast<int>(node.level))
            options.push_back({ std::to_string(other.id), view::plain(path_of(draft, other) + " " + shortened(other.text, 80)), other.id == node.parent });
    return options;
}

static RowPage row_page(Import const& import, Drafts const& drafts, Node const& node, std::vector<organization::Subdivision> const& subdivisions)
{
    RowPage page;
    page.version = import.version;
    page.path = path_of(drafts.now, node);
    page.text = node.text;
    page.note = node.note;
    page.level = { std::string { name(node.level) }, "decree.level." + std::string { name(node.level) } };
    page.is_area = node.level == Level::Area;
    page.is_subactivity = node.level == Level::Subactivity;
    page.is_indicator = node.level == Level::Indicator;
    page.certain = node.months.certain;
    for (int month = 1; month <= 12; ++month) {
        auto const& set = node.months.months;
        page.months.push_back({ { std::to_string(month), "month.short." + std::to_string(month) }, month, std::find(set.begin(), set.end(), month) != set.end() });
    }
    if (node.authority && !node.authority->because.empty())
        page.because.push_back(node.authority->because);
    if (node.rhythm && !node.rhythm->because.empty())
        page.because.push_back(node.rhythm->because);
    page.rhythms = enum_options("decree.rhythm.", { "each_mark", "once_in_run", "continuous", "monthly" }, node.rhythm ? static_cast<int>(node.rhythm->value) : -1);
    page.authorities = enum_options("decree.authority.", { "this_office", "province", "national" }, node.authority ? static_cast<int>(node.authority->value) : 0);
    page.owners.push_back({ "", { "decree.owner.none", {} }, node.owner.empty() });
    for (auto const& each : subdivisions)
        page.owners.push_back({ each.code, view::plain(each.name), each.code == node.owner });
    page.parents = parents_of(drafts.now, node);
    page.tentative = node.tentative && node.tentative->value;
    add_source(page, import, drafts, node);
    for (auto const* child : children(drafts.now, node.id))
        page.below.push_back({ path_of(drafts.now, *child), shortened(child->text, 200), { row_address(import.id, child->id) }, chips(child->months.months), child->months.certain, 0 });
    page.under = static_cast<std::int64_t>(page.below.size());
    page.action = { row_address(import.id, node.id) };
    page.back = { "/imports/" + std::to_string(import.id.value) };
    bool passed = false;
    for (auto const& other : drafts.now.nodes) {
        if (passed && other.level == node.level && !other.months.certain) {
            page.next = view::Link { row_address(import.id, other.id) };
            break;
        }
        passed = passed || other.id == node.id;
    }
    return page;
}

static Result<http::Response> show_row(account::Visit& visit)
{
    ImportId id { number_in(visit.request, "import") };
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<RowPage> {
        auto const [import, drafts] = TRY(find_review(reader, visit.reader.person, visit.reader.today, id));
        auto const* node = drafts ? find(drafts->now, static_cast<int>(number_in(visit.request, "row"))) : nullptr;
        if (node == nullptr)
            return not_found();
        return row_page(import, *drafts, *node, organization::subdivisions(reader, import.unit, visit.reader.today));
    }));
    auto frame = visit.frame({ "decree.row.title", { page.path } }, "plans");
    frame.crumbs = { { { "decree.review.title", {} }, page.back }, { view::plain(page.path), {} } };
    return visit.page("decree/row", page, frame);
}

static std::optional<Edit> decision_of(http::Fields const& form, int node)
{
    Edit decision;
    decision.node = node;
    decision.text = form.text("text");
    decision.number = static_cast<int>(form.integer("number").value_or(0));
    for (auto const& month : form.all("month")) {
        int number = 0;
        std::from_chars(month.data(), month.data() + month.size(), number);
        decision.months.push_back(number);
    }
    std::pair<std::string_view, EditKind> const steps[] = { { "text", EditKind::SetText }, { "months", EditKind::SetMonths },
        { "note", EditKind::SetNote }, { "owner", EditKind::SetOwner }, { "authority", EditKind::SetAuthority },
        { "rhythm", EditKind::SetRhythm }, { "tentative", EditKind::SetTentative }, { "add", EditKind::AddUnder },
        { "merge", EditKind::MergeWithPrevious }, { "split", EditKind::SplitAt }, { "move", EditKind::MoveUnder },
        { "remove", EditKind::Remove } };
    for (auto const& [name, kind] : steps) {
        if (form.text("step") == name) {
            decision.kind = kind;
            return decision;
        }
    }
    return std::nullopt;
}

/// The place at which a text is cut, told by the words that begin the second part.
static int split_position(Draft const& draft, int id, std::string const& second)
{
    auto const* node = find(draft, id);
    auto found = node == nullptr || second.empty() ? std::string::npos : node->text.find(second, 1);
    return found == std::string::npos ? 0 : static_cast<int>(found);
}

static Result<http::Response> edit_row(account::Visit& visit)
{
    ImportId id { number_in(visit.request, "import") };
    auto row = static_cast<int>(number_in(visit.request, "row"));
    auto const& form = visit.request.form;
    auto decision = decision_of(form, row);
    if (!decision)
        return invalid("decree.edit.node");
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto taken = *decision;
        if (taken.kind == EditKind::SplitAt)
            taken.number = split_position(TRY(draft_of(transaction, id)), row, form.text("text"));
        TRY_VOID(take(transaction, act, id, form.integer("version").value_or(0), taken));
        bool gone = taken.kind == EditKind::Remove || taken.kind == EditKind::MergeWithPrevious;
        return gone ? "/imports/" + std::to_string(id.value) : row_address(id, row);
    });
}

void register_row_pages(account::Door const& door, http::Router& router)
{
    door.get<RowPage>(router, "/imports/{import}/rows/{row}", "plan.read", show_row);
    door.post(router, "/imports/{import}/rows/{row}", "plan.manage", edit_row);
}

}
