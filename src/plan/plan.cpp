#include "plan/plan.hpp"
#include <array>
#include <utility>

namespace kpuhub::plan {

template<typename Enum>
using Word = std::pair<Enum, std::string_view>;

constexpr std::array plan_states { Word<PlanState> { PlanState::Draft, "draft" }, Word<PlanState> { PlanState::Fixed, "fixed" },
    Word<PlanState> { PlanState::Closed, "closed" } };
constexpr std::array plan_kinds { Word<PlanKind> { PlanKind::Office, "office" }, Word<PlanKind> { PlanKind::Model, "model" } };
constexpr std::array levels { Word<Level> { Level::Area, "area" }, Word<Level> { Level::Activity, "activity" },
    Word<Level> { Level::Subactivity, "subactivity" }, Word<Level> { Level::Indicator, "indicator" } };
constexpr std::array authorities { Word<Authority> { Authority::Office, "office" },
    Word<Authority> { Authority::Province, "province" }, Word<Authority> { Authority::National, "national" } };
constexpr std::array indicator_kinds { Word<IndicatorKind> { IndicatorKind::Document, "document" },
    Word<IndicatorKind> { IndicatorKind::Count, "count" }, Word<IndicatorKind> { IndicatorKind::Share, "share" },
    Word<IndicatorKind> { IndicatorKind::Index, "index" }, Word<IndicatorKind> { IndicatorKind::Trend, "trend" } };
constexpr std::array rhythms { Word<Rhythm> { Rhythm::EachMark, "each_mark" }, Word<Rhythm> { Rhythm::OnceInRun, "once_in_run" },
    Word<Rhythm> { Rhythm::Continuous, "continuous" }, Word<Rhythm> { Rhythm::Monthly, "monthly" } };
constexpr std::array due_shifts { Word<DueShift> { DueShift::Keep, "keep" }, Word<DueShift> { DueShift::Before, "before" },
    Word<DueShift> { DueShift::After, "after" } };
constexpr std::array states { Word<State> { State::Scheduled, "scheduled" }, Word<State> { State::UnderWay, "under_way" },
    Word<State> { State::Submitted, "submitted" }, Word<State> { State::Returned, "returned" },
    Word<State> { State::Verified, "verified" }, Word<State> { State::NotApplicable, "not_applicable" } };
constexpr std::array answers { Word<Answer> { Answer::Reported, "reported" }, Word<Answer> { Answer::NotReported, "not_reported" },
    Word<Answer> { Answer::NotApplicable, "not_applicable" } };

template<typename Enum, std::size_t Count>
static constexpr std::string_view word_of(std::array<Word<Enum>, Count> const& words, Enum value)
{
    return words.at(static_cast<std::size_t>(value)).second;
}

template<typename Enum, std::size_t Count>
static std::optional<Enum> value_of(std::array<Word<Enum>, Count> const& words, std::string_view text)
{
    for (auto const& [value, word] : words)
        if (word == text)
            return value;
    return std::nullopt;
}

std::string_view to_text(PlanState value) { return word_of(plan_states, value); }
std::string_view to_text(PlanKind value) { return word_of(plan_kinds, value); }
std::string_view to_text(Level value) { return word_of(levels, value); }
std::string_view to_text(Authority value) { return word_of(authorities, value); }
std::string_view to_text(IndicatorKind value) { return word_of(indicator_kinds, value); }
std::string_view to_text(Rhythm value) { return word_of(rhythms, value); }
std::string_view to_text(DueShift value) { return word_of(due_shifts, value); }
std::string_view to_text(State value) { return word_of(states, value); }
std::string_view to_text(Answer value) { return word_of(answers, value); }

template<> std::optional<PlanState> from_text<PlanState>(std::string_view text) { return value_of(plan_states, text); }
template<> std::optional<PlanKind> from_text<PlanKind>(std::string_view text) { return value_of(plan_kinds, text); }
template<> std::optional<Level> from_text<Level>(std::string_view text) { return value_of(levels, text); }
template<> std::optional<Authority> from_text<Authority>(std::string_view text) { return value_of(authorities, text); }
template<> std::optional<IndicatorKind> from_text<IndicatorKind>(std::string_view text) { return value_of(indicator_kinds, text); }
template<> std::optional<Rhythm> from_text<Rhythm>(std::string_view text) { return value_of(rhythms, text); }
template<> std::optional<DueShift> from_text<DueShift>(std::string_view text) { return value_of(due_shifts, text); }
template<> std::optional<State> from_text<State>(std::string_view text) { return value_of(states, text); }
template<> std::optional<Answer> from_text<Answer>(std::string_view text) { return value_of(answers, text); }

}
