#include "definition/common_items.hpp"
#include "text/normal.hpp"
#include <algorithm>
#include <charconv>
#include <iterator>
#include <set>
#include <sstream>

namespace kpuhub::definition {

namespace {

constexpr int area_count = 8;

std::vector<std::string> words_of(std::string const& text)
{
    std::istringstream stream { text };
    return { std::istream_iterator<std::string> { stream }, {} };
}

/// The words of a phrase in normal form; the star of "word*" is kept.
std::vector<std::string> phrase_words(std::string const& phrase)
{
    std::vector<std::string> words;
    for (auto const& word : words_of(phrase)) {
        auto normal = text::normal(word);
        if (!normal.empty())
            words.push_back(word.ends_with('*') ? normal + '*' : normal);
    }
    return words;
}

bool occurs(std::string const& wanted, std::vector<std::string> const& words)
{
    if (!wanted.ends_with('*'))
        return std::ranges::find(words, wanted) != words.end();
    auto start = std::string_view { wanted }.substr(0, wanted.size() - 1);
    return std::ranges::any_of(words, [&](std::string const& word) { return word.starts_with(start); });
}

std::vector<int> read_areas(Node const& node, Faults& faults)
{
    std::vector<int> areas;
    if (!node.has("areas"))
        return areas;
    for (auto const& item : faults.required_list(node, "areas")) {
        int number = 0;
        std::from_chars(item.text.data(), item.text.data() + item.text.size(), number);
        if (number < 1 || number > area_count)
            faults.add(item.line, "definition.number_wrong", "areas");
        areas.push_back(number);
    }
    return areas;
}

}

Result<CommonItems> CommonItems::load(std::string_view file, std::string_view text, std::vector<ModelArea> const& model)
{
    auto root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root, { "id", "version", "valid_from", "title", "source", "items" });
    read_heading(root, faults);
    CommonItems items;
    std::set<std::string> known;
    for (auto const& area : model)
        for (auto const& activity : area.activities)
            for (auto const& sub : activity.subactivities)
                for (auto const& indicator : sub.indicators) {
                    known.insert(indicator.key);
                    items.m_phrases.push_back({ indicator.key, { area.number }, phrase_words(indicator.text) });
                }
    for (auto const& node : faults.required_list(root, "items")) {
        faults.only_keys(node, { "key", "areas", "phrases" });
        auto key = faults.required_text(node, "key");
        if (!known.contains(key))
            faults.add(node.line, "definition.reference_missing", "key");
        auto areas = read_areas(node, faults);
        for (auto const& phrase : faults.required_list(node, "phrases")) {
            auto words = phrase_words(phrase.text);
            if (words.empty())
                faults.add(phrase.line, "definition.text_missing", "phrases");
            items.m_phrases.push_back({ key, areas, std::move(words) });
        }
    }
    if (!faults.none())
        return faults.failure();
    return items;
}

std::optional<std::string> CommonItems::propose(int area_no, std::string_view text) const
{
    auto const words = words_of(text::normal(text));
    std::size_t most = 0;
    std::optional<std::string> best;
    for (auto const& phrase : m_phrases) {
        bool under_area = phrase.areas.empty() || area_no == 0 || std::ranges::find(phrase.areas, area_no) != phrase.areas.end();
        if (!under_area || phrase.words.size() < most
            || !std::ranges::all_of(phrase.words, [&](std::string const& word) { return occurs(word, words); }))
            continue;
        if (phrase.words.size() > most)
            best = phrase.key;
        else if (best != phrase.key)
            best = std::nullopt;
        most = phrase.words.size();
    }
    return best;
}

}
