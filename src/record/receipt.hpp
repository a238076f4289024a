#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace kpuhub::record {

/// A tracking code (kode pelacakan): 12 symbols of Crockford's base 32 (60 bits) and his check symbol (mod 37), as it is shown:
/// "7K4Q-X9ZD-12AB-C". Made from what only the sender's form holds, so that the same form gives the same code.
std::string receipt_code(std::string_view secret);

/// The 13 symbols in groups of four, as they are shown.
std::string shown_receipt(std::string_view tidy);

/// The 13 symbols of a code as a person types it: small letters, blanks, hyphens, O for 0, I and L for 1. Nothing when it is none or
/// the check symbol does not fit.
std::optional<std::string> tidy_receipt(std::string_view typed);

/// What is stored of a tidied code: Argon2id with a fixed salt, 4 MiB and one pass (some 4 ms), for a stolen database must not give codes.
std::string receipt_digest(std::string_view tidy);

}
