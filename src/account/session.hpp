#pragma once
#include "account/reader.hpp"
#include "account/sign_in_limits.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include <string>
#include <vector>

namespace kpuhub::account {

/// The reader of a session token: account, person, office, roles and posts of today, in two statements.
/// An unknown, ended or idle session gives a Reader that is not signed in.
Reader reader_of(storage::Reader&, std::string_view token, time::Instant now, SessionLimits const& = sign_in_limits().session);

/// A new session for the account; the oldest beyond the limit end. Token and secret are drawn by the caller.
struct NewSession {
    std::string token;
    std::string csrf_secret;
    std::string device;                 ///< in words: "Chrome, Android"
};
void start_session(storage::Transaction&, AccountId, NewSession const&, time::Instant now, SessionLimits const& = sign_in_limits().session);

/// Keeps the session alive: the caller writes at most once a minute (needs_touch).
bool needs_touch(Reader const&, time::Instant now);
void touch_session(storage::Transaction&, std::string_view hash, time::Instant now);

struct SessionRow {
    std::string token_hash;
    std::string device;
    time::Instant created_at {};
    time::Instant seen_at {};
};
std::vector<SessionRow> sessions_of(storage::Reader&, AccountId, time::Instant now);

/// Ends one session of the account, or all but the one kept.
void end_session(storage::Transaction&, journal::Act const&, AccountId, std::string_view hash);
void end_other_sessions(storage::Transaction&, AccountId, std::string_view kept_hash);

/// Words for a User-Agent: "Firefox, Windows"; "Peramban" when unknown.
std::string device_of(std::string_view user_agent);

}
