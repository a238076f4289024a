#include "http/network.hpp"
#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>

namespace kpuhub::http {

namespace {

constexpr int v4_offset_bits = 96;

Address masked(Address address, int bits)
{
    for (int at = 0; at < 16; ++at) {
        auto kept = std::clamp(bits - at * 8, 0, 8);
        address.bytes[static_cast<std::size_t>(at)] &= static_cast<std::uint8_t>(0xFF00 >> kept);
    }
    return address;
}

std::string_view without_blanks(std::string_view text)
{
    auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}

std::optional<Address> Address::from(std::string_view text)
{
    std::string const address { text };
    Address answer;
    if (::inet_pton(AF_INET6, address.c_str(), answer.bytes.data()) == 1)
        return answer;
    answer = {};
    answer.bytes[10] = answer.bytes[11] = 0xFF;
    if (::inet_pton(AF_INET, address.c_str(), answer.bytes.data() + 12) == 1)
        return answer;
    return std::nullopt;
}

bool Address::is_v4() const
{
    static constexpr std::array<std::uint8_t, 12> mapped { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF };
    return std::equal(mapped.begin(), mapped.end(), bytes.begin());
}

bool Address::is_loopback() const
{
    return is_v4() ? bytes[12] == 127 : *this == *Address::from("::1");
}

std::optional<Network> Network::from(std::string_view text)
{
    auto slash = text.find('/');
    auto base = Address::from(text.substr(0, slash));
    if (!base)
        return std::nullopt;
    auto offset = base->is_v4() ? v4_offset_bits : 0;
    int bits = 128 - offset;
    if (slash != std::string_view::npos) {
        auto number = text.substr(slash + 1);
        auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bits);
        if (error != std::errc {} || end != number.data() + number.size() || bits < 0 || bits > 128 - offset)
            return std::nullopt;
    }
    return Network { masked(*base, bits + offset), bits + offset };
}

bool Network::holds(Address const& address) const { return masked(address, bits) == base; }

bool any_holds(std::vector<Network> const& networks, Address const& address)
{
    return std::ranges::any_of(networks, [&](Network const& each) { return each.holds(address); });
}

std::string block_of(Address const& address)
{
    char text[INET6_ADDRSTRLEN] {};
    auto cut = masked(address, address.is_v4() ? v4_offset_bits + 24 : 48);
    if (address.is_v4())
        ::inet_ntop(AF_INET, cut.bytes.data() + 12, text, sizeof text);
    else
        ::inet_ntop(AF_INET6, cut.bytes.data(), text, sizeof text);
    return std::string(text) + (address.is_v4() ? "/24" : "/48");
}

Address client_of(Address const& peer, std::string_view forwarded_for, std::vector<Network> const& trusted)
{
    auto client = peer;
    while (any_holds(trusted, client) && !forwarded_for.empty()) {
        auto comma = forwarded_for.rfind(',');
        auto last = forwarded_for.substr(comma == std::string_view::npos ? 0 : comma + 1);
        auto address = Address::from(without_blanks(last));
        if (!address)
            break;
        client = *address;
        forwarded_for = forwarded_for.substr(0, comma == std::string_view::npos ? 0 : comma);
    }
    return client;
}

}
