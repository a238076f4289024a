#pragma once
#include "organization/people.hpp"

namespace kpuhub::account {

/// People of an office who have not left and have no account, by name, at most `limit`, and how many in all; nobody when the reader does
/// not manage the people of the unit.
struct WithoutAccount {
    std::vector<organization::PersonName> people;
    std::int64_t total = 0;
};
/// A post that nobody holds definitively; a Plt. is named beside it.
struct VacantPost {
    PostId id {};
    std::string title;
    std::string holder, capacity;       ///< of whoever looks after it; empty = nobody
};
/// What an administrator of an office has to fill. One statement.
struct Gaps {
    WithoutAccount without_account;
    std::vector<VacantPost> vacant;     ///< in the order of posts_of; none when the reader may not read the people of the unit
};
Gaps gaps_of(storage::Reader&, PersonId reader, time::Date today, UnitId, int limit);

}
