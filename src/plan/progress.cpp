#include "plan/progress.hpp"

namespace kpuhub::plan {

constexpr std::size_t longest_reason_bytes = 2000;

std::string_view to_text(Step step)
{
    switch (step) {
    case Step::Start: return "started";
    case Step::Submit: return "submitted";
    case Step::Withdraw: return "withdrawn";
    case Step::Verify: return "verified";
    case Step::Return: return "returned";
    case Step::Reopen: return "reopened";
    case Step::MarkNotApplicable: break;
    }
    return "not_applicable";
}

static std::optional<State> next(State state, Step step)
{
    bool const open = state == State::Scheduled || state == State::UnderWay || state == State::Returned;
    bool const submitted = state == State::Submitted;
    switch (step) {
    case Step::Start: return state == State::Scheduled ? std::optional { State::UnderWay } : std::nullopt;
    case Step::Submit: return open ? std::optional { State::Submitted } : std::nullopt;
    case Step::Withdraw: return submitted ? std::optional { State::UnderWay } : std::nullopt;
    case Step::Verify: return submitted ? std::optional { State::Verified } : std::nullopt;
    case Step::Return: return submitted ? std::optional { State::Returned } : std::nullopt;
    case Step::Reopen:
        if (state == State::NotApplicable)
            return State::Scheduled;
        return state == State::Verified ? std::optional { State::UnderWay } : std::nullopt;
    case Step::MarkNotApplicable: break;
    }
    return open ? std::optional { State::NotApplicable } : std::nullopt;
}

Result<State> after(State state, Step step)
{
    if (auto reached = next(state, step))
        return *reached;
    return conflict("plan.step.not_now", std::string(to_text(step)) + " from " + std::string(to_text(state)));
}

bool needs_reason(Step step)
{
    return step == Step::Return || step == Step::Reopen || step == Step::MarkNotApplicable;
}

Result<void> check_reason(Step step, std::string_view reason)
{
    if (needs_reason(step) && reason.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return invalid("plan.reason.missing", { { "reason", "plan.reason.missing" } });
    if (reason.size() > longest_reason_bytes)
        return invalid("plan.reason.too_long", { { "reason", "plan.reason.too_long" } });
    return {};
}

bool apart(Node const& node, State state)
{
    return node.authority != Authority::Office || node.tentative || !node.applies || state == State::NotApplicable
        || node.months_open();
}

bool backfilled(Plan const& plan, time::Date due_on)
{
    return plan.decided_on && due_on < *plan.decided_on;
}

static bool may_be_late(Plan const& plan, Node const& node, Deliverable const& deliverable)
{
    return plan.state != PlanState::Draft && deliverable.state != State::Submitted && deliverable.state != State::Verified
        && !apart(node, deliverable.state) && !backfilled(plan, deliverable.due_on);
}

bool late(Plan const& plan, Node const& node, Deliverable const& deliverable, time::Date today)
{
    return deliverable.due_on < today && may_be_late(plan, node, deliverable);
}

bool late_as_stored(Plan const& plan, Node const& node, Deliverable const& deliverable)
{
    return deliverable.passed && may_be_late(plan, node, deliverable);
}

std::optional<std::int64_t> days_late_at_submission(Plan const& plan, Node const& node, Deliverable const& deliverable)
{
    bool const finished = deliverable.state == State::Submitted || deliverable.state == State::Verified;
    if (!finished || !deliverable.submitted_at || apart(node, deliverable.state) || backfilled(plan, deliverable.due_on))
        return std::nullopt;
    auto days = time::days_between(deliverable.due_on, time::date_at(*deliverable.submitted_at, plan.zone));
    return days > 0 ? std::optional { days } : std::nullopt;
}

std::string counted_month(Plan const& plan, time::Date due_on)
{
    constexpr std::size_t month_letters = 7;
    if (due_on.year() > plan.year)
        return std::to_string(plan.year) + "-12";
    return due_on.iso().substr(0, month_letters);
}

time::Instant passes_at(time::Date due_on, time::Zone zone)
{
    return time::start_of_day(due_on.plus(std::chrono::days { 1 }), zone);
}

}
