#include "plan/verifier.hpp"
#include <algorithm>

namespace kpuhub::plan {

Candidate const* Verifier::who(PersonId person) const
{
    auto found = std::ranges::find(people, person, &Candidate::person);
    return found == people.end() ? nullptr : &*found;
}

static bool stands_for(Candidate const& candidate, Node const& node)
{
    switch (candidate.rank) {
    case VerifierRank::AreaOwner: return !candidate.area_no || *candidate.area_no == node.area_no;
    case VerifierRank::Superior:
        return node.owner_post ? candidate.subordinate == node.owner_post
                               : node.owner_subdivision && candidate.subdivision == node.owner_subdivision;
    case VerifierRank::ReformSecretary:
    case VerifierRank::OfficeSecretary: break;
    }
    return true;
}

Verifier verifier_of(std::vector<Candidate> const& office, Node const& node, std::set<PersonId> const& involved)
{
    Verifier verifier;
    for (auto rank : { VerifierRank::AreaOwner, VerifierRank::ReformSecretary, VerifierRank::Superior, VerifierRank::OfficeSecretary }) {
        verifier.rank = rank;
        for (auto const& candidate : office)
            if (candidate.rank == rank && stands_for(candidate, node) && !involved.contains(candidate.person)
                && !verifier.who(candidate.person))
                verifier.people.push_back(candidate);
        if (!verifier.people.empty())
            break;
    }
    return verifier;
}

}
