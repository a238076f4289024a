#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::account {

/// How long a link that sets a password lives (security: roles and separation of duties).
inline constexpr std::int64_t link_life_ms = 30LL * 60 * 1000;

/// A user name as it may stand: 3 to 40 of a-z, 0-9, dot, dash and underscore, beginning with a letter.
bool is_user_name(std::string_view);

/// A user name made of a person's name without titles: "Dr. Siti Rahma, S.H." -> "siti.rahma".
std::string propose_user_name(std::string_view person_name);

/// Opens an account that cannot sign in until its holder sets a password through the link; nobody ever sees a password.
/// The caller draws the token (random_token) and hands its link over; only token_hash(token) is stored.
/// Actions need people.manage in the person's home office; the program itself (no actor) may always.
/// Errors: NotFound, Forbidden; Invalid (user name); Conflict when he has an account or the name is taken.
Result<AccountId> create_account(storage::Transaction&, journal::Act const&, PersonId, std::string user_name, std::string_view link_hash);

/// Takes the password away, ends all sessions and opens a new link. Errors: as above; Forbidden for the own account
/// (who knows his password changes it himself).
Result<void> reset_account(storage::Transaction&, journal::Act const&, PersonId, std::string_view link_hash);

/// Ends all sessions; nobody signs in until it is opened again.
/// Errors: as above; Forbidden for oneself; Conflict "people.grant.last_administrator".
Result<void> block_account(storage::Transaction&, journal::Act const&, PersonId);
Result<void> unblock_account(storage::Transaction&, journal::Act const&, PersonId);

/// He works elsewhere from the day after: appointments end, the account is blocked when that day is over.
Result<void> depart(storage::Transaction&, journal::Act const&, PersonId, std::int64_t shown_version, time::Date last_day);

struct AccountLine {
    AccountId id {};
    PersonId person {};
    std::string user_name;
    std::string state;                  ///< active, blocked
    bool waits_for_password = false;
};
std::optional<AccountLine> account_of(storage::Reader&, PersonId);
std::optional<AccountLine> account_named(storage::Reader&, std::string_view user_name);
/// All accounts of an office by user name, for the command line (who runs it may read the whole database).
std::vector<AccountLine> accounts_in(storage::Reader&, UnitId);

/// Whose link it is, when it is still good: for the page that asks for the new password. Changes nothing.
struct LinkHolder {
    AccountId account {};
    PersonId person {};
    std::string name;
    std::string user_name;
    time::Instant expires_at {};
};
std::optional<LinkHolder> link_holder(storage::Reader&, std::string_view link_hash, time::Instant now);

/// Sets the password once and uses the link up; all sessions end.
/// Errors: NotFound "account.link.gone"; Invalid (password, see acceptable_password; the two differ).
struct LinkPassword {
    std::string token;
    std::string new_password;
    std::string repeated;
};
Result<void> set_password_by_link(storage::Database&, LinkPassword const&, time::Instant now);

}
