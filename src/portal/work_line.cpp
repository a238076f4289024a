#include "portal/work_line.hpp"
#include "plan/progress.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::portal {

void WorkRow::describe(view::Visitor& v) const
{
    v.field("code", code);
    v.field("title", title);
    v.field("link", link);
    v.field("due", due);
    v.field("late", late);
    v.field("proof", proof);
    v.field("reason", reason);
    v.field("owner", owner);
    v.field("sender", sender);
    v.field("state", state);
    v.field("step", step);
    v.field("step_link", step_link);
}

static std::string bare(std::string const& printed)
{
    auto first = printed.find_first_not_of(" (");
    auto last = printed.find_last_not_of(".) \t");
    return first == std::string::npos || last == std::string::npos || last < first ? std::string {} : printed.substr(first, last - first + 1);
}

static std::string code_of(plan::WorkLine const& line)
{
    std::string code;
    for (auto const& step : { line.node.area_no > 0 ? std::to_string(line.node.area_no) : std::string {}, bare(line.activity_number),
             bare(line.node.number) })
        if (!step.empty())
            code += (code.empty() ? "" : ".") + step;
    return code;
}

std::string cut(std::string const& text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return text;
    auto end = text.rfind(' ', bytes);
    if (end == std::string::npos || end < bytes / 2)
        return text;
    return text.substr(0, end) + "…";
}

view::StateMark state_mark(plan::State state, bool late)
{
    static constexpr std::array<std::string_view, 6> letters { "T", "K", "A", "D", "V", "–" };
    static constexpr std::array<std::string_view, 6> looks { "T", "K", "A", "D", "V", "N" };
    auto place = static_cast<std::size_t>(state);
    std::string code { plan::to_text(state) };
    view::StateMark mark { code, std::string { letters.at(place) }, std::string { looks.at(place) }, { "plan.state." + code } };
    if (late) {
        mark.letter += '!';
        mark.css += " L";
        if (state == plan::State::Scheduled)
            mark.words = { "portal.part.late" };
    }
    return mark;
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
    row.title = cut(line.node.body, title_bytes);
    row.link = { "/deliverables/" + std::to_string(deliverable.id.value) };
    row.due = deliverable.due_on;
    if (late)
        row.late = view::Sentence { "words.days_past", { time::days_between(deliverable.due_on, today) } };
    row.proof = deliverable.proofs == 0 ? view::Sentence { "portal.home.no_proof" } : view::Sentence { "portal.home.proofs", { deliverable.proofs } };
    if (deliverable.state == plan::State::Returned)
        row.reason = cut(deliverable.reason, reason_bytes);
    row.owner = line.owner;
    if (!line.owner_person.empty())
        row.owner += " (" + line.owner_person + ")";
    row.sender = line.sender;
    row.state = state_mark(deliverable.state, late);
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
