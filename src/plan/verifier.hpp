#pragma once
#include "plan/plan.hpp"
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kpuhub::plan {

/// The order in which verifiers are asked.
enum class VerifierRank { AreaOwner = 1, ReformSecretary, Superior, OfficeSecretary };

/// Somebody who may come into question in an office today. Deputies (Plt., Plh., delegates) count as holders.
struct Candidate {
    VerifierRank rank = VerifierRank::AreaOwner;
    std::optional<int> area_no {};          ///< area owner: of which area; none = of all
    PostId subordinate {};                  ///< superior: of which post
    SubdivisionId subdivision {};           ///< superior: that post is the head of it
    PersonId person {};
    std::string person_name;
    PostId post {};                         ///< the post through which; none = the person himself
    std::string post_title;
    std::string capacity;                   ///< definitive, plt, plh, delegate; empty without a post
};

/// All who stand at the first rank that has somebody left; empty when nobody is.
struct Verifier {
    VerifierRank rank = VerifierRank::AreaOwner;
    std::vector<Candidate> people;
    [[nodiscard]] Candidate const* who(PersonId) const;
};

/// First of area owner, secretary of the reform team, direct superior of the owner post, secretary of the office who neither
/// submitted nor brought any proof: "involved" are those persons ("nobody verifies himself" compares persons).
Verifier verifier_of(std::vector<Candidate> const& office, Node const&, std::set<PersonId> const& involved);

}
