#pragma once
#include "organization/handover.hpp"
#include "organization/person.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <string>
#include <vector>

namespace kpuhub::organization {

struct Holder {
    PersonId person {};
    std::string name;
    std::string capacity;               ///< definitive, plt, plh, delegate
    time::Date from {};
    time::Date to {};                   ///< last day
};

/// "Plt. Kepala Subbagian ..." as the titles of acting holders are written.
std::string title_in(std::string const& capacity, std::string const& title);

/// A post of the office with its holders of the day; vacant when none of them holds it definitively.
struct PostLine {
    PostId id {};
    std::string title;
    std::string kind;
    SubdivisionId subdivision {};
    std::string subdivision_name;
    PostId superior {};
    std::string superior_title;
    std::vector<Holder> holders;
    [[nodiscard]] bool vacant() const;
};

/// Posts in force on the day with their holders: chair, members, secretary, heads, staff. One statement. Empty when the
/// reader may not read the people of the unit.
std::vector<PostLine> posts_of(storage::Reader&, PersonId reader, UnitId, time::Date today);

/// The same with what hangs on one of the posts after today, as hanging_on tells it without the participants. One statement.
struct PostsAndHanging {
    std::vector<PostLine> posts;
    std::vector<HandoverItem> hanging;
};
PostsAndHanging posts_and_hanging_on(storage::Reader&, PersonId reader, UnitId, time::Date today, PostId);

/// Who holds a post on a day.
std::vector<Holder> holders_of(storage::Reader&, PostId, time::Date on);

struct PersonName {
    PersonId id {};
    std::string name;
};
/// Those of the office who have not left, by name: for choice lists.
std::vector<PersonName> names_of(storage::Reader&, PersonId reader, UnitId, time::Date today);

/// What a person holds, held or will hold, newest first.
struct Tenure {
    PostId post {};
    std::string title;
    UnitId unit {};
    std::string capacity;
    time::Date from {};
    time::Date to {};
};
/// A person with all of these. One statement. Errors: as person_by_id.
struct PersonWithTenures {
    Person person;
    std::vector<Tenure> tenures;
};
Result<PersonWithTenures> person_with_tenures(storage::Reader&, PersonId);

}
