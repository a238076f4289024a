#pragma once
#include "core/result.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::account {

/// Argon2id text form (libsodium), 64 MiB and 2 passes (security: sign-in under fire). Takes about 60 ms.
std::string hash_password(std::string_view password);

/// False also for an empty hash; an unknown account is checked against a fixed hash, so that both take the same time.
bool verify_password(std::string_view hash, std::string_view password);

/// A hash that no password fits, of the same cost.
std::string const& nobody_hash();

/// Errors: Invalid under 12 signs, over 256 bytes, in the list of common passwords, or holding one of the person's own
/// words (names, NIP, user name).
Result<void> acceptable_password(std::string_view password, std::vector<std::string> const& own_words);

/// 256 bits from the machine, as base64url without padding.
std::string random_token();

/// SHA-256 as hex: what is stored of a token.
std::string token_hash(std::string_view token);

}
