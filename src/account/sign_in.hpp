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
};

/// Checks the limits, then the password (Argon2id, two at a time in the whole process), and starts a session.
/// Gives the token for the cookie. Wrong name, wrong password and blocked account answer alike.
/// Errors: Invalid "account.sign_in.wrong"; Unavailable "account.sign_in.wait" with the seconds to wait as argument.
Result<std::string> sign_in(storage::Database&, SignIn const&, time::Instant now);

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

}
