#pragma once
#include "core/result.hpp"
#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace kpuhub::outbox {

/// A key pair of the curve P-256, for messages to browsers. All bytes are raw: 32 of the secret key, 65 of the public point (4, x, y).
class P256Key {
public:
    static constexpr std::size_t secret_bytes = 32, public_bytes = 65;

    /// Errors: Broken when the library gives none.
    static Result<P256Key> generate();
    /// Errors: Invalid "outbox.push_key" for bytes that are no secret key.
    static Result<P256Key> from_secret(std::string_view secret);

    [[nodiscard]] std::string const& secret() const { return m_secret; }
    [[nodiscard]] std::string const& public_point() const { return m_public; }

    /// What both sides compute (ECDH). Errors: Invalid "outbox.push_key" for bytes that are no point of the curve.
    [[nodiscard]] Result<std::string> shared_secret(std::string_view other_public) const;
    /// ES256 (RFC 7518 3.4): 64 bytes r, s.
    [[nodiscard]] Result<std::string> sign(std::string_view text) const;

private:
    struct End {
        void operator()(evp_pkey_st*) const;
    };
    P256Key(std::string secret, std::string public_point, evp_pkey_st* key) : m_secret(std::move(secret)), m_public(std::move(public_point)), m_key(key) {}

    std::string m_secret, m_public;
    std::unique_ptr<evp_pkey_st, End> m_key;
};

/// Whether the bytes are a point of the curve, uncompressed.
bool is_p256_point(std::string_view);

}
