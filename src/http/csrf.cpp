#include "http/csrf.hpp"
#include <algorithm>
#include <array>
#include <sodium.h>

namespace kpuhub::http {

namespace {

using Mac = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

Mac mac_of(std::string_view secret)
{
    constexpr std::string_view purpose = "kpuhub csrf 1";
    Mac mac {};
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<unsigned char const*>(secret.data()), secret.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<unsigned char const*>(purpose.data()), purpose.size());
    crypto_auth_hmacsha256_final(&state, mac.data());
    return mac;
}

}

std::string csrf_token(std::string_view session_secret)
{
    auto mac = mac_of(session_secret);
    std::array<unsigned char, 2 * sizeof(Mac)> bytes {};
    randombytes_buf(bytes.data(), sizeof(Mac));
    for (std::size_t at = 0; at < sizeof(Mac); ++at)
        bytes[sizeof(Mac) + at] = bytes[at] ^ mac[at];
    std::string token(sodium_base64_ENCODED_LEN(sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(token.data(), token.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    token.pop_back();
    return token;
}

bool csrf_token_valid(std::string_view session_secret, std::string_view token)
{
    std::array<unsigned char, 2 * sizeof(Mac)> bytes {};
    std::size_t size = 0;
    if (session_secret.empty()
        || sodium_base642bin(bytes.data(), bytes.size(), token.data(), token.size(), nullptr, &size, nullptr,
               sodium_base64_VARIANT_URLSAFE_NO_PADDING)
            != 0
        || size != bytes.size())
        return false;
    auto mac = mac_of(session_secret);
    for (std::size_t at = 0; at < sizeof(Mac); ++at)
        bytes[at] ^= bytes[sizeof(Mac) + at];
    return sodium_memcmp(bytes.data(), mac.data(), sizeof(Mac)) == 0;
}

bool comes_from(std::span<std::string const> origins, Request const& request, UnnamedOrigin unnamed)
{
    auto const origin = request.header("origin");
    bool const taken = origin == "null" && unnamed == UnnamedOrigin::Taken;
    if (!origin.empty() && !taken)
        return std::ranges::find(origins, origin) != origins.end();
    auto const site = request.header("sec-fetch-site");
    return site == "same-origin" || (taken && site.empty());
}

Result<void> check_csrf(Request const& request, std::string_view session_secret, std::span<std::string const> origins, UnnamedOrigin unnamed)
{
    auto token = request.form.find("csrf").value_or(request.header("x-csrf-token"));
    if (!csrf_token_valid(session_secret, token) || !comes_from(origins, request, unnamed))
        return forbidden("http.csrf");
    return {};
}

}
