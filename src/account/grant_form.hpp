#pragma once
#include "account/form.hpp"
#include "account/grants.hpp"

namespace kpuhub::account {

/// The form that gives a role to a person or a post: `holder` is its name, `page` the address that it hangs below and leads back to.
FormPage role_form(Visit&, std::string const& holder, std::string const& page);

/// The role in the words of the reader, with its change area: "Pemilik area perubahan 3".
std::string role_title(Visit const&, GrantLine const&);

/// What was typed; the holder is put in by the page. Errors: Invalid naming the day that is none.
Result<GrantDraft> grant_in(http::Request const&, UnitId);

}
