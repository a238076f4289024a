#pragma once
#include "account/accounts.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::account {

/// A role to be given at a unit, to a person or to a post (one of the two).
struct GrantDraft {
    std::string role;                   ///< as in definitions/access/roles.yaml, "staff" excepted: it is derived
    UnitId unit {};
    PersonId person {};
    PostId post {};
    std::optional<std::int64_t> area_no {};     ///< needed by roles marked by_area, and only there: 1 to 8
    std::optional<time::Date> from {};          ///< default: today
    std::optional<time::Date> to {};            ///< last day; default: 12 months after the first
};

/// Gives a role. Needs people.manage in the unit; the program itself (no actor) may always, without confirmation.
/// A role listed under second_person is given to persons only and stays out of force (valid_from 9999-12-31, so that no
/// statement counts it) until another administrator confirms it within 72 hours.
/// Sessions of who gains the role end: a session is new at each change of roles (security: sessions).
/// Errors: NotFound; Forbidden, also to himself (persons are compared, also as holder of the post); Invalid with fields;
/// Conflict when he has that role there in those days.
Result<GrantId> give_role(storage::Transaction&, journal::Act const&, GrantDraft const&);

/// The second person. Errors: Forbidden when he gave it himself or would gain it; Conflict when the 72 hours are over, or
/// nothing waits.
Result<void> confirm_role(storage::Transaction&, journal::Act const&, GrantId);

/// Ends a role today; it does not count from this moment. Sessions of who loses it end.
/// Errors: NotFound, Forbidden; Conflict "people.grant.last_administrator" when nobody else with an active account would
/// manage the people of that unit.
Result<void> end_role(storage::Transaction&, journal::Act const&, GrantId);

/// Whether somebody else with an active account manages the people of the unit today, leaving one grant or one person
/// out of account. Locks the administrators' grants, so that two of them cannot remove each other.
bool managed_without(storage::Transaction&, UnitId, time::Date today, GrantId left_out, PersonId left_out_person);

/// The units whose people only this person manages; he cannot be blocked or leave before another is there.
bool last_administrator(storage::Transaction&, PersonId, time::Date today);

struct GrantLine {
    GrantId id {};
    std::string role;
    UnitId unit {};
    std::string unit_name;
    std::optional<std::int64_t> area_no {};
    PersonId person {};
    std::string person_name;
    PostId post {};
    std::string post_title;
    time::Date from {};
    time::Date to {};
    bool waits = false;                 ///< for the second person
    std::string given_by;
    PersonId given_by_id {};
    time::Instant written_at {};
};

/// Roles in force or to come that a person has, in his own name and through the posts that he holds, with his account. One statement.
struct GrantsAndAccount {
    std::vector<GrantLine> grants;
    std::optional<AccountLine> account {};
};
GrantsAndAccount grants_and_account(storage::Reader&, PersonId, time::Date today);
/// Roles at a unit, waiting ones first; empty when the reader may not read its people.
std::vector<GrantLine> grants_at(storage::Reader&, PersonId reader, UnitId, time::Date today);

/// What roles.yaml says of each role that can be given.
struct RoleKind {
    std::string name;
    std::string title_id;
    std::string title_en;
    bool by_area = false;
    bool second_person = false;
};
std::vector<RoleKind> const& role_kinds();

}
