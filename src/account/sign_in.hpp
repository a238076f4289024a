#pragma once
#include "account/session.hpp"
#include "core/result.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include <string>

namespace kpuhub::account {

struct SignIn {
    std::string user_name;
    std::string password;
    std::string network;                ///< client network, for the limits
    std::string device;                 ///< user agent in words
    std::string device_token {};        ///< what the browser kept of an earlier sign-in; empty when nothing
};

/// Cookies for the browser.
struct SignedIn {
    std::string token;                  ///< of the session
    std::string device_token;           ///< by which the browser is known next time
};

/// Checks the limits, then the password (Argon2id, a few at a time in the whole process), and starts a session.
/// Failures are counted for the account, or for the device alone where it is a known one: who guesses from elsewhere
/// delays nobody who has signed in here before, and after the day's limit only known devices come in.
/// Wrong name, wrong password and blocked account answer alike.
/// Errors: Invalid "account.sign_in.wrong"; Unavailable "account.sign_in.wait", "account.sign_in.day" and
/// "account.sign_in.busy" with the seconds to wait as argument.
Result<SignedIn> sign_in(storage::Database&, SignIn const&, time::Instant now);

/// Sets a new password after checking the old one; ends all other sessions.
/// Errors: Invalid (old password wrong, new one not acceptable).
struct PasswordChange {
    std::string old_password;
    std::string new_password;
    std::string repeated;
};
Result<void> change_password(storage::Database&, journal::Act const&, Reader const&, PasswordChange const&);

/// How many seconds an account has to wait after so many failures in a row: 0 up to 4, then 1, 2, 4 ... 60.
std::int64_t delay_after(std::int64_t failures);

/// Forgets the failures counted for a user name: whoever has set a password by a link may sign in at once.
void forget_failures(storage::Transaction&, std::string const& user_name);

}
