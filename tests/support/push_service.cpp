#include "support/push_service.hpp"
#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kpuhub::testing {

using namespace std::string_literals;

namespace {

unsigned char const* raw(std::string const& text) { return reinterpret_cast<unsigned char const*>(text.data()); }
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string to_base64url(std::string const& bytes)
{
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    text.resize(static_cast<std::size_t>(EVP_EncodeBlock(raw(text), raw(bytes), static_cast<int>(bytes.size()))));
    std::erase(text, '=');
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

std::string from_base64url(std::string text)
{
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    auto const filled = (4 - text.size() % 4) % 4;
    text.append(filled, '=');
    std::string bytes(text.size(), '\0');
    auto const size = EVP_DecodeBlock(raw(bytes), raw(text), static_cast<int>(text.size()));
    bytes.resize(size < 0 ? 0 : static_cast<std::size_t>(size) - filled);
    return bytes;
}

EVP_PKEY* public_key(std::string point)
{
    char group[] = "prime256v1";
    OSSL_PARAM const parts[] { OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()), OSSL_PARAM_construct_end() };
    auto* context = EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr);
    EVP_PKEY* key = nullptr;
    EVP_PKEY_fromdata_init(context);
    EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, const_cast<OSSL_PARAM*>(parts));
    EVP_PKEY_CTX_free(context);
    return key;
}

std::string derive(std::string salt, std::string secret, std::string info, std::size_t length)
{
    char digest[] = "SHA256";
    OSSL_PARAM const parts[] { OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret.data(), secret.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.data(), salt.size()), OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()), OSSL_PARAM_construct_end() };
    auto* kdf = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    auto* context = EVP_KDF_CTX_new(kdf);
    std::string made(length, '\0');
    if (EVP_KDF_derive(context, raw(made), length, parts) != 1)
        made.clear();
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    return made;
}

std::string unseal(std::string const& key, std::string const& nonce, std::string sealed)
{
    constexpr std::size_t tag = 16;
    if (sealed.size() <= tag)
        return {};
    auto end = sealed.substr(sealed.size() - tag);
    sealed.resize(sealed.size() - tag);
    auto* context = EVP_CIPHER_CTX_new();
    std::string text(sealed.size(), '\0');
    int size = 0, rest = 0;
    bool const good = EVP_DecryptInit_ex(context, EVP_aes_128_gcm(), nullptr, raw(key), raw(nonce)) == 1
        && EVP_DecryptUpdate(context, raw(text), &size, raw(sealed), static_cast<int>(sealed.size())) == 1
        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag), end.data()) == 1 && EVP_DecryptFinal_ex(context, raw(text) + size, &rest) == 1;
    EVP_CIPHER_CTX_free(context);
    return good ? text : std::string {};
}

}

struct FakeBrowser::Keys {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    std::string point, auth = std::string(16, '\0');
};

FakeBrowser::FakeBrowser() : m_keys(std::make_unique<Keys>())
{
    m_keys->point.resize(65);
    std::size_t size = 0;
    EVP_PKEY_get_octet_string_param(m_keys->key, OSSL_PKEY_PARAM_PUB_KEY, raw(m_keys->point), m_keys->point.size(), &size);
    RAND_bytes(raw(m_keys->auth), 16);
}

FakeBrowser::~FakeBrowser() { EVP_PKEY_free(m_keys->key); }

std::string FakeBrowser::p256dh() const { return to_base64url(m_keys->point); }
std::string FakeBrowser::auth() const { return to_base64url(m_keys->auth); }

std::string FakeBrowser::open(std::string const& body) const
{
    // salt 16, record size 4, length of the key 1, key of the sender 65
    if (body.size() < 86 || body[20] != 65)
        return {};
    auto const salt = body.substr(0, 16), sender = body.substr(21, 65);
    auto* other = public_key(sender);
    auto* context = EVP_PKEY_CTX_new(m_keys->key, nullptr);
    std::string shared(32, '\0');
    auto size = shared.size();
    bool const derived = other && EVP_PKEY_derive_init(context) == 1 && EVP_PKEY_derive_set_peer(context, other) == 1 && EVP_PKEY_derive(context, raw(shared), &size) == 1;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(other);
    if (!derived)
        return {};
    auto const secret = derive(m_keys->auth, shared, "WebPush: info\0"s + m_keys->point + sender, 32);
    auto text = unseal(derive(salt, secret, "Content-Encoding: aes128gcm\0"s, 16), derive(salt, secret, "Content-Encoding: nonce\0"s, 12), body.substr(86));
    auto const end = text.find_last_not_of('\0');
    return end == std::string::npos || text[end] != '\x02' ? std::string {} : text.substr(0, end);
}

FakePushService::FakePushService() : m_listener(::socket(AF_INET, SOCK_STREAM, 0))
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(m_listener, reinterpret_cast<sockaddr*>(&address), length);
    ::listen(m_listener, 8);
    ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &length);
    m_port = ntohs(address.sin_port);
    m_thread = std::thread { [this] { serve(); } };
}

FakePushService::~FakePushService()
{
    ::shutdown(m_listener, SHUT_RDWR);
    m_thread.join();
    ::close(m_listener);
}

void FakePushService::answer_with(int status, std::string header)
{
    std::lock_guard const lock { m_mutex };
    m_header = std::move(header);
    m_status = status;
}

std::vector<PushedMessage> FakePushService::taken() const
{
    std::lock_guard const lock { m_mutex };
    return m_taken;
}

void FakePushService::serve()
{
    for (int client = -1; (client = ::accept(m_listener, nullptr, nullptr)) >= 0;) {
        talk(client);
        ::close(client);
    }
}

void FakePushService::talk(int client)
{
    std::string text;
    auto head_end = std::string::npos;
    std::size_t wanted = 0;
    PushedMessage message;
    for (char buffer[4096]; head_end == std::string::npos || text.size() < head_end + 4 + wanted;) {
        auto const size = ::recv(client, buffer, sizeof buffer, 0);
        if (size <= 0)
            return;
        text.append(buffer, static_cast<std::size_t>(size));
        if (head_end != std::string::npos || (head_end = text.find("\r\n\r\n")) == std::string::npos)
            continue;
        message.path = text.substr(text.find(' ') + 1, text.find(' ', text.find(' ') + 1) - text.find(' ') - 1);
        for (auto at = text.find("\r\n") + 2; at < head_end; at = text.find("\r\n", at) + 2) {
            auto name = text.substr(at, text.find(':', at) - at);
            std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            auto const value = text.find(':', at) + 2;
            message.headers[name] = text.substr(value, text.find("\r\n", at) - value);
        }
        wanted = message.headers.contains("content-length") ? static_cast<std::size_t>(std::stoul(message.headers["content-length"])) : 0;
    }
    message.body = text.substr(head_end + 4);
    std::lock_guard const lock { m_mutex };
    m_taken.push_back(std::move(message));
    if (m_status == 0)
        return;
    auto const answer = "HTTP/1.1 " + std::to_string(m_status) + " x\r\nContent-Length: 0\r\nConnection: close\r\n" + m_header + "\r\n";
    (void)::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
}

std::string claims_of(std::string const& authorization, std::string const& expected_key)
{
    auto const between = [&](std::string const& from, std::string const& to) {
        auto const begin = authorization.find(from);
        return begin == std::string::npos ? std::string {} : authorization.substr(begin + from.size(), authorization.find(to, begin) - begin - from.size());
    };
    auto const token = between("vapid t=", ", k="), key = authorization.substr(std::min(authorization.size(), authorization.find(", k=") + 4));
    auto const dot = token.find('.'), last = token.rfind('.');
    if (key != expected_key || dot == std::string::npos || dot == last)
        return {};
    auto const signature = from_base64url(token.substr(last + 1));
    if (signature.size() != 64)
        return {};
    auto* parts = ECDSA_SIG_new();
    ECDSA_SIG_set0(parts, BN_bin2bn(raw(signature), 32, nullptr), BN_bin2bn(raw(signature) + 32, 32, nullptr));
    unsigned char* der = nullptr;
    auto const size = i2d_ECDSA_SIG(parts, &der);
    ECDSA_SIG_free(parts);
    auto* signer = public_key(from_base64url(key));
    auto* context = EVP_MD_CTX_new();
    auto const signed_text = token.substr(0, last);
    bool const good = signer && EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, signer) == 1
        && EVP_DigestVerify(context, der, static_cast<std::size_t>(size), raw(signed_text), signed_text.size()) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(signer);
    OPENSSL_free(der);
    return good ? from_base64url(token.substr(dot + 1, last - dot - 1)) : std::string {};
}

}
