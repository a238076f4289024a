#pragma once
#include "plan/verifier.hpp"
#include "storage/database.hpp"
#include <map>
#include <span>

namespace kpuhub::plan {

/// What waits for verification in an office, with who may come into question and who is involved. One statement.
struct Desk {
    struct Open {
        DeliverableId id {};
        int area_no = 0;
        PostId owner_post {};
        SubdivisionId owner_subdivision {};
    };
    std::vector<Candidate> candidates;
    std::vector<Open> open;                         ///< submitted, oldest first
    std::map<DeliverableId, std::set<PersonId>> involved;

    [[nodiscard]] Verifier verifier(Open const&) const;
    /// Those that this person is to decide.
    [[nodiscard]] std::vector<DeliverableId> waiting_for(PersonId) const;
    /// Those for which nobody is left: the superior above the office has to be asked.
    [[nodiscard]] std::vector<DeliverableId> without_verifier() const;
};
Desk desk_of(storage::Reader&, UnitId, time::Date today);

/// What waits for a person in an office, for the navigation. One statement.
struct Inbox {
    std::int64_t to_verify = 0;             ///< deliverables that he is to decide
    std::int64_t unsorted = 0;              ///< proofs that he has brought and nobody has sorted yet
    std::int64_t asked = 0;                 ///< requests of offices above that the office has not answered
};
Inbox inbox_of(storage::Reader&, PersonId, time::Date today, UnitId);

/// From rows of KPUHUB_VERIFIER_CANDIDATES and KPUHUB_INVOLVED_IN (verifier_sql.hpp), whose columns begin at `first`.
Verifier verifier_in(std::span<storage::Row const>, std::size_t first, Node const&);

/// Who verifies this deliverable as things stand. One statement.
Verifier verifier_now(storage::Reader&, DeliverableId, UnitId, Node const&, time::Date today);

}
