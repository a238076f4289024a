#include "portal/work_line.hpp"
#include "plan/plan_marks.hpp"
#include "plan/progress.hpp"

namespace kpuhub::portal {

void WorkRow::describe(view::Visitor& v) const
{
    v.field("code", code);
    v.field("title", title);
    v.field("link", link);
    v.field("due", due);
    v.field("before_decree", before_decree);
    v.field("late", late);
    v.field("proof", proof);
    v.field("reason", reason);
    v.field("owner", owner);
    v.field("sender", sender);
    v.field("state", state);
    v.field("step", step);
    v.field("step_link", step_link);
}

static std::string code_of(plan::WorkLine const& line)
{
    auto area = line.node.area_no > 0 ? std::to_string(line.node.area_no) : std::string {};
    return plan::row_code({ area, line.activity_number, line.node.number });
}

/// Rows of a decree end with a semicolon; alone in a list they do not.
static std::string without_end(std::string text)
{
    while (!text.empty() && (text.back() == ';' || text.back() == ' '))
        text.pop_back();
    return text;
}

static view::Sentence step_words(plan::State state)
{
    if (state == plan::State::Returned)
        return { "portal.home.mend" };
    if (state == plan::State::Submitted)
        return { "portal.home.check" };
    return { "portal.home.send" };
}

WorkRow work_row(plan::WorkLine const& line, time::Date today)
{
    constexpr std::size_t title_bytes = 150, reason_bytes = 160;
    auto const& deliverable = line.deliverable;
    bool late = plan::late(line.plan, line.node, deliverable, today);
    WorkRow row;
    row.code = code_of(line);
    row.title = plan::shortened(without_end(line.node.body), title_bytes);
    row.link = { plan::deliverable_address(deliverable.id) };
    row.due = deliverable.due_on;
    if (late)
        row.late = view::Sentence { "words.days_past", { time::days_between(deliverable.due_on, today) } };
    row.before_decree = !late && deliverable.due_on < today && plan::backfilled(line.plan, deliverable.due_on);
    row.proof = deliverable.proofs == 0 ? view::Sentence { "portal.home.no_proof" } : view::Sentence { "portal.home.proofs", { deliverable.proofs } };
    if (deliverable.state == plan::State::Returned)
        row.reason = plan::shortened(deliverable.reason, reason_bytes);
    row.owner = line.owner;
    if (!line.owner_person.empty())
        row.owner += " (" + line.owner_person + ")";
    row.sender = line.sender;
    row.state = plan::state_mark(deliverable.state, late);
    row.step = step_words(deliverable.state);
    row.step_link = row.link;
    if (deliverable.proofs == 0 && deliverable.state != plan::State::Returned && deliverable.state != plan::State::Submitted)
        row.step_link.address += "/evidence/new";
    return row;
}

std::vector<WorkRow> work_rows(std::vector<plan::WorkLine> const& lines, time::Date today)
{
    std::vector<WorkRow> rows;
    for (auto const& line : lines)
        rows.push_back(work_row(line, today));
    return rows;
}

}
