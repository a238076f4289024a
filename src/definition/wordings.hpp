#pragma once
#include "core/result.hpp"
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::definition {

/// Makes wordings comparable: joined words, affixes, synonyms and filling words as definitions/binding/words.yaml says. Immutable.
class Wordings {
public:
    /// Errors: Invalid with file and line of each wrong place.
    static Result<Wordings> load(std::string_view file, std::string_view text);

    /// The telling words of a text, in order: "Persentase (%) penandatanganan Pakta Integritas Tahun 2026" gives "persen",
    /// "tandatangan", "pakta", "integritas". Years are left out.
    [[nodiscard]] std::vector<std::string> words(std::string_view text) const;

    /// Whether a closed state of this name says that something was done; not so "cancelled".
    [[nodiscard]] bool proves(std::string_view state) const { return !m_not_proving.contains(state); }

private:
    struct Joined {
        std::vector<std::string> parts, meant;
    };
    [[nodiscard]] std::vector<std::string> basic(std::string word) const;

    std::vector<Joined> m_joined;                                       ///< by their first word, longest first
    std::map<std::string, std::string, std::less<>> m_whole, m_same, m_vowel_after;
    std::vector<std::string> m_before, m_after;                         ///< longest first
    std::set<std::string, std::less<>> m_filling, m_not_proving;
};

/// Those of the program, read once from what is compiled in; the definition tests see to it that the file is sound.
Wordings const& wordings();

}
