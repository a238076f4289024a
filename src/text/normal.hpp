#pragma once
#include <string>
#include <string_view>

namespace kpuhub::text {

/// The form in which texts are searched and compared: lower case, diacritics off (Latin letters), every run of
/// other signs one blank, none at the ends. "  PL.02-Kpt/3510  Résumé" becomes "pl 02 kpt 3510 resume".
[[nodiscard]] std::string normal(std::string_view text);

/// How alike two texts read, 0 (nothing in common) to 1000 (same normal form): twice the shared pairs of letters over
/// all pairs (Dice). Cheap and even for long decree sentences; order of words matters little.
[[nodiscard]] int likeness(std::string_view one, std::string_view other);

/// The two letters of a person in a round mark: "Maria Goreti Lestari" is "ML", titles before a dot and after a comma
/// are left out ("Dr. H. Andi Wijaya, S.H." is "AW"), one name gives one letter.
[[nodiscard]] std::string initials(std::string_view name);

}
