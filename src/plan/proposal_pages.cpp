#include "plan/page_office.hpp"
#include "account/form.hpp"
#include "plan/plan_marks.hpp"
#include "plan/plan_pages.hpp"
#include "plan/proposal.hpp"

namespace kpuhub::plan {

/// Takes a proposed record as proof, or sets it aside.
static Result<http::Response> decide(account::Visit& visit)
{
    DeliverableId const id { TRY(account::number_in(visit.request, "id")) };
    auto const& form = visit.request.form;
    PlanNodeId const node { form.integer("row").value_or(0) };
    SubjectId const record { form.integer("record").value_or(0) };
    auto const step = form.text("step");
    if (step != "confirm" && step != "dismiss")
        return invalid("plan.proposal.step", { { "step", "plan.proposal.step" } });
    auto const act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        bool const takes = step == "confirm";
        TRY_VOID(takes ? confirm_proposal(transaction, act, id, node, record) : dismiss_proposal(transaction, act, id, node, record));
        return deliverable_address(id) + (takes ? "?done=confirmed#bukti" : "?done=dismissed");
    });
}

void register_proposal_pages(account::Door const& door, http::Router& router)
{
    door.post(router, "/deliverables/{id}/proposals", "plan.work", decide);
}

}
