#pragma once
#include "definition/register.hpp"
#include "definition/wordings.hpp"
#include <map>

namespace kpuhub::definition {

/// What a row of a plan may be bound to: one of the systems that plans name (served by a register, an indicator, a page or nothing yet),
/// or a register or indicator of its own.
enum class TargetKind : std::uint8_t { System, Register, Indicator };
std::string_view to_text(TargetKind);
std::optional<TargetKind> target_kind(std::string_view);

struct BindingTarget {
    TargetKind kind = TargetKind::System;
    std::string id;
    Words title;
    std::vector<std::string> systems;       ///< numbers of the systems that it serves; of a system: its own
    std::vector<std::string> phrases;       ///< "word word -word": all of these and none of those, in any order
    std::vector<int> areas;                 ///< change areas where its rows usually stand; empty: anywhere
};

/// A row of a plan as it is worded, with what stands above it.
struct WordedRow {
    std::string text;
    std::string subactivity, activity;
    int area = 0;                           ///< 0: unknown
};

struct Match {
    BindingTarget const* target = nullptr;
    std::string phrase;                     ///< as the definition says it
    double score = 0;                       ///< the more telling words, the higher
    bool by_context = false;                ///< some of its words stand only in the rows above
};

/// Proposes what the success indicators of a plan are about, from their words. Pure and immutable; a proposal, never a decision.
class Binder {
public:
    Binder(Wordings const&, std::vector<BindingTarget>);
    Binder(Binder const&) = delete;
    Binder& operator=(Binder const&) = delete;

    [[nodiscard]] std::vector<BindingTarget> const& targets() const { return m_targets; }

    /// All targets that fit, the best first. Words of the row itself go before words of the rows above it.
    [[nodiscard]] std::vector<Match> matches(WordedRow const&) const;

    /// The best one; nothing when none fits, when two fit equally well, or when too few words tell.
    [[nodiscard]] std::optional<Match> bind(WordedRow const&) const;

private:
    struct Phrase {
        std::size_t target = 0;
        std::vector<std::size_t> words, without;
        std::string text;
        double weight = 0;
    };
    std::size_t number_of(std::string const& word);
    [[nodiscard]] std::vector<bool> marks(std::vector<std::string> const& words) const;

    Wordings const& m_wordings;
    std::vector<BindingTarget> m_targets;
    std::map<std::string, std::size_t, std::less<>> m_numbers;     ///< of the words of all phrases
    std::vector<Phrase> m_phrases;
    std::vector<std::vector<std::size_t>> m_words_of;               ///< of the phrases of each target
};

}
