#include "plan/contribution.hpp"
#include "plan/progress.hpp"
#include <map>

namespace kpuhub::plan {

static std::vector<std::string_view> parts_of(Plan const& plan, Node const& node, Deliverable const& deliverable)
{
    if (apart(node, deliverable.state))
        return { "apart" };
    std::vector<std::string_view> parts { "all" };
    bool const due = deliverable.passed || deliverable.state == State::Verified;
    if (due)
        parts.push_back("due");
    if (due && deliverable.proofs == 0)
        parts.push_back("no_proof");
    if (late_as_stored(plan, node, deliverable))
        parts.push_back("late");
    if (deliverable.state == State::Verified || deliverable.state == State::Submitted || deliverable.state == State::Returned
        || deliverable.state == State::UnderWay)
        parts.push_back(to_text(deliverable.state));
    return parts;
}

/// The part in its change area and in all of them together.
static void add_part(std::vector<indicator::Contribution>& added, std::string const& period, int area_no, std::string_view part)
{
    added.push_back({ period, "a" + std::to_string(area_no) + "." + std::string(part), 1 });
    added.push_back({ period, "t." + std::string(part), 1 });
}

std::vector<indicator::Contribution> contributions(Plan const& plan, Node const& node, Deliverable const& deliverable)
{
    if (plan.kind == PlanKind::Model || plan.state == PlanState::Draft)
        return {};
    auto year = std::to_string(plan.year);
    auto month = counted_month(plan, deliverable.due_on);
    std::vector<indicator::Contribution> added;
    for (auto part : parts_of(plan, node, deliverable)) {
        add_part(added, year, node.area_no, part);
        add_part(added, month, node.area_no, part);
    }
    return added;
}

std::vector<indicator::Contribution> contributions(Plan const& plan, std::span<Node const> nodes, std::span<Bearer const> bearers)
{
    if (plan.kind == PlanKind::Model)
        return {};
    auto year = std::to_string(plan.year);
    if (plan.state == PlanState::Draft)
        return { { year, "plan.draft", 1 } };
    std::vector<indicator::Contribution> added { { year, "plan.fixed", 1 } };
    std::map<PlanNodeId, Node const*> by_id;
    for (auto const& node : nodes)
        by_id[node.id] = &node;
    for (auto const& bearer : bearers) {
        auto const& node = *by_id.at(bearer.node);
        if (bearer.months.none() && !apart(node, State::Scheduled))
            add_part(added, year, node.area_no, "unscheduled");
    }
    return added;
}

}
