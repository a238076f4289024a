#pragma once
#include "core/id.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <array>
#include <string>
#include <vector>

namespace kpuhub::organization {

/// Which branch, and at the end of which days (1 to 12) it is counted. Lists are ",a,b,"; "" asks for nothing.
struct HeadcountQuestion {
    UnitId node {};
    bool with_lower_units = true;
    time::Date tree_on {};
    std::vector<time::Date> days;
    std::string capacities, posts, employments, levels;
};
struct Headcount {
    time::Date day {};
    UnitId unit {};
    std::int64_t people = 0;
};

/// People who hold a post of each unit of the branch, each once. One statement.
std::vector<Headcount> people_in_posts(storage::Reader&, HeadcountQuestion const&);
/// Those of them who have a duty (definitions/duties.yaml, notes of the office), each once; the other lists are not asked. One statement.
std::vector<Headcount> people_with_duty(storage::Reader&, HeadcountQuestion const&, std::string duty);
/// The units of the branch that are open, 1 each. One statement.
std::vector<Headcount> open_units(storage::Reader&, HeadcountQuestion const&);

}
