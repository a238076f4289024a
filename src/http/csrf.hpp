#pragma once
#include "core/result.hpp"
#include "http/request.hpp"
#include <span>
#include <string>
#include <string_view>

namespace kpuhub::http {

/// The token of a form: HMAC-SHA256 over the secret of the session, masked anew for each page with a random pad. The
/// mask is what makes gzip safe here: a page that mirrors input next to the token shows other bytes each time, so that
/// the length of the packed answer tells nothing about it (BREACH).
std::string csrf_token(std::string_view session_secret);

/// Whether a token is one of this session; compares in constant time.
bool csrf_token_valid(std::string_view session_secret, std::string_view token);

/// What of "Origin: null": browsers say it of a form whose page told them to name no referrer, the older ones without Sec-Fetch-Site.
enum class UnnamedOrigin { Refused, Taken };

/// Whether the browser says that the request comes from our own pages: Origin is one of ours or, when the browser sends no
/// Origin, Sec-Fetch-Site is same-origin. A request with neither is refused. With `Taken`, "Origin: null" counts as none, and is enough
/// where the browser says nothing else.
bool comes_from(std::span<std::string const> origins, Request const&, UnnamedOrigin = UnnamedOrigin::Refused);

/// Both checks of an unsafe request (security.md 11): field "csrf" or header X-CSRF-Token, and the origin.
/// Errors: Forbidden (http.csrf).
Result<void> check_csrf(Request const&, std::string_view session_secret, std::span<std::string const> origins, UnnamedOrigin = UnnamedOrigin::Refused);

}
