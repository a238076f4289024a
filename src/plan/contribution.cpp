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

static std::string area_part(int area_no, std::string_view part)
{
    return "a" + std::to_string(area_no) + "." + std::string(part);
}

std::vector<indicator::Contribution> contributions(Plan const& plan, Node const& node, Deliverable const& deliverable)
{
    if (plan.kind == PlanKind::Model || plan.state == PlanState::Draft)
        return {};
    auto year = std::to_string(plan.year);
    auto month = deliverable.due_on.iso().substr(0, 7);
    std::vector<indicator::Contribution> added;
    for (auto part : parts_of(plan, node, deliverable)) {
        added.push_back({ year, area_part(node.area_no, part), 1 });
        added.push_back({ month, area_part(node.area_no, part), 1 });
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
            added.push_back({ year, area_part(node.area_no, "unscheduled"), 1 });
    }
    return added;
}

}
