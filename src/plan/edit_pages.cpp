#include "plan/edit_model.hpp"
#include "plan/edit_work.hpp"
#include "plan/page_office.hpp"
#include "plan/plan_fix.hpp"
#include "plan/plan_marks.hpp"
#include "plan/plan_pages.hpp"
#include "plan/plan_revise.hpp"
#include <algorithm>

namespace kpuhub::plan {

void EditRows::describe(view::Visitor& v) const
{
    v.field("year", year);
    v.field("fixed", fixed);
    v.field("model", model);
    v.field("version", version);
    v.field("follow", follow);
    v.list("rows", rows);
    v.field("add_area", add_area);
    v.field("order", order);
    v.field("board", board);
}

void EditRow::describe(view::Visitor& v) const
{
    v.field("css", css);
    v.field("id", id);
    v.field("text", text);
    v.field("months", months);
    v.field("label", label);
    v.field("edit", edit);
    v.field("add", add);
    v.field("place", place);
    v.field("open", open);
    v.field("inside", inside);
    v.field("moved", moved);
    v.field("up_again", up_again);
    v.field("down_again", down_again);
    v.field("targets", targets);
}

namespace {

account::FormPage fixing_form(PlanHead const& head)
{
    auto const board = board_address(head.unit_code, head.plan.year);
    account::FormPage form { .title = { "plan.fixing.title", { view::Year { head.plan.year } } }, .lead = view::Sentence { "plan.fixing.lead" },
        .action = { board + "/fixing" }, .button = { "plan.fixing.button" } };
    form.fields = { { "number", { "plan.fixing.number" }, head.plan.number, "text", false, view::Sentence { "plan.fixing.number_hint" } },
        { "decided_on", { "plan.fixing.date" }, head.plan.decided_on ? head.plan.decided_on->iso() : "", "date" },
        { "place", { "plan.fixing.place" }, head.place, "text", true }, { "signatory_name", { "plan.fixing.signatory" }, head.signatory_name, "text", true },
        { "signatory_role", { "plan.fixing.role" }, head.signatory_role, "text", true } };
    form.version = head.plan.version;
    form.cancel = { board };
    return form;
}

Result<http::Response> show_fixing(account::Visit& visit)
{
    auto const found = TRY(editing(visit, PlanKind::Office));
    if (found.head.plan.state != PlanState::Draft)
        return http::see_other(board_address(found.head.unit_code, found.head.plan.year));
    return account::form_page(visit, fixing_form(found.head), "plans");
}

Result<http::Response> fix_plan(account::Visit& visit)
{
    auto const found = TRY(editing(visit, PlanKind::Office));
    auto const& form = visit.request.form;
    auto const act = visit.act();
    auto answer = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        DecreeFields decree { form.text("number"), {}, form.text("place"), form.text("signatory_name"), form.text("signatory_role") };
        if (!form.text("decided_on").empty())
            decree.decided_on = TRY(account::day_in(visit.request, "decided_on"));
        TRY_VOID(fix(transaction, act, found.head.plan.id, form.integer("version").value_or(0), decree));
        return board_address(found.head.unit_code, found.head.plan.year);
    });
    if (answer || visit.request.wants_json)
        return answer;
    return account::form_page(visit, fixing_form(found.head), "plans", answer.error());
}

std::int64_t count_rows(std::vector<TreeNode> const& nodes)
{
    std::int64_t count = 0;
    for (auto const& node : nodes)
        count += 1 + count_rows(node.children);
    return count;
}

/// The area in which a row stands; none when it is in no area of the plan.
PlanNodeId area_of(Tree const& tree, PlanNodeId id)
{
    auto const holds = [id](auto const& self, TreeNode const& node) -> bool {
        return node.row.id == id || std::ranges::any_of(node.children, [&](TreeNode const& child) { return self(self, child); });
    };
    auto const found = std::ranges::find_if(tree.areas, [&](TreeNode const& area) { return holds(holds, area); });
    return found == tree.areas.end() ? PlanNodeId {} : found->row.id;
}

/// Which rows are shown: of a plan with more than a hundred those of one area, as a page of all would be heavy on a phone.
struct ShownRows {
    std::optional<PlanNodeId> area;                     ///< none: all
    PlanNodeId moved {};
};

ShownRows shown_rows(Tree const& tree, http::Fields const& query)
{
    constexpr std::int64_t most = 100;
    ShownRows shown { {}, { query.integer("moved").value_or(0) } };
    if (count_rows(tree.areas) <= most)
        return shown;
    auto const asked = area_of(tree, shown.moved ? shown.moved : PlanNodeId { query.integer("area").value_or(0) });
    shown.area = asked ? asked : tree.areas.front().row.id;
    return shown;
}

/// Links stand relative to the page ("rows/12"): a plan has hundreds of rows, and three whole addresses each would double the page.
void list_rows(EditRows& page, std::vector<TreeNode> const& nodes, std::string const& address, ShownRows const& shown)
{
    constexpr std::size_t longest = 160;
    constexpr std::size_t first_words = 30;
    for (auto const& node : nodes) {
        auto const own = address + "/" + std::to_string(node.row.id.value);
        EditRow row { "k-l" + std::to_string(static_cast<int>(node.row.level)), std::to_string(node.row.id.value), row_line(node.row, longest),
            month_numbers(node.row.printed), row_line(node.row, first_words), { own }, {}, { own + "/place" } };
        row.moved = node.row.id == shown.moved;
        if (node.row.level != Level::Indicator)
            row.add = { own + "/addition" };
        else
            row.targets = { own + "/targets" };
        bool const folded = node.row.level == Level::Area && shown.area && *shown.area != node.row.id && !node.children.empty();
        if (folded) {
            row.open = { address + "?area=" + row.id + "#r" + row.id };
            row.inside = count_rows(node.children);
        }
        page.rows.push_back(std::move(row));
        if (!folded)
            list_rows(page, node.children, address, shown);
    }
}

/// Where the page of the rows goes on after a change of one: at that row.
std::string rows_at(PlanHead const& head, PlanNodeId row)
{
    return rows_address(head) + "?moved=" + std::to_string(row.value) + "#r" + std::to_string(row.value);
}

Result<http::Response> show_rows(account::Visit& visit, PlanKind kind)
{
    auto const found = TRY(editing(visit, kind));
    auto const& plan = found.head.plan;
    auto const& query = visit.request.query;
    auto const rows = rows_address(found.head);
    bool const fixed = plan.state != PlanState::Draft;
    EditRows page { { plan.year }, fixed, kind == PlanKind::Model, plan.version, query.text("numbers") == "follow", {}, { rows + "/addition" },
        { rows + "/order" }, { beyond_rows(found.head) } };
    list_rows(page, found.tree.areas, "rows", shown_rows(found.tree, query));
    for (auto& row : page.rows) {
        row.up_again = row.moved && query.text("by") == "up";
        row.down_again = row.moved && query.text("by") == "down";
        if (fixed)
            row.label.clear();
    }
    PageOffice const office { plan.unit, found.head.unit_code, found.head.unit_name };
    view::Sentence const title { kind == PlanKind::Model ? "plan.rows.model_title" : "plan.rows.title", { view::Year { plan.year } } };
    auto frame = plan_frame(visit, title, office, plan.year, "plans");
    frame.crumbs = { { kind == PlanKind::Model ? view::Sentence { "plan.list.title" } : view::Sentence { "plan.board.title", { view::Year { plan.year } } }, page.board }, { title } };
    return visit.page("plan/rows", page, frame);
}

account::FormPage row_form(PlanHead const& head, Node const& node, std::string const& address, bool fresh)
{
    account::FormPage form { .title = { fresh ? "plan.rows.add" : "plan.rows.edit" }, .lead = {}, .action = { address }, .button = { "plan.rows.save" } };
    form.fields = { { "number", { "plan.rows.number" }, node.number, "text", true }, { "body", { "plan.rows.text" }, node.body },
        { "remark", { "plan.panel.ket" }, node.remark, "text", true } };
    if (node.level != Level::Area)
        form.fields.push_back({ "months", { "plan.rows.months" }, month_numbers(node.printed), "text", true, view::Sentence { "plan.rows.months_hint" } });
    if (node.level == Level::Indicator) {
        std::vector<account::Option> kinds { { "", { "plan.rows.kind.none" } } };
        for (auto kind : { IndicatorKind::Document, IndicatorKind::Count, IndicatorKind::Share, IndicatorKind::Index, IndicatorKind::Trend })
            kinds.push_back({ std::string(to_text(kind)), { "plan.rows.kind." + std::string(to_text(kind)) } });
        account::Field field { "kind", { "plan.rows.kind" } };
        field.options = account::chosen(std::move(kinds), node.indicator_kind ? to_text(*node.indicator_kind) : std::string_view {});
        form.fields.push_back(std::move(field));
    }
    ask_reason(form, head);
    form.version = head.plan.version;
    form.cancel = { rows_address(head) };
    if (!fresh) {
        form.extra = { address + "/removal" };
        form.extra_label = { "plan.rows.remove" };
    }
    return form;
}

Result<void> read_row(http::Fields const& form, Node& node)
{
    node.number = form.text("number");
    node.body = form.text("body");
    node.remark = form.text("remark");
    if (node.body.empty())
        return invalid("plan.tree.empty_row", { { "body", "plan.tree.empty_row" } });
    if (form.find("months")) {
        auto months = months_of(form.text("months"));
        if (!months)
            return invalid("plan.rows.months_wrong", { { "months", "plan.rows.months_wrong" } });
        if (*months != node.printed)
            node.months_certain = true;
        node.printed = *months;
    }
    if (node.level == Level::Indicator)
        node.indicator_kind = from_text<IndicatorKind>(form.text("kind"));
    return {};
}

Result<http::Response> show_row(account::Visit& visit, PlanKind kind)
{
    auto found = TRY(row_editing(visit, kind));
    return account::form_page(visit, row_form(found.editing.head, found.node, found.address, false), "plans");
}

Result<http::Response> save_row(account::Visit& visit, PlanKind kind)
{
    auto found = TRY(row_editing(visit, kind));
    auto const page = row_form(found.editing.head, found.node, found.address, false);
    return edited(visit, found.editing, page, rows_at(found.editing.head, found.id), [&](Tree& tree) { return read_row(visit.request.form, row_in(tree, found.id)->row); });
}

account::FormPage removal_form(RowEditing const& found)
{
    auto const& head = found.editing.head;
    account::FormPage form { .title = { "plan.rows.remove_title" }, .lead = view::Sentence { "plan.rows.remove_lead", { shortened(found.node.body, 200) } },
        .action = { found.address + "/removal" }, .button = { "plan.rows.remove" } };
    ask_reason(form, head);
    form.version = head.plan.version;
    form.cancel = { found.address };
    return form;
}

Result<http::Response> show_removal(account::Visit& visit, PlanKind kind)
{
    return account::form_page(visit, removal_form(TRY(row_editing(visit, kind))), "plans");
}

Result<http::Response> remove_row(account::Visit& visit, PlanKind kind)
{
    auto found = TRY(row_editing(visit, kind));
    auto const page = removal_form(found);
    auto const area = std::to_string(area_of(found.editing.tree, found.id).value);
    return edited(visit, found.editing, page, rows_address(found.editing.head) + "?area=" + area + "#r" + area, [&](Tree& tree) -> Result<void> {
        take_out(tree, found.id);
        return {};
    });
}

/// A blank row under the row of the address, or a new area.
Node blank_under(Node const* parent)
{
    Node node;
    node.level = parent ? static_cast<Level>(static_cast<int>(parent->level) + 1) : Level::Area;
    node.area_no = parent ? parent->area_no : 0;
    return node;
}

Result<http::Response> add_under(account::Visit& visit, Editing& found, PlanNodeId parent_id, std::string const& address, bool write)
{
    auto const* parent = parent_id ? row_in(found.tree, parent_id) : nullptr;
    if (parent_id && (!parent || parent->row.level == Level::Indicator))
        return not_found();
    auto const blank = blank_under(parent ? &parent->row : nullptr);
    auto const page = row_form(found.head, blank, address, true);
    if (!write)
        return account::form_page(visit, page, "plans");
    return edited(visit, found, page, parent_id ? rows_at(found.head, parent_id) : rows_address(found.head), [&](Tree& tree) -> Result<void> {
        constexpr std::size_t last = 100'000;
        TreeNode node;
        node.row = blank;
        TRY_VOID(read_row(visit.request.form, node.row));
        put_in(tree, parent_id, last, std::move(node));
        return {};
    });
}

Result<http::Response> add_row(account::Visit& visit, PlanKind kind, bool write)
{
    auto found = TRY(row_editing(visit, kind));
    return add_under(visit, found.editing, found.id, found.address + "/addition", write);
}

Result<http::Response> add_area(account::Visit& visit, PlanKind kind, bool write)
{
    auto found = TRY(editing(visit, kind));
    return add_under(visit, found, {}, rows_address(found.head) + "/addition", write);
}

}

void register_edit_pages(account::Door const& door, http::Router& router)
{
    using account::Visit;
    door.get<account::FormPage>(router, "/units/{unit}/plans/{year}/fixing", "plan.manage", show_fixing);
    door.post(router, "/units/{unit}/plans/{year}/fixing", "plan.manage", fix_plan);
    for (auto kind : { PlanKind::Office, PlanKind::Model }) {
        std::string const rows = kind == PlanKind::Model ? "/units/{unit}/models/{year}/rows" : "/units/{unit}/plans/{year}/rows";
        std::string const permission = kind == PlanKind::Model ? "plan.publish_model" : "plan.manage";
        door.get<EditRows>(router, rows, permission, [kind](Visit& visit) { return show_rows(visit, kind); });
        door.get<account::FormPage>(router, rows + "/addition", permission, [kind](Visit& visit) { return add_area(visit, kind, false); });
        door.post(router, rows + "/addition", permission, [kind](Visit& visit) { return add_area(visit, kind, true); });
        door.get<account::FormPage>(router, rows + "/{row}", permission, [kind](Visit& visit) { return show_row(visit, kind); });
        door.post(router, rows + "/{row}", permission, [kind](Visit& visit) { return save_row(visit, kind); });
        door.get<account::FormPage>(router, rows + "/{row}/addition", permission, [kind](Visit& visit) { return add_row(visit, kind, false); });
        door.post(router, rows + "/{row}/addition", permission, [kind](Visit& visit) { return add_row(visit, kind, true); });
        door.get<account::FormPage>(router, rows + "/{row}/removal", permission, [kind](Visit& visit) { return show_removal(visit, kind); });
        door.post(router, rows + "/{row}/removal", permission, [kind](Visit& visit) { return remove_row(visit, kind); });
    }
}

}
