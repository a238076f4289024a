#include "plan/edit_work.hpp"
#include "account/form.hpp"
#include "plan/page_office.hpp"
#include "plan/plan_create.hpp"
#include "plan/plan_marks.hpp"
#include "plan/plan_revise.hpp"

namespace kpuhub::plan {

Result<Editing> editing(account::Visit& visit, PlanKind kind)
{
    auto const& who = visit.reader;
    auto const year = TRY(page_year(visit));
    return visit.database.read([&](storage::Reader& reader) -> Result<Editing> {
        auto office = TRY(page_office(reader, visit));
        Editing found { TRY(find_plan(reader, who.person, who.today, office.id, year, kind)), {} };
        if (!found.head.rights.manage || (kind == PlanKind::Model && !found.head.rights.publish))
            return forbidden("plan.manage.forbidden");
        auto const& head = found.head;                       // find_plan asked whether he may
        found.tree.title = head.plan.title;
        found.tree.decree = { head.plan.number, head.plan.decided_on, head.place, head.signatory_name, head.signatory_role };
        found.tree.areas = areas_of(reader, head.plan.id);
        return found;
    });
}

Result<RowEditing> row_editing(account::Visit& visit, PlanKind kind)
{
    auto const row = TRY(account::number_in(visit.request, "row"));
    RowEditing found { TRY(editing(visit, kind)), { row }, {}, {} };
    auto const* node = row_in(found.editing.tree, found.id);
    if (!node)
        return not_found();
    found.node = node->row;
    found.address = rows_address(found.editing.head) + "/" + std::to_string(found.id.value);
    return found;
}

std::string rows_address(PlanHead const& head)
{
    if (head.plan.kind == PlanKind::Model)
        return "/units/" + head.unit_code + "/models/" + std::to_string(head.plan.year) + "/rows";
    return board_address(head.unit_code, head.plan.year) + "/rows";
}

std::string beyond_rows(PlanHead const& head)
{
    return head.plan.kind == PlanKind::Model ? "/units/" + head.unit_code + "/plans" : board_address(head.unit_code, head.plan.year);
}

Result<http::Response> edited(account::Visit& visit, Editing const& found, account::FormPage const& page, std::string const& then,
    std::function<Result<void>(Tree&)> const& change)
{
    auto const& form = visit.request.form;
    auto const act = visit.act();
    auto answer = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto tree = found.tree;
        TRY_VOID(change(tree));
        TRY(revise(transaction, act, found.head.plan.id, form.integer("version").value_or(0), form.text("reason"), tree));
        return then;
    });
    if (answer || visit.request.wants_json)
        return answer;
    return account::form_page(visit, page, "plans", answer.error());
}

void ask_reason(account::FormPage& form, PlanHead const& head)
{
    if (head.plan.state == PlanState::Fixed)
        form.fields.push_back({ "reason", { "plan.rows.reason" }, {}, "text", false, view::Sentence { "plan.rows.reason_hint" } });
}

std::string row_line(Node const& node, std::size_t longest)
{
    return bare_number(node.number) + (node.number.empty() ? "" : " ") + shortened(node.body, longest);
}

}
