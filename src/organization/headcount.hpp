#pragma once
#include "core/id.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <array>
#include <string>
#include <vector>

namespace kpuhub::organization {

/// People who hold a post of the unit, each once; those of them who have a duty (definitions/duties.yaml, notes of the office); the unit
/// itself when it is open.
enum class Counted : std::uint8_t { PeopleInPosts, PeopleWithDuty, OpenUnits };

/// What is counted. Lists are ",a,b,"; "" asks for nothing.
struct HeadcountWanted {
    Counted what = Counted::PeopleInPosts;
    std::string capacities {}, posts {}, employments {};    ///< of people in posts
    std::string levels {};                                  ///< of open units
    std::string duty {};                                    ///< of people with a duty
};
/// Of which branch, and at the end of which days (1 to 12).
struct HeadcountQuestion {
    UnitId node {};
    bool with_lower_units = true;
    time::Date tree_on {};
    std::vector<time::Date> days;
    std::vector<HeadcountWanted> wanted;
};
struct Headcount {
    time::Date day {};
    UnitId unit {};
    std::int64_t people = 0;
};

/// For each that is wanted, in its order, what each unit of the branch has. One statement for eight. Throws std::invalid_argument for no day or
/// more than twelve.
std::vector<std::vector<Headcount>> headcounts(storage::Reader&, HeadcountQuestion const&);

}
