#pragma once
#include "outbox/push_cipher.hpp"
#include <vector>

struct sockaddr;

namespace kpuhub::outbox {

/// Where messages to browsers may go: the push services of browsers (definitions/push_services.yaml) by https, never an address of a
/// private network. `loopback`: instead of them only services of this machine, for the demonstration and tests.
struct PushPlaces {
    std::vector<std::string> hosts;         ///< "fcm.googleapis.com", or "*.notify.windows.com" for all below
    bool loopback = false;
};

/// One browser that asked for messages, as its form tells of it.
struct PushDevice {
    std::string endpoint;                   ///< a secret address: who has it may send
    PushKeys keys;
};
/// Reads what a browser sends: three texts, the keys in base64url.
/// Errors: Invalid "outbox.push_wrong" for wrong keys, "outbox.push_service" for an address where nothing is sent.
Result<PushDevice> read_push_device(PushPlaces const&, std::string const& endpoint, std::string_view p256dh, std::string_view auth);

/// Scheme, host and port of an endpoint where messages may go; nothing for every other address.
std::optional<std::string> push_origin(PushPlaces const&, std::string const& endpoint);

/// Whether packets to the address leave for the internet: no loopback, private, link-local, shared, multicast or reserved network, nor one
/// of these inside an IPv6 address. Asked again for the very address that is connected to, whatever its name gave before.
bool is_public_address(sockaddr const&);
bool is_loopback_address(sockaddr const&);

}
