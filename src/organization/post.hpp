#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>

namespace kpuhub::organization {

/// A part of an office (subbagian, bagian), dated. A reorganisation closes it and opens another, so that the pages of
/// earlier days keep its name; the same code may stand again after the last day.
struct SubdivisionDraft {
    std::string code;                   ///< [a-z][a-z0-9_]{0,40}: "hukum_sdm"
    std::string name;                   ///< "Subbagian Hukum dan SDM"
    std::string short_name;             ///< "Hukum dan SDM"
};

/// A place in the office that somebody holds, or nobody for now. Plan rows and roles belong to posts, not to persons.
struct PostDraft {
    std::string title;                  ///< "Kepala Subbagian Hukum dan SDM"
    std::string kind;                   ///< chair, member, secretary, head, staff
    SubdivisionId subdivision {};       ///< none for chair, members and secretary
    PostId superior {};                 ///< none for the chair
};

struct Post {
    PostId id {};
    UnitId unit {};
    PostDraft facts;
    time::Date valid_from {};
    time::Date valid_to {};             ///< last day
};

/// Actions need people.manage in the unit; the program itself (no actor) may always.
/// Errors: NotFound, Forbidden, Invalid with fields, Conflict when the code stands already on that day.
Result<SubdivisionId> add_subdivision(storage::Transaction&, journal::Act const&, UnitId, SubdivisionDraft const&, time::Date from);
/// Corrects the name, in all years.
Result<void> rename_subdivision(storage::Transaction&, journal::Act const&, SubdivisionId, std::string name, std::string short_name);
/// Errors: also Conflict while a post in force belongs to it.
Result<void> close_subdivision(storage::Transaction&, journal::Act const&, SubdivisionId, time::Date last_day);

Result<Post> post_by_id(storage::Reader&, PostId);
Result<PostId> add_post(storage::Transaction&, journal::Act const&, UnitId, PostDraft const&, time::Date from);
/// Errors: also Invalid when the new superior stands below the post, or sub-division or superior belong to another unit.
Result<void> change_post(storage::Transaction&, journal::Act const&, PostId, PostDraft const&);
/// Ends the post with that day. Errors: also Conflict while somebody holds it after the day.
Result<void> close_post(storage::Transaction&, journal::Act const&, PostId, time::Date last_day);

}
