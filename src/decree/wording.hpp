#pragma once
#include "codec/paper.hpp"
#include "core/result.hpp"
#include "paper/signature.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::decree {

/// The texts of a decree that its office edits, with {placeholders} as definitions/papers/decree.yaml explains them. In a list an
/// entry that begins with "- " stands numbered below the one before.
struct Wording {
    std::string subject;                        ///< tentang
    std::vector<std::string> considering;       ///< menimbang
    std::vector<std::string> legal_basis;       ///< mengingat
    std::vector<std::string> noting;            ///< memperhatikan
    std::vector<std::string> dicta;
    paper::Signatory signatory {};
    paper::Signatory certifier {};
};

/// Texts of the definition; signatory and certifier empty. Throws when the compiled-in file is broken (a unit test finds it).
Wording default_wording();

std::string to_json(Wording const&);
/// What a text lacks stays as the definition has it. Errors: Invalid when it is no JSON object.
Result<Wording> wording_from_json(std::string_view);

/// "KESATU" for 1; "DIKTUM 11" beyond the words of the definition.
std::string dictum_word(std::size_t number);
/// Words in the title of the post whose holder certifies copies.
std::vector<std::string> certifier_words();

/// What is to be said about a line of the legal basis.
struct LegalWarning {
    enum class Kind { Revoked, Ended, Changed };
    Kind kind = Kind::Revoked;
    std::string line;                           ///< beginning of the text
    std::string by {};                          ///< the rule that revoked or changed it; or the day on which it ended
};
std::vector<LegalWarning> legal_warnings(std::vector<std::string> const& legal_basis, time::Date on);
/// Rules of the definition that the list does not hold yet, in force on the day.
std::vector<std::string> offered_rules(std::vector<std::string> const& legal_basis, time::Date on);

}
