#pragma once
#include "organization/people.hpp"

namespace kpuhub::account {

/// People of an office who have not left and have no account, by name, at most `limit`, and how many in all. One statement;
/// nobody when the reader does not manage the people of the unit.
struct WithoutAccount {
    std::vector<organization::PersonName> people;
    std::int64_t total = 0;
};
WithoutAccount without_account(storage::Reader&, PersonId reader, time::Date today, UnitId, int limit);

}
