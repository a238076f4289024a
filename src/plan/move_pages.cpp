#include "plan/edit_work.hpp"
#include "plan/page_office.hpp"
#include "plan/plan_marks.hpp"
#include "plan/plan_move.hpp"
#include "plan/plan_pages.hpp"
#include "plan/plan_revise.hpp"

namespace kpuhub::plan {

namespace {

constexpr std::string_view top = "0";

/// "under:position", as the choice list of places sends it.
struct Place {
    PlanNodeId parent {};
    std::size_t position = 0;
};

std::string value_of(PlanNodeId parent, std::size_t position) { return std::to_string(parent.value) + ":" + std::to_string(position); }

std::optional<Place> place_in(std::string const& text)
{
    auto const colon = text.find(':');
    if (colon == std::string::npos)
        return std::nullopt;
    auto const position = account::number_of(std::string_view(text).substr(colon + 1));
    auto const parent = account::number_of(std::string_view(text).substr(0, colon));
    if (position < 0 || parent < 0 || (parent == 0 && std::string_view(text).substr(0, colon) != top))
        return std::nullopt;
    return Place { { parent }, static_cast<std::size_t>(position) };
}

/// Every place where the row may stand, in the order of the plan: first under a parent, or after one of its rows.
class Places {
public:
    explicit Places(Node const& row) : m_row(row) {}

    std::vector<account::Option> of(Tree const& tree)
    {
        under(tree.areas, {}, nullptr);
        return std::move(m_options);
    }

private:
    void under(std::vector<TreeNode> const& children, PlanNodeId parent, Node const* above)
    {
        constexpr std::size_t longest = 70;
        bool const fits = may_stand_under(m_row.level, above ? std::optional { above->level } : std::nullopt);
        std::size_t position = 0;
        if (fits)
            offer(parent, 0, above ? view::Sentence { "plan.move.first_under", { row_line(*above, longest) } } : view::Sentence { "plan.move.first" }, m_row.id == first_of(children));
        for (std::size_t at = 0; at < children.size(); ++at) {
            auto const& child = children[at];
            if (child.row.id == m_row.id)
                continue;
            ++position;
            under(child.children, child.row.id, &child.row);
            if (fits && child.row.level == m_row.level)
                offer(parent, position, { "plan.move.after", { row_line(child.row, longest) } }, at + 1 < children.size() && children[at + 1].row.id == m_row.id);
        }
    }

    static PlanNodeId first_of(std::vector<TreeNode> const& children) { return children.empty() ? PlanNodeId {} : children.front().row.id; }

    void offer(PlanNodeId parent, std::size_t position, view::Sentence label, bool now)
    {
        m_options.push_back({ value_of(parent, position), std::move(label), now });
    }

    Node const& m_row;
    std::vector<account::Option> m_options {};
};

account::FormPage place_form(RowEditing const& found)
{
    auto const& head = found.editing.head;
    account::FormPage form { .title = { "plan.move.title" }, .lead = view::Sentence { "plan.move.lead", { row_line(found.node, 200) } },
        .action = { found.address + "/place" }, .button = { "plan.move.button" } };
    form.fields.push_back({ .name = "place", .label = { "plan.move.place" }, .options = Places(found.node).of(found.editing.tree) });
    form.fields.push_back({ .name = "numbers", .label = { "plan.move.numbers" }, .hint = view::Sentence { "plan.move.numbers_hint" },
        .options = account::chosen({ { "keep", { "plan.move.keep" } }, { "follow", { "plan.move.follow" } } }, "keep") });
    ask_reason(form, head);
    form.version = head.plan.version;
    form.cancel = { rows_address(head) + "#r" + std::to_string(found.id.value) };
    return form;
}

Numbering numbering_in(http::Fields const& form) { return form.text("numbers") == "follow" ? Numbering::Follow : Numbering::Keep; }

Result<http::Response> show_place(account::Visit& visit, PlanKind kind)
{
    return account::form_page(visit, place_form(TRY(row_editing(visit, kind))), "plans");
}

Result<http::Response> put_at_place(account::Visit& visit, PlanKind kind)
{
    auto const found = TRY(row_editing(visit, kind));
    auto const then = rows_address(found.editing.head) + "?moved=" + std::to_string(found.id.value) + "#r" + std::to_string(found.id.value);
    return edited(visit, found.editing, place_form(found), then, [&](Tree& tree) -> Result<void> {
        auto const place = place_in(visit.request.form.text("place"));
        if (!place || !move_row(tree, found.id, place->parent, place->position, numbering_in(visit.request.form)))
            return invalid("plan.move.nowhere", { { "place", "plan.move.nowhere" } });
        return {};
    });
}

/// "up:12" or "down:12": one step, in a draft. A fixed plan asks for a reason, so its rows move by the page of the place.
Result<http::Response> shift(account::Visit& visit, PlanKind kind)
{
    auto const found = TRY(editing(visit, kind));
    auto const& form = visit.request.form;
    auto const step = form.text("step");
    auto const id = PlanNodeId { account::number_of(std::string_view(step).substr(std::min(step.size(), step.find(':') + 1))) };
    auto const rows = rows_address(found.head);
    if (found.head.plan.state == PlanState::Fixed)
        return http::see_other(rows + "/" + std::to_string(id.value) + "/place");
    auto const act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto tree = found.tree;
        bool const up = step.starts_with("up:");
        if (!row_in(tree, id))
            return invalid("plan.move.nowhere");
        // at the end of its list a row stays where it is
        if (shift_row(tree, id, up ? -1 : 1, numbering_in(form)))
            TRY(revise(transaction, act, found.head.plan.id, form.integer("version").value_or(0), {}, tree));
        return rows + "?moved=" + std::to_string(id.value) + (up ? "&by=up" : "&by=down") + (form.find("numbers") ? "&numbers=follow" : "") + "#here";
    });
}

}

void register_move_pages(account::Door const& door, http::Router& router)
{
    for (auto kind : { PlanKind::Office, PlanKind::Model }) {
        std::string const rows = kind == PlanKind::Model ? "/units/{unit}/models/{year}/rows" : "/units/{unit}/plans/{year}/rows";
        std::string const permission = kind == PlanKind::Model ? "plan.publish_model" : "plan.manage";
        door.post(router, rows + "/order", permission, [kind](account::Visit& visit) { return shift(visit, kind); });
        door.get<account::FormPage>(router, rows + "/{row}/place", permission, [kind](account::Visit& visit) { return show_place(visit, kind); });
        door.post(router, rows + "/{row}/place", permission, [kind](account::Visit& visit) { return put_at_place(visit, kind); });
    }
}

}
