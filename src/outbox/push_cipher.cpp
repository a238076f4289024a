#include "outbox/push_cipher.hpp"
#include <algorithm>
#include <memory>
#include <openssl/evp.h>
#include <sodium.h>

namespace kpuhub::outbox {

namespace {

constexpr std::size_t key_bytes = 16, nonce_bytes = 12, tag_bytes = 16, salt_bytes = 16;

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string hmac(std::string_view key, std::string_view text)
{
    std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
    crypto_auth_hmacsha256_final(&state, bytes_of(mac));
    return mac;
}

/// HKDF (RFC 5869) of one block: what the RFC needs is never longer.
std::string hkdf(std::string_view salt, std::string_view secret, std::string info, std::size_t length)
{
    info += '\x01';
    return hmac(hmac(salt, secret), info).substr(0, length);
}

struct CipherEnd {
    void operator()(EVP_CIPHER_CTX* it) const { EVP_CIPHER_CTX_free(it); }
};

std::optional<std::string> aes_128_gcm(std::string_view key, std::string_view nonce, std::string_view text)
{
    std::unique_ptr<EVP_CIPHER_CTX, CipherEnd> const context { EVP_CIPHER_CTX_new() };
    std::string sealed(text.size() + tag_bytes, '\0');
    int size = 0, rest = 0;
    if (!context || EVP_EncryptInit_ex2(context.get(), EVP_aes_128_gcm(), bytes_of(key), bytes_of(nonce), nullptr) != 1
        || EVP_EncryptUpdate(context.get(), bytes_of(sealed), &size, bytes_of(text), static_cast<int>(text.size())) != 1
        || EVP_EncryptFinal_ex(context.get(), bytes_of(sealed) + size, &rest) != 1
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag_bytes), bytes_of(sealed) + text.size()) != 1)
        return std::nullopt;
    return sealed;
}

}

std::string base64url(std::string_view bytes)
{
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.pop_back();
    return text;
}

std::optional<std::string> bytes_of_base64url(std::string_view text)
{
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(bytes_of(bytes), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return std::nullopt;
    bytes.resize(size);
    return bytes;
}

Result<std::string> seal_push(PushKeys const& browser, std::string_view text, std::size_t fill, P256Key const& ours, std::string_view salt)
{
    using namespace std::string_literals;
    constexpr std::uint32_t record_size = 4096;
    if (text.size() > most_push_bytes)
        return invalid("outbox.push_long");
    if (browser.auth.size() != PushKeys::auth_bytes || salt.size() != salt_bytes)
        return invalid("outbox.push_key");
    // RFC 8291 3.4: the shared secret, bound to both keys
    auto const shared = TRY(ours.shared_secret(browser.public_point));
    auto const secret = hkdf(browser.auth, shared, "WebPush: info\0"s + browser.public_point + ours.public_point(), 32);
    auto const key = hkdf(salt, secret, "Content-Encoding: aes128gcm\0"s, key_bytes);
    auto const nonce = hkdf(salt, secret, "Content-Encoding: nonce\0"s, nonce_bytes);
    // RFC 8188 2: the last record ends with 2 and any number of zeros
    std::string record { text };
    record += '\x02';
    if (fill > 0)
        record.resize(std::min((record.size() + fill - 1) / fill * fill, most_push_bytes + 1), '\0');
    auto const sealed = aes_128_gcm(key, nonce, record);
    if (!sealed)
        return broken("AES-128-GCM");
    std::string body { salt };
    for (int shift = 24; shift >= 0; shift -= 8)
        body += static_cast<char>(record_size >> shift & 0xFF);
    body += static_cast<char>(ours.public_point().size());
    return body + ours.public_point() + *sealed;
}

Result<std::string> seal_push(PushKeys const& browser, std::string_view text, std::size_t fill)
{
    auto const ours = TRY(P256Key::generate());
    std::string salt(salt_bytes, '\0');
    randombytes_buf(salt.data(), salt.size());
    return seal_push(browser, text, fill, ours, salt);
}

Result<std::string> vapid_authorization(P256Key const& key, std::string const& origin, std::string const& subject, time::Instant now)
{
    constexpr std::int64_t good_for_seconds = 12 * 3600;
    auto const claims = R"({"aud":")" + origin + R"(","exp":)" + std::to_string(now.milliseconds / 1000 + good_for_seconds) + R"(,"sub":")" + subject + "\"}";
    auto const text = base64url(R"({"typ":"JWT","alg":"ES256"})") + "." + base64url(claims);
    return "vapid t=" + text + "." + base64url(TRY(key.sign(text))) + ", k=" + base64url(key.public_point());
}

}
