#pragma once
#include "account/form.hpp"
#include "plan/board.hpp"
#include "plan/tree.hpp"
#include <functional>

namespace kpuhub::plan {

// What the pages that change rows one by one share: the plan with its rows, and the way back through revise.

struct Editing {
    PlanHead head {};
    Tree tree {};
};

/// The plan of the address, for who may change it. Errors: NotFound; Forbidden without plan.manage (a model: plan.publish_model).
Result<Editing> editing(account::Visit&, PlanKind);

/// One row of it.
struct RowEditing {
    Editing editing {};
    PlanNodeId id {};
    Node node {};
    std::string address;
};
Result<RowEditing> row_editing(account::Visit&, PlanKind);

/// "/units/1571/plans/2026/rows", of a model "/units/00/models/2026/rows".
std::string rows_address(PlanHead const&);
/// Where one goes from there: the board; for a model the list of plans.
std::string beyond_rows(PlanHead const&);

/// Runs the change through revise and leads to `then`; what the person can mend brings the form back.
Result<http::Response> edited(account::Visit&, Editing const&, account::FormPage const&, std::string const& then,
    std::function<Result<void>(Tree&)> const& change);

/// The reason that a revision of a fixed plan needs; nothing for a draft.
void ask_reason(account::FormPage&, PlanHead const&);

/// "1 Menyusun rencana", not longer than a line of a list.
std::string row_line(Node const&, std::size_t longest);

}
