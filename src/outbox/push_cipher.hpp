#pragma once
#include "outbox/p256.hpp"
#include "time/date.hpp"

namespace kpuhub::outbox {

/// Base64 of URLs (RFC 4648 5), without padding; reading takes nothing else and gives nothing for wrong text.
std::string base64url(std::string_view bytes);
std::optional<std::string> bytes_of_base64url(std::string_view text);

/// What a browser tells of itself: raw bytes.
struct PushKeys {
    static constexpr std::size_t auth_bytes = 16;
    std::string public_point;               ///< p256dh
    std::string auth;
};

/// The most that one message may hold before it is sealed: push services take bodies of 4096 bytes (RFC 8030 7.2).
inline constexpr std::size_t most_push_bytes = 3'900;

/// Seals a message for one browser (RFC 8291: aes128gcm of RFC 8188 in one record). Text is filled up to a multiple of `fill` bytes, so that
/// its length tells the push service little. Errors: Invalid "outbox.push_key" for a wrong key, "outbox.push_long".
Result<std::string> seal_push(PushKeys const&, std::string_view text, std::size_t fill = 256);
/// The same with a given key and salt (16 bytes): what the vector of the RFC is computed with.
Result<std::string> seal_push(PushKeys const&, std::string_view text, std::size_t fill, P256Key const& ours, std::string_view salt);

/// The Authorization header by which a push service knows who sends (RFC 8292): good for twelve hours, for the origin of the endpoint.
/// `subject` is whom the service may write to: "mailto:..." or an https address.
Result<std::string> vapid_authorization(P256Key const&, std::string const& origin, std::string const& subject, time::Instant now);

}
