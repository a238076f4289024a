#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::http {

/// An IP address as 16 bytes; IPv4 is kept mapped (::ffff:a.b.c.d).
struct Address {
    std::array<std::uint8_t, 16> bytes {};
    static std::optional<Address> from(std::string_view);
    [[nodiscard]] bool is_v4() const;
    [[nodiscard]] bool is_loopback() const;
    friend bool operator==(Address const&, Address const&) = default;
};

/// A block of addresses: "10.0.0.0/8", "2001:db8::/32", or one address.
struct Network {
    Address base;
    int bits = 128;         ///< of the 16 bytes
    static std::optional<Network> from(std::string_view);
    [[nodiscard]] bool holds(Address const&) const;
};

bool any_holds(std::vector<Network> const&, Address const&);

/// The block that stands for a client in limits and logs: "203.0.113.0/24", "2001:db8:1::/48".
std::string block_of(Address const&);

/// The client behind trusted proxies: of X-Forwarded-For and then the peer, the right-most address that is not trusted.
/// The header counts only when the peer itself is trusted; from a broken entry on nothing further left is believed.
Address client_of(Address const& peer, std::string_view forwarded_for, std::vector<Network> const& trusted);

}
