#include "outbox/p256.hpp"
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace kpuhub::outbox {

namespace {

struct OpenSslEnd {
    void operator()(BIGNUM* it) const { BN_clear_free(it); }
    void operator()(EC_GROUP* it) const { EC_GROUP_free(it); }
    void operator()(EC_POINT* it) const { EC_POINT_free(it); }
    void operator()(OSSL_PARAM_BLD* it) const { OSSL_PARAM_BLD_free(it); }
    void operator()(OSSL_PARAM* it) const { OSSL_PARAM_free(it); }
    void operator()(EVP_PKEY_CTX* it) const { EVP_PKEY_CTX_free(it); }
    void operator()(EVP_PKEY* it) const { EVP_PKEY_free(it); }
    void operator()(EVP_MD_CTX* it) const { EVP_MD_CTX_free(it); }
    void operator()(ECDSA_SIG* it) const { ECDSA_SIG_free(it); }
};
template<typename T>
using Held = std::unique_ptr<T, OpenSslEnd>;

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// A key from its raw parts; null when they do not fit. Without a number it is a public key only.
EVP_PKEY* key_from(std::string_view point, BIGNUM const* number)
{
    Held<OSSL_PARAM_BLD> const build { OSSL_PARAM_BLD_new() };
    Held<EVP_PKEY_CTX> const context { EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr) };
    if (!build || !context || OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1
        || OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1
        || (number && OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_PRIV_KEY, number) != 1))
        return nullptr;
    Held<OSSL_PARAM> const parameters { OSSL_PARAM_BLD_to_param(build.get()) };
    EVP_PKEY* key = nullptr;
    if (!parameters || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, number ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return nullptr;
    return key;
}

/// The public point of a secret number; empty when it is not between 1 and the order of the curve.
std::string point_of(BIGNUM const* number)
{
    Held<EC_GROUP> const group { EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1) };
    if (!group || BN_is_zero(number) || BN_cmp(number, EC_GROUP_get0_order(group.get())) >= 0)
        return {};
    Held<EC_POINT> const point { EC_POINT_new(group.get()) };
    std::string bytes(P256Key::public_bytes, '\0');
    if (!point || EC_POINT_mul(group.get(), point.get(), number, nullptr, nullptr, nullptr) != 1
        || EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes_of(bytes), bytes.size(), nullptr) != bytes.size())
        return {};
    return bytes;
}

Failure no_key() { return invalid("outbox.push_key"); }

}

void P256Key::End::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

Result<P256Key> P256Key::generate()
{
    Held<EVP_PKEY> const made { EVP_EC_gen("prime256v1") };
    BIGNUM* number = nullptr;
    if (!made || EVP_PKEY_get_bn_param(made.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number) != 1)
        return broken("a key of P-256");
    Held<BIGNUM> const held { number };
    std::string secret(secret_bytes, '\0');
    if (BN_bn2binpad(number, bytes_of(secret), static_cast<int>(secret.size())) != static_cast<int>(secret.size()))
        return broken("a key of P-256");
    return from_secret(secret);
}

Result<P256Key> P256Key::from_secret(std::string_view secret)
{
    if (secret.size() != secret_bytes)
        return no_key();
    Held<BIGNUM> const number { BN_bin2bn(bytes_of(secret), static_cast<int>(secret.size()), nullptr) };
    auto point = number ? point_of(number.get()) : std::string {};
    auto* key = point.empty() ? nullptr : key_from(point, number.get());
    if (!key)
        return no_key();
    return P256Key { std::string { secret }, std::move(point), key };
}

Result<std::string> P256Key::shared_secret(std::string_view other_public) const
{
    Held<EVP_PKEY> const other { is_p256_point(other_public) ? key_from(other_public, nullptr) : nullptr };
    Held<EVP_PKEY_CTX> const context { EVP_PKEY_CTX_new(m_key.get(), nullptr) };
    std::string secret(secret_bytes, '\0');
    auto size = secret.size();
    if (!other || !context || EVP_PKEY_derive_init(context.get()) != 1 || EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1
        || EVP_PKEY_derive(context.get(), bytes_of(secret), &size) != 1 || size != secret.size())
        return no_key();
    return secret;
}

Result<std::string> P256Key::sign(std::string_view text) const
{
    Held<EVP_MD_CTX> const context { EVP_MD_CTX_new() };
    std::size_t size = 0;
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) != 1
        || EVP_DigestSign(context.get(), nullptr, &size, bytes_of(text), text.size()) != 1)
        return broken("a signature of P-256");
    std::string der(size, '\0');
    if (EVP_DigestSign(context.get(), bytes_of(der), &size, bytes_of(text), text.size()) != 1)
        return broken("a signature of P-256");
    auto const* at = bytes_of(std::string_view { der });
    Held<ECDSA_SIG> const parts { d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)) };
    std::string raw(2 * secret_bytes, '\0');
    constexpr auto half = static_cast<int>(secret_bytes);
    if (!parts || BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), bytes_of(raw), half) != half
        || BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), bytes_of(raw) + secret_bytes, half) != half)
        return broken("a signature of P-256");
    return raw;
}

bool is_p256_point(std::string_view bytes)
{
    if (bytes.size() != P256Key::public_bytes || bytes.front() != '\x04')
        return false;
    Held<EC_GROUP> const group { EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1) };
    Held<EC_POINT> const point { group ? EC_POINT_new(group.get()) : nullptr };
    return point && EC_POINT_oct2point(group.get(), point.get(), bytes_of(bytes), bytes.size(), nullptr) == 1;      // refuses what is off the curve
}

}
