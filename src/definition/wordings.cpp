#include "definition/wordings.hpp"
#include "core/embedded.hpp"
#include "definition/node.hpp"
#include <algorithm>
#include <cctype>

namespace kpuhub::definition {

namespace {

constexpr std::size_t shortest_stem = 4;

/// Lower case, "%" as a word, every other sign a blank.
std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    auto end = [&] {
        if (!word.empty())
            words.push_back(std::move(word));
        word.clear();
    };
    for (char sign : text) {
        auto letter = static_cast<unsigned char>(sign);
        if (std::isalnum(letter) && letter < 0x80) {
            word += static_cast<char>(std::tolower(letter));
            continue;
        }
        end();
        if (sign == '%')
            words.emplace_back("persen");
    }
    end();
    return words;
}

bool is_vowel(char sign) { return std::string_view { "aiueo" }.find(sign) != std::string_view::npos; }
bool is_number(std::string const& word) { return std::ranges::all_of(word, [](unsigned char sign) { return std::isdigit(sign); }); }
bool is_year(std::string const& word)
{
    constexpr std::size_t digits = 4;
    return word.size() == digits && is_number(word) && (word.starts_with("19") || word.starts_with("20"));
}

std::vector<std::string> longest_first(std::vector<std::string> texts)
{
    std::ranges::stable_sort(texts, std::ranges::greater {}, [](auto const& text) { return text.size(); });
    return texts;
}

std::map<std::string, std::string, std::less<>> pairs_in(Node const& node)
{
    std::map<std::string, std::string, std::less<>> pairs;
    for (auto const& [key, value] : node.entries)
        pairs.emplace(key, value.text);
    return pairs;
}

std::set<std::string, std::less<>> names_in(std::vector<std::string> const& texts) { return { texts.begin(), texts.end() }; }

}

Result<Wordings> Wordings::load(std::string_view file, std::string_view text)
{
    auto root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root, { "id", "version", "valid_from", "title", "source", "joined", "whole", "before", "vowel_after", "after", "same", "filling", "not_proving" });
    read_heading(root, faults);
    Wordings made;
    for (auto const& [key, value] : root["joined"].entries) {
        made.m_joined.push_back({ split(key), split(value.text) });
        if (made.m_joined.back().parts.size() < 2) {
            faults.add(value.line, "definition.text_missing", key);
            made.m_joined.pop_back();
        }
    }
    std::ranges::stable_sort(made.m_joined, [](Joined const& one, Joined const& other) {
        return one.parts.front() != other.parts.front() ? one.parts.front() < other.parts.front() : one.parts.size() > other.parts.size();
    });
    made.m_whole = pairs_in(root["whole"]);
    made.m_same = pairs_in(root["same"]);
    made.m_vowel_after = pairs_in(root["vowel_after"]);
    made.m_before = longest_first(faults.optional_texts(root, "before"));
    made.m_after = longest_first(faults.optional_texts(root, "after"));
    made.m_filling = names_in(faults.optional_texts(root, "filling"));
    made.m_not_proving = names_in(faults.optional_texts(root, "not_proving"));
    if (!faults.none())
        return faults.failure();
    return made;
}

/// The stem of a word, or the words that stand for it.
std::vector<std::string> Wordings::basic(std::string word) const
{
    if (auto found = m_whole.find(word); found != m_whole.end())
        return split(found->second);
    if (auto found = m_same.find(word); found != m_same.end())
        word = found->second;
    if (word.find(' ') != std::string::npos)
        return split(word);
    if (auto found = m_whole.find(word); found != m_whole.end())
        return split(found->second);
    if (is_number(word) || word.size() <= shortest_stem)
        return { word };
    for (auto const& ending : m_after)
        if (word.ends_with(ending) && word.size() - ending.size() >= shortest_stem) {
            word.resize(word.size() - ending.size());
            break;
        }
    for (auto const& beginning : m_before) {
        if (!word.starts_with(beginning))
            continue;
        auto rest = word.substr(beginning.size());
        if (auto sound = m_vowel_after.find(beginning); sound != m_vowel_after.end() && !rest.empty() && is_vowel(rest.front()))
            rest = sound->second + rest;
        if (rest.size() < shortest_stem)
            continue;
        word = rest;
        // "menandatangani": an "i" that belongs to the beginning, not to the stem ("evaluasi")
        if (word.ends_with('i') && word.size() > shortest_stem + 1 && word[word.size() - 2] != 's' && !is_vowel(word[word.size() - 2]))
            word.pop_back();
        break;
    }
    auto found = m_same.find(word);
    return split(found == m_same.end() ? word : found->second);
}

std::vector<std::string> Wordings::words(std::string_view text) const
{
    auto const given = split(text);
    std::vector<std::string> joined;
    for (std::size_t at = 0; at < given.size();) {
        auto fits = [&](Joined const& each) {
            return each.parts.size() <= given.size() - at && std::equal(each.parts.begin(), each.parts.end(), given.begin() + static_cast<std::ptrdiff_t>(at));
        };
        auto found = std::ranges::lower_bound(m_joined, given[at], {}, [](Joined const& each) -> std::string const& { return each.parts.front(); });
        while (found != m_joined.end() && found->parts.front() == given[at] && !fits(*found))
            ++found;
        if (found == m_joined.end() || found->parts.front() != given[at]) {
            joined.push_back(given[at++]);
            continue;
        }
        joined.insert(joined.end(), found->meant.begin(), found->meant.end());
        at += found->parts.size();
    }
    std::vector<std::string> telling;
    for (auto const& word : joined) {
        if (m_filling.contains(word) || is_year(word))
            continue;
        for (auto& each : basic(word))
            if (!m_filling.contains(each))
                telling.push_back(std::move(each));
    }
    return telling;
}

Wordings const& wordings()
{
    static Wordings const made = [] {
        constexpr auto file = "definitions/binding/words.yaml";
        return Wordings::load(file, embedded_file(file)).value_or(Wordings {});
    }();
    return made;
}

}
