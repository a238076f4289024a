#pragma once
#include "organization/unit.hpp"

namespace kpuhub::organization {

/// Who may answer for a row of a plan: the sub-divisions of an office and its posts, in force on the day. One statement. No posts
/// when the person may not read the people of the unit.
struct Owners {
    struct Post {
        PostId id {};
        std::string title;
    };
    std::vector<Subdivision> subdivisions;
    std::vector<Post> posts;                ///< chair, members, secretary, heads, staff
};
Owners owners_in(storage::Reader&, PersonId, UnitId, time::Date today);

}
