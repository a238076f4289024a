#pragma once
#include "indicator/tally.hpp"
#include <set>

namespace kpuhub::indicator {

/// What a subject adds to a part of an indicator. At most one for each subject, indicator and part.
struct Contributed {
    SubjectId subject {};
    std::string indicator;
    std::string part;                       ///< "n", "d", "n.03"
    std::string period;
    UnitId unit {};
    std::string key;                        ///< each key counts once in its unit and period; empty: counted by amount
    std::int64_t amount = 0;
    friend auto operator<=>(Contributed const&, Contributed const&) = default;
};

/// The name of a bucket's part: bucket 3 of the numerator is "n.03".
[[nodiscard]] std::string bucket_part(std::string_view part, std::size_t bucket);
inline constexpr std::string_view numerator_part = "n", denominator_part = "d";

/// Puts what the subjects add to these indicators in place of what they added before, and the difference into the tallies: keys and
/// tallies last, each in order of its key. The caller has locked the subjects. Returns how many contributions changed. With the day a
/// statement is saved for what changes in running periods (kept_sums.hpp).
std::int64_t replace_contributions(storage::Transaction&, std::vector<SubjectId> const& subjects, std::set<std::string> const& indicators,
    std::vector<Contributed> const& now, std::optional<time::Date> today = {});

/// The same for subjects that have added nothing so far: new records.
void add_contributions(storage::Transaction&, std::vector<Contributed> const&, std::optional<time::Date> today = {});

/// All that a unit's subjects add to an indicator, as it is kept.
std::vector<Contributed> contributions_kept(storage::Reader&, std::string_view indicator, UnitId);

/// The figures that a subject feeds: indicator, newest version, part and period. One statement.
struct Fed {
    std::string indicator;
    int version = 0;
    std::string part, period;
};
std::vector<Fed> figures_fed(storage::Reader&, SubjectId);

/// What they come to in their own unit: amounts summed, and each distinct key 1.
[[nodiscard]] Amounts amounts_of(std::vector<Contributed> const&);

}
