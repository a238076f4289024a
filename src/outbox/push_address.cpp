#include "outbox/push_address.hpp"
#include <algorithm>
#include <array>
#include <cstring>
#include <curl/curl.h>
#include <memory>
#include <netinet/in.h>
#include <sys/socket.h>

namespace kpuhub::outbox {

namespace {

constexpr std::size_t longest_endpoint = 1'000;

struct UrlEnd {
    void operator()(CURLU* it) const { curl_url_cleanup(it); }
    void operator()(char* it) const { curl_free(it); }
};

std::string part_of(CURLU* url, CURLUPart part, unsigned flags = 0)
{
    char* text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK)
        return {};
    std::unique_ptr<char, UrlEnd> const held { text };
    return text;
}

bool fits(std::string const& host, std::string const& pattern)
{
    if (!pattern.starts_with("*."))
        return host == pattern;
    auto const end = pattern.substr(1);
    return host.size() > end.size() && host.ends_with(end);
}

/// Networks of IPv4 that are not of the internet (RFC 6890), and how many bits name them.
constexpr std::array<std::pair<std::uint32_t, int>, 15> closed_networks { {
    { 0x00000000, 8 },      // this network
    { 0x0A000000, 8 },      // private
    { 0x64400000, 10 },     // shared by providers
    { 0x7F000000, 8 },      // loopback
    { 0xA9FE0000, 16 },     // link-local; cloud metadata
    { 0xAC100000, 12 },     // private
    { 0xC0000000, 24 },     // protocols
    { 0xC0000200, 24 },     // documentation
    { 0xC0586300, 24 },     // relays of 6to4
    { 0xC0A80000, 16 },     // private
    { 0xC6120000, 15 },     // benchmarks
    { 0xC6336400, 24 },     // documentation
    { 0xCB007100, 24 },     // documentation
    { 0xE0000000, 4 },      // multicast
    { 0xF0000000, 4 },      // reserved, broadcast
} };

bool is_public(std::uint32_t address)
{
    return std::ranges::none_of(closed_networks, [&](auto const& network) { return (address ^ network.first) >> (32 - network.second) == 0; });
}

using Bytes = std::array<unsigned char, 16>;

bool begins(Bytes const& bytes, std::initializer_list<unsigned char> with) { return std::equal(with.begin(), with.end(), bytes.begin()); }

/// Only global unicast (2000::/3), and of that neither Teredo, 6to4 (both carry an IPv4 address), ORCHID nor documentation.
bool is_public(Bytes const& bytes)
{
    if (begins(bytes, { 0x20, 0x02 }) || begins(bytes, { 0x20, 0x01, 0x0D, 0xB8 }) || begins(bytes, { 0x3F, 0xFF }))
        return false;
    if (begins(bytes, { 0x20, 0x01 }) && bytes[2] < 0x02)       // 2001::/23: Teredo, ORCHID and other protocols
        return false;
    return (bytes[0] & 0xE0) == 0x20;
}

std::uint32_t number_of(unsigned char const* bytes)
{
    return static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 | static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3];
}

struct Address {
    std::optional<std::uint32_t> v4 {};     ///< also one mapped into IPv6
    Bytes v6 {};
    bool known = false;
};

Address read(sockaddr const& address)
{
    Address read;
    if (address.sa_family == AF_INET) {
        sockaddr_in in {};
        std::memcpy(&in, &address, sizeof in);
        std::array<unsigned char, 4> bytes {};
        std::memcpy(bytes.data(), &in.sin_addr, bytes.size());
        read.v4 = number_of(bytes.data());
        read.known = true;
    } else if (address.sa_family == AF_INET6) {
        sockaddr_in6 in {};
        std::memcpy(&in, &address, sizeof in);
        std::memcpy(read.v6.data(), &in.sin6_addr, read.v6.size());
        if (begins(read.v6, { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF }))
            read.v4 = number_of(read.v6.data() + 12);
        read.known = true;
    }
    return read;
}

}

std::optional<std::string> push_origin(PushPlaces const& places, std::string const& endpoint)
{
    auto const plain = [](char c) { return c > ' ' && c < '\x7f'; };
    if (endpoint.size() > longest_endpoint || !std::ranges::all_of(endpoint, plain))
        return std::nullopt;
    std::unique_ptr<CURLU, UrlEnd> const url { curl_url() };
    if (!url || curl_url_set(url.get(), CURLUPART_URL, endpoint.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
        return std::nullopt;
    auto const scheme = part_of(url.get(), CURLUPART_SCHEME), host = part_of(url.get(), CURLUPART_HOST), port = part_of(url.get(), CURLUPART_PORT);
    if (!part_of(url.get(), CURLUPART_USER).empty() || !part_of(url.get(), CURLUPART_PASSWORD).empty() || !part_of(url.get(), CURLUPART_FRAGMENT).empty())
        return std::nullopt;
    if (places.loopback) {
        if ((scheme != "http" && scheme != "https") || (host != "127.0.0.1" && host != "localhost" && host != "[::1]"))
            return std::nullopt;
        return scheme + "://" + host + (port.empty() ? "" : ":" + port);
    }
    if (scheme != "https" || (!port.empty() && port != "443") || std::ranges::none_of(places.hosts, [&](auto const& pattern) { return fits(host, pattern); }))
        return std::nullopt;
    return scheme + "://" + host;
}

Result<PushDevice> read_push_device(PushPlaces const& places, std::string const& endpoint, std::string_view p256dh, std::string_view auth)
{
    constexpr std::size_t longest_key = 100;
    if (p256dh.size() > longest_key || auth.size() > longest_key)
        return invalid("outbox.push_wrong");
    auto const point = bytes_of_base64url(p256dh), secret = bytes_of_base64url(auth);
    if (!point || !secret || !is_p256_point(*point) || secret->size() != PushKeys::auth_bytes)
        return invalid("outbox.push_wrong");
    if (!push_origin(places, endpoint))
        return invalid("outbox.push_service");
    return PushDevice { endpoint, { *point, *secret } };
}

bool is_public_address(sockaddr const& address)
{
    auto const found = read(address);
    return found.known && (found.v4 ? is_public(*found.v4) : is_public(found.v6));
}

bool is_loopback_address(sockaddr const& address)
{
    constexpr std::uint32_t loopback = 0x7F;
    constexpr Bytes one { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
    auto const found = read(address);
    return found.known && (found.v4 ? *found.v4 >> 24 == loopback : found.v6 == one);
}

}
