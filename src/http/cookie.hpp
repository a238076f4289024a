#pragma once
#include <map>
#include <string>
#include <string_view>

namespace kpuhub::http {

using Cookies = std::map<std::string, std::string, std::less<>>;

/// Reads the Cookie header (RFC 6265, 5.4). Of two cookies with one name the first counts; what is not of the form
/// name=value, or holds signs that no cookie may hold, is left out: a foreign cookie must not lock anybody out.
Cookies read_cookies(std::string_view header);

/// Name of the session cookie: "__Host-kpuhub" over TLS; without prefix on loopback, where browsers refuse it.
std::string session_cookie_name(bool secure);

/// Value of a Set-Cookie header that keeps the session for the life of the browser: HttpOnly, SameSite=Lax, Path=/.
std::string session_cookie(std::string_view token, bool secure);

/// Value of a Set-Cookie header that removes it.
std::string ended_session_cookie(bool secure);

}
