#pragma once
#include "account/directory.hpp"
#include "account/door.hpp"
#include "account/form.hpp"
#include "organization/handover.hpp"

namespace kpuhub::account {

/// Pages of people, posts, roles, import and handover of an office, and each person's own account.
/// The participants of a handover live as long as the program.
void register_people_pages(Door const&, http::Router&, organization::HandoverParticipants);

// The parts, one file for each.
void register_directory_pages(Door const&, http::Router&);
void register_person_pages(Door const&, http::Router&);
void register_grant_pages(Door const&, http::Router&);
void register_post_pages(Door const&, http::Router&);
void register_place_pages(Door const&, http::Router&, organization::HandoverParticipants);
void register_import_pages(Door const&, http::Router&);
void register_handover_pages(Door const&, http::Router&, organization::HandoverParticipants);
void register_own_account_pages(Door const&, http::Router&);

/// The office of the address and what the visitor may do with its people. Errors: NotFound when he may not read them.
Result<PeopleRights> rights_in(Visit&);
/// The same, for pages that only people.manage opens. Errors: also Forbidden.
Result<PeopleRights> managing_in(Visit&);

/// "/units/1571/people" and below.
std::string people_address(PeopleRights const&, std::string_view below = {});
/// Frame of these pages with the way back to the list.
view::Frame people_frame(Visit&, view::Sentence title, PeopleRights const&);

/// Runs the action once per request key; faults that the person can mend bring the form back.
Result<http::Response> submit(Visit&, FormPage, std::function<Result<std::string>(storage::Transaction&)> const& action);

std::vector<Option> employment_options();
std::vector<Option> capacity_options();
std::vector<Option> people_options(Visit&, UnitId);
view::Choice choice_of(std::string_view family, std::string const& code);    ///< words at "people.<family>.<code>"

}
