#include "definition/binding.hpp"
#include <algorithm>
#include <cmath>
#include <iterator>
#include <sstream>

namespace kpuhub::definition {

namespace {

// Weighed on the sample plans and on decrees that stay outside the project: tests/definitions/binding_test.cpp holds them.
constexpr double from_above = 0.62;             ///< a phrase that needs words of the rows above
constexpr double other_area = 0.75;             ///< a row under another change area than usual
constexpr double each_word_above = 0.02;        ///< words of the target in the rows above, at most three
constexpr double too_close = 0.97;              ///< two targets this near to each other are not told apart
constexpr double too_little = 5.0;              ///< less tells nothing
constexpr std::size_t most_words_above = 24;    ///< a sub-activity that lists many things is no context

void sort_unique(std::vector<std::size_t>& numbers)
{
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

std::pair<std::string, std::string> wanted_and_not(std::string const& phrase)
{
    std::istringstream stream { phrase };
    std::pair<std::string, std::string> texts;
    for (std::string word; stream >> word;)
        if (word.starts_with('-'))
            texts.second += word.substr(1) + " ";
        else
            texts.first += word + " ";
    return texts;
}

std::size_t count(std::vector<bool> const& marks) { return static_cast<std::size_t>(std::ranges::count(marks, true)); }

}

std::string_view to_text(TargetKind kind)
{
    switch (kind) {
    case TargetKind::System: return "system";
    case TargetKind::Register: return "register";
    default: return "indicator";
    }
}

std::optional<TargetKind> target_kind(std::string_view text)
{
    for (auto kind : { TargetKind::System, TargetKind::Register, TargetKind::Indicator })
        if (to_text(kind) == text)
            return kind;
    return std::nullopt;
}

std::size_t Binder::number_of(std::string const& word) { return m_numbers.try_emplace(word, m_numbers.size()).first->second; }

Binder::Binder(Wordings const& wordings, std::vector<BindingTarget> targets)
    : m_wordings(wordings)
    , m_targets(std::move(targets))
    , m_words_of(m_targets.size())
{
    for (std::size_t target = 0; target < m_targets.size(); ++target) {
        for (auto const& text : m_targets[target].phrases) {
            auto const [wanted, unwanted] = wanted_and_not(text);
            Phrase phrase { target, {}, {}, text, 0 };
            for (auto const& word : m_wordings.words(wanted))
                phrase.words.push_back(number_of(word));
            for (auto const& word : m_wordings.words(unwanted))
                phrase.without.push_back(number_of(word));
            sort_unique(phrase.words);
            if (phrase.words.empty())
                continue;
            std::ranges::copy(phrase.words, std::back_inserter(m_words_of[target]));
            m_phrases.push_back(std::move(phrase));
        }
        sort_unique(m_words_of[target]);
    }
    std::vector<double> used(m_numbers.size(), 0);
    for (auto const& words : m_words_of)
        for (auto word : words)
            used[word] += 1;
    for (auto& phrase : m_phrases) {
        for (auto word : phrase.words)
            phrase.weight += std::log2(1 + static_cast<double>(m_targets.size()) / used[word]);
        // the rarest first: most phrases end at it
        std::ranges::stable_sort(phrase.words, {}, [&](auto word) { return used[word]; });
    }
}

std::vector<bool> Binder::marks(std::vector<std::string> const& words) const
{
    std::vector<bool> found(m_numbers.size(), false);
    for (auto const& word : words)
        if (auto number = m_numbers.find(word); number != m_numbers.end())
            found[number->second] = true;
    return found;
}

std::vector<Match> Binder::matches(WordedRow const& row) const
{
    auto const own = marks(m_wordings.words(row.text));
    auto const words_above = m_wordings.words(row.subactivity);
    auto const above = marks(words_above);
    auto const activity = marks(m_wordings.words(row.activity));
    bool const context = words_above.size() <= most_words_above && count(own) > 0;
    std::map<std::size_t, Match> best;
    for (auto const& phrase : m_phrases) {
        std::size_t in_row = 0;
        bool all = true;
        for (auto word : phrase.words) {
            in_row += own[word] ? 1 : 0;
            all = all && (own[word] || (context && (above[word] || activity[word])));
            if (!all)
                break;
        }
        bool const by_context = in_row < phrase.words.size();
        if (!all || in_row == 0 || std::ranges::any_of(phrase.without, [&](auto word) { return own[word] || (by_context && above[word]); }))
            continue;
        auto const& target = m_targets[phrase.target];
        std::int64_t near = std::ranges::count_if(m_words_of[phrase.target], [&](auto word) { return (above[word] || activity[word]) && !own[word]; });
        auto score = phrase.weight * (by_context ? from_above : 1) * (1 + each_word_above * static_cast<double>(std::min<std::int64_t>(near, 3)));
        if (row.area != 0 && !target.areas.empty() && std::ranges::find(target.areas, row.area) == target.areas.end())
            score *= other_area;
        Match match { &target, phrase.text, score, by_context };
        auto const [stands, fresh] = best.try_emplace(phrase.target, match);
        // the row's own words go before those above it, whatever they weigh
        if (!fresh && std::pair { !match.by_context, match.score } > std::pair { !stands->second.by_context, stands->second.score })
            stands->second = match;
    }
    std::vector<Match> found;
    for (auto& [target, match] : best)
        found.push_back(std::move(match));
    std::ranges::stable_sort(found, [](Match const& one, Match const& other) {
        return std::pair { other.by_context, one.score } > std::pair { one.by_context, other.score };
    });
    return found;
}

/// A register and a system that it serves are no two answers: the system says more closely what is meant.
static bool same_thing(BindingTarget const& one, BindingTarget const& other)
{
    return one.kind != other.kind && std::ranges::any_of(one.systems, [&](auto const& no) { return std::ranges::find(other.systems, no) != other.systems.end(); });
}

std::optional<Match> Binder::bind(WordedRow const& row) const
{
    auto found = matches(row);
    if (found.empty() || found.front().score < too_little)
        return std::nullopt;
    auto best = found.front();
    for (std::size_t i = 1; i < found.size() && found[i].by_context == best.by_context && found[i].score > best.score * too_close; ++i) {
        if (!same_thing(*found[i].target, *best.target))
            return std::nullopt;
        if (found[i].target->kind == TargetKind::System)
            best = found[i];
    }
    return best;
}

}
