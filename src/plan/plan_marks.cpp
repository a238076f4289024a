#include "plan/plan_marks.hpp"

namespace kpuhub::plan {

view::StateMark state_mark(State state, bool late)
{
    static constexpr std::string_view letters = "TKADVN";
    auto const letter = letters[static_cast<std::size_t>(state)];
    std::string code { to_text(state) };
    view::StateMark mark { code, std::string(letter == 'N' ? "–" : std::string(1, letter)), std::string(1, letter),
        { "plan.state." + code } };
    if (late) {
        mark.letter += '!';
        mark.css += " L";
        mark.words.message_key = "plan.late." + code;
    }
    return mark;
}

view::Choice month_word(int month) { return { std::to_string(month), "plan.month." + std::to_string(month) }; }

view::Sentence period_words(Deliverable const& deliverable)
{
    int const first = static_cast<int>(deliverable.starts_on.month());
    int const last = static_cast<int>(deliverable.ends_on.month());
    view::Year const year { deliverable.ends_on.year() };
    constexpr int quarter = 3;
    if (first == last)
        return { "plan.period.month", { month_word(last), year } };
    if (last % quarter == 0 && last - first == 2)
        return { "plan.period.quarter." + std::to_string(last / quarter), { year } };
    if (first == 1 && last == 12)
        return { "plan.period.year", { year } };
    return { "plan.period.months", { month_word(first), month_word(last), year } };
}

std::optional<view::Sentence> authority_words(Authority authority)
{
    if (authority == Authority::Office)
        return std::nullopt;
    return view::Sentence { "plan.authority." + std::string(to_text(authority)) };
}

std::string bare_number(std::string_view printed)
{
    auto const last = printed.find_last_not_of(".) \t");
    return std::string(printed.substr(0, last == std::string_view::npos ? 0 : last + 1));
}

std::string row_code(std::initializer_list<std::string_view> printed)
{
    std::string code;
    for (auto number : printed) {
        auto bare = bare_number(number);
        if (bare.empty())
            continue;
        code += (code.empty() ? "" : ".") + bare;
    }
    return code;
}

std::string shortened(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return std::string(text);
    auto end = text.rfind(' ', bytes);
    if (end == std::string_view::npos || end < bytes / 2) {
        end = bytes;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
            --end;
    }
    return std::string(text.substr(0, end)) + "…";
}

view::Sentence decree_words(Plan const& plan)
{
    if (plan.kind == PlanKind::Model)
        return { plan.published ? "plan.decree.model_published" : "plan.decree.model" };
    if (plan.state == PlanState::Draft || !plan.decided_on)
        return { "plan.decree.draft" };
    if (plan.state == PlanState::Closed)
        return { "plan.decree.closed", { plan.number, *plan.decided_on } };
    return { "plan.decree.fixed", { plan.number, *plan.decided_on } };
}

std::string board_address(std::string_view unit_code, int year)
{
    return "/units/" + std::string(unit_code) + "/plans/" + std::to_string(year);
}

std::string deliverable_address(DeliverableId id) { return "/deliverables/" + std::to_string(id.value); }

}
