#include "http/cookie.hpp"
#include <algorithm>

namespace kpuhub::http {

namespace {

bool token_sign(char sign)
{
    return sign > ' ' && sign < 0x7F && std::string_view("()<>@,;:\\\"/[]?={}").find(sign) == std::string_view::npos;
}

bool value_sign(char sign) { return sign > ' ' && sign < 0x7F && sign != '"' && sign != ',' && sign != ';' && sign != '\\'; }

std::string_view without_blanks(std::string_view text)
{
    auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

constexpr std::string_view attributes = "; Path=/; HttpOnly; SameSite=Lax";

}

Cookies read_cookies(std::string_view header)
{
    Cookies cookies;
    while (!header.empty()) {
        auto pair = header.substr(0, header.find(';'));
        header.remove_prefix(std::min(header.size(), pair.size() + 1));
        auto equals = pair.find('=');
        if (equals == std::string_view::npos)
            continue;
        auto name = without_blanks(pair.substr(0, equals));
        auto value = without_blanks(pair.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        if (!name.empty() && std::ranges::all_of(name, token_sign) && std::ranges::all_of(value, value_sign))
            cookies.emplace(name, value);
    }
    return cookies;
}

std::string session_cookie_name(bool secure) { return secure ? "__Host-kpuhub" : "kpuhub"; }

std::string session_cookie(std::string_view token, bool secure)
{
    return session_cookie_name(secure) + "=" + std::string(token) + std::string(attributes) + (secure ? "; Secure" : "");
}

std::string ended_session_cookie(bool secure)
{
    return session_cookie_name(secure) + "=" + std::string(attributes) + "; Max-Age=0" + (secure ? "; Secure" : "");
}

}
