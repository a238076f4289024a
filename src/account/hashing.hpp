#pragma once
#include "core/result.hpp"
#include "core/waiting_room.hpp"
#include <string>
#include <string_view>

namespace kpuhub::account {

/// Passwords are hashed by a few at a time in the whole process, and only so many wait (limits.yaml, section sign_in).
/// Whether the password fits the hash; an empty hash takes as long and never fits.
/// Errors: Unavailable "account.sign_in.busy" with the seconds to wait as argument.
Result<bool> check_password(std::string_view hash, std::string_view password);

/// A new hash, in the same queue. Errors: as above.
Result<std::string> make_hash(std::string_view password);

/// The queue itself, for tests.
WaitingRoom& hashing_room();

}
